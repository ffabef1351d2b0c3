"""Names people use for places: found, added from what was found, and closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.offers import address_of_grids
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import find_area, get_place_name, list_place_names
from linli.ground.territory.services import add_place_name, close_place_name
from linli.ground.territory.terms import NewPlaceName, PlaceKind

MOST_NAMES = 200


class PlaceNameForm(forms.Form):
    """A name, what it is a name of, and where that is."""

    name = forms.CharField(label=_("名称"), max_length=100)
    kind = forms.ChoiceField(label=_("种类"))
    area_code = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    lon = forms.FloatField(label=_("经度"), required=False)
    lat = forms.FloatField(label=_("纬度"), required=False)
    address = forms.CharField(label=_("地址"), required=False, max_length=100)

    def __init__(self, typed: Any = None, **options: Any) -> None:
        super().__init__(typed, auto_id="name_%s", **options)
        kinds = [(kind.value, gettext(kind.label)) for kind in PlaceKind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def read(self, *, source: str) -> NewPlaceName:
        """Give the name as typed; an area chosen beforehand wins over a point."""
        given = self.cleaned_data
        of_area = bool(given["area_code"])
        return NewPlaceName(
            kind=PlaceKind(given["kind"]),
            name=given["name"].strip(),
            area_code=given["area_code"],
            lon=None if of_area else given["lon"],
            lat=None if of_area else given["lat"],
            address=given["address"],
            source=source,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.PLACE_NAME)
def name_places(request: HttpRequest, member: Member) -> HttpResponse:
    """List the names in use, and add one for an area or for a point on the map."""
    if request.method != "POST":
        of = request.GET.get("of", "")[:24]
        kind = PlaceKind.LOCAL if of else PlaceKind.CROSSING
        return _show(request, member, PlaceNameForm(initial={"area_code": of, "kind": kind.value}))
    form = PlaceNameForm(request.POST)
    if form.is_valid() and _add(form, member):
        messages.success(
            request,
            gettext("“%(name)s”已记下，现在就能按它找到。") % {"name": form.cleaned_data["name"]},
        )
        return redirect("desk:place_names")
    return _show(request, member, form, status=422)


@require_POST
@staff_page(Action.PLACE_NAME)
def stop_name(request: HttpRequest, member: Member, name_id: int) -> HttpResponse:
    """Close a name that is no longer used."""
    try:
        name = get_place_name(name_id)
        target = _target(name.area_code)
        if not may(member, Action.PLACE_NAME, target):
            return _show(request, member, PlaceNameForm(), status=403)
        actor = member.actor(role=find_role(member, Action.PLACE_NAME, target))
        close_place_name(name_id=name_id, actor=actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    else:
        messages.success(request, gettext("“%(name)s”已停用。") % {"name": name.name})
    return redirect("desk:place_names")


def _add(form: PlaceNameForm, member: Member) -> bool:
    new = form.read(source=gettext("工作台"))
    target = _target(new.area_code or _code_around(new))
    if not may(member, Action.PLACE_NAME, target):
        form.add_error(None, gettext("这个位置不在您的任职范围内，请选一处区域，或在地图上点。"))
        return False
    actor = member.actor(role=find_role(member, Action.PLACE_NAME, target))
    try:
        add_place_name(name=new, actor=actor, at=timezone.now())
    except Refusal as refusal:
        form.add_error("name", refusal.words(gettext))
        return False
    return True


def _code_around(new: NewPlaceName) -> str:
    if new.lon is None or new.lat is None:
        return ""
    area = locate(new.lon, new.lat).area
    return area.code if area else ""


def _target(area_code: str) -> Target:
    return Target(street_code=area_code, area_code=area_code, is_complaint=False)


def _show(
    request: HttpRequest, member: Member, form: PlaceNameForm, *, status: int = 200
) -> HttpResponse:
    text = request.GET.get("q", "")[:60]
    names = list_place_names(within_code=street_of(member), text=text, limit=MOST_NAMES)
    code = str(form["area_code"].value() or "")
    words = {
        "page_kind": "desk",
        "form": form,
        "names": names,
        "adders": list_account_names({one.added_by_id for one in names if one.added_by_id}),
        "text": text,
        "of": find_area(code) if code else None,
        "areas_url": address_of_grids(street_of(member)),
        "now": timezone.now(),
    }
    return render(request, "desk/place_names.html", words, status=status)
