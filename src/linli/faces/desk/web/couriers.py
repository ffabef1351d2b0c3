"""Couriers on the desk: who waits to be confirmed, what they reported, where they rest."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.hours import HoursForm, write_hours
from linli.faces.desk.offers import address_of_grids, in_english
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.opening import Hours
from linli.ground.people.errors import NotPermitted
from linli.ground.people.terms import Action, Member
from linli.ground.territory.queries import find_area
from linli.programmes.couriers.queries.couriers import list_couriers
from linli.programmes.couriers.queries.places import list_rest_places
from linli.programmes.couriers.services.couriers import decide
from linli.programmes.couriers.services.places import close_rest_place, open_rest_place
from linli.programmes.couriers.services.reports import accept_report, pass_on_report
from linli.programmes.couriers.terms import (
    MOST_ADDRESS,
    MOST_NAME,
    Comfort,
    CourierState,
    NewRestPlace,
    PassedTo,
)
from linli.spine.cases.queries.case import find_case_id

said = lazy(gettext, str)


class RestPlaceForm(HoursForm):
    """A place to rest: where it is, when it is open, what there is."""

    shown_at = {"hours": "opens", "lat": "lon"}
    name = forms.CharField(label=_("名称"), max_length=MOST_NAME)
    name_en = forms.CharField(label=_("英文名称"), required=False, max_length=MOST_NAME)
    address = forms.CharField(label=_("地址"), max_length=MOST_ADDRESS)
    comforts = forms.MultipleChoiceField(
        label=_("有什么"),
        required=False,
        choices=lambda: [(one.value, said(one.label)) for one in Comfort],
        widget=forms.CheckboxSelectMultiple,
    )
    lon = forms.FloatField(label=_("经度"), error_messages={"required": _("请在地图上点出位置。")})
    lat = forms.FloatField(label=_("纬度"))

    def read(self) -> NewRestPlace:
        """Give the place as it was typed."""
        given = self.cleaned_data
        return NewRestPlace(
            name=given["name"],
            name_en=given["name_en"],
            address=given["address"],
            lon=given["lon"],
            lat=given["lat"],
            hours=self.read_hours(),
            comforts=tuple(Comfort(one) for one in given["comforts"]),
        )


@require_safe
@staff_page(Action.COURIER_CONFIRM)
def show_couriers(request: HttpRequest, member: Member) -> HttpResponse:
    """Show who waits to be confirmed, and who is."""
    return _show(request, member)


@require_POST
@staff_page(Action.COURIER_CONFIRM)
def decide_courier(request: HttpRequest, member: Member, courier_id: int) -> HttpResponse:
    """Confirm somebody, or refuse with a reason."""
    confirms = request.POST.get("do") == "confirm"
    reason = request.POST.get("reason", "")
    try:
        decide(
            courier_id=courier_id,
            confirms=confirms,
            reason=reason,
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        typed = {"refused_id": courier_id, "refused": refusal.words(gettext), "typed": reason}
        return _show(request, member, status=422, **typed)
    done = gettext("已确认，告诉本人了。") if confirms else gettext("没有确认，理由告诉本人了。")
    messages.success(request, done)
    return HttpResponseRedirect(reverse("desk:couriers"))


@require_POST
@staff_page(Action.COURIER_ANSWER)
def answer_courier(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Accept a courier's report or pass it on, from the page of the case."""
    case_id = find_case_id(number=number)
    if case_id is None:
        raise Http404
    to = request.POST.get("to", "")
    given = {"case_id": case_id, "member": member, "at": timezone.now()}
    try:
        if to in {one.value for one in PassedTo}:
            note = request.POST.get("note", "")
            pass_on_report(to=PassedTo(to), note=note, **given)  # type: ignore[arg-type]
            messages.success(request, gettext("已转派，告诉上报的人了。"))
        else:
            accept_report(**given)  # type: ignore[arg-type]
            messages.success(request, gettext("已接下，告诉上报的人了。去看看，再核实或当场处置。"))
    except NotPermitted:
        return refuse_by_action(request, Action.COURIER_ANSWER)
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:case", args=[number]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.PLACE_NAME)
def keep_rest_places(request: HttpRequest, member: Member) -> HttpResponse:
    """List the places to rest, and enter one."""
    form = RestPlaceForm(request.POST or None, auto_id="rest_%s", initial=write_hours(Hours()))
    if request.method == "POST" and form.is_valid():
        try:
            open_rest_place(place=form.read(), member=member, at=timezone.now())
        except NotPermitted:
            form.add_error("lon", gettext("这个位置不在您的任职范围内，请在地图上重新点。"))
        except Refusal as refusal:
            form.blame(refusal)
        else:
            messages.success(request, gettext("歇脚点记下了，小哥的页面上看得到。"))
            return HttpResponseRedirect(reverse("desk:rest_places"))
    now = timezone.now()
    words = {
        "page_kind": "desk",
        "form": form,
        "places": list_rest_places(at=now),
        "areas_url": address_of_grids(street_of(member)),
        "now": now,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/couriers/places.html", words, status=status)


@require_POST
@staff_page(Action.PLACE_NAME)
def stop_rest_place(request: HttpRequest, member: Member, place_id: int) -> HttpResponse:
    """Give a place to rest up."""
    try:
        close_rest_place(place_id=place_id, member=member, at=timezone.now())
        messages.success(request, gettext("歇脚点已停用。"))
    except NotPermitted:
        return refuse_by_action(request, Action.PLACE_NAME)
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:rest_places"))


def _show(
    request: HttpRequest, member: Member, *, status: int = 200, **given: object
) -> HttpResponse:
    waiting = list_couriers(member=member, state=CourierState.APPLIED)
    confirmed = list_couriers(member=member, state=CourierState.CONFIRMED)
    codes = {one.area_code for one in (*waiting, *confirmed)}
    areas = [area for code in codes if (area := find_area(code))]
    words = {
        "page_kind": "desk",
        "waiting": waiting,
        "confirmed": confirmed,
        "communities": {
            one.code: (one.name_en if in_english() else "") or one.name for one in areas
        },
        "may_keep_places": holds_post_for(member, Action.PLACE_NAME),
        "now": timezone.now(),
        **given,
    }
    return render(request, "desk/couriers/list.html", words, status=status)
