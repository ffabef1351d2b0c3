"""For couriers and riders: the page helps them first, then takes what they report."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.faces.frame.terms import Status
from linli.faces.frame.words import in_chinese, join_sentences
from linli.faces.public.courier_forms import CourierReportForm, JoinForm
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.people.middleware import member_of
from linli.ground.people.terms import Member
from linli.ground.territory.locator import list_refs
from linli.ground.territory.queries import find_places
from linli.ground.territory.terms import AreaKind, PlaceKind
from linli.programmes.couriers.queries import couriers, places, reports
from linli.programmes.couriers.services.couriers import apply, leave
from linli.programmes.couriers.services.reports import send_report
from linli.programmes.couriers.terms import ANSWER_WORDS, Company, CourierState
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import find_category
from linli.spine.cases.terms import NewReport, PhotoRef, Point

from .places import name_of
from .report import keep_photo

SHOWN_PLACES = 12
FIRST_CATEGORIES = 8


@require_safe
@never_cache
def show_courier(request: HttpRequest) -> HttpResponse:
    """Help first: the way to a building, a place to rest; then reporting and the own record."""
    return _show(request)


@require_POST
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask to take part."""
    member = member_of(request)
    if member is None:
        return _sign_in(request)
    form = JoinForm(request.POST, communities=_communities())
    if form.is_valid():
        try:
            apply(
                company=Company(form.cleaned_data["company"]),
                company_name=form.cleaned_data["company_name"],
                area_code=form.cleaned_data["area_code"],
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            messages.success(request, _("登记好了，等社区确认，会告诉您。"))
            return redirect("courier")
    return _show(request, form=form, status=422)


@require_POST
@never_cache
def stop(request: HttpRequest) -> HttpResponse:
    """No longer take part."""
    member = member_of(request)
    if member is None:
        return _sign_in(request)
    try:
        leave(member=member, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(_))
    else:
        messages.success(request, _("已经退出。报过的事照常办，不再和您相连。"))
    return redirect("courier")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report_as_courier(request: HttpRequest) -> HttpResponse:
    """Take a report in three taps; nothing typed is lost."""
    member = member_of(request)
    if member is None:
        return _sign_in(request)
    if not couriers.is_confirmed(account_id=member.account_id):
        return redirect("courier")
    now = timezone.now()
    if request.method != "POST":
        return _form_page(request, CourierReportForm(initial={"id": new_id()}), now)
    form = CourierReportForm(request.POST, request.FILES)
    if form.is_valid() and _send(request, form, member, now):
        return redirect("courier")
    return _form_page(request, form, now)


@require_safe
def list_rest(request: HttpRequest) -> HttpResponse:
    """List the places to rest, nearest first where the phone says where it is."""
    now, near = timezone.now(), _near(request)
    words = {
        "places": places.list_rest_places(at=now, near=near),
        "near": near,
        "now": now,
        "in_english": not in_chinese(),
    }
    return render(request, "public/rest.html", words)


@require_safe
def give_rest_points(request: HttpRequest) -> JsonResponse:
    """Give the places to rest for the map (GeoJSON, WGS-84)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": {
                "status": (Status.DONE if one.is_open else Status.ENDED).value,
                "title": one.name if in_chinese() or not one.name_en else one.name_en,
                "url": f"{reverse('rest')}#place-{one.id}",
            },
        }
        for one in places.list_rest_places(at=timezone.now())
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _show(request: HttpRequest, *, form: JoinForm | None = None, status: int = 200) -> HttpResponse:
    member = member_of(request)
    own = couriers.find_own(account_id=member.account_id) if member else None
    is_in = own is not None and own.state in (CourierState.APPLIED, CourierState.CONFIRMED)
    text = request.GET.get("q", "").strip()[:60]
    words = {
        "member": member,
        "own": own,
        "is_confirmed": own is not None and own.state is CourierState.CONFIRMED,
        "form": None if is_in or member is None else form or JoinForm(communities=_communities()),
        "text": text,
        # The way in is what a rider looks for: a compound's gates before its many buildings.
        "found": find_places(text, limit=SHOWN_PLACES, first=PlaceKind.GATE),
        "lines": reports.list_own(account_id=member.account_id) if member and is_in else [],
        "sign_in": _sign_in_address(request),
        "now": timezone.now(),
    }
    return render(request, "public/courier.html", words, status=status)


def _send(request: HttpRequest, form: CourierReportForm, member: Member, now: datetime) -> bool:
    try:
        photos = tuple(
            keep_photo(request, file, at=now) for file in form.cleaned_data["photos"] or []
        )
        reported = send_report(report=_read(form, photos), member=member, at=now)
    except Refusal as refusal:
        form.blame(refusal)
        return False
    words = _("收到了，编号 %(number)s。") % {"number": reported.number}
    messages.success(request, join_sentences(words, _(ANSWER_WORDS)))
    return True


def _read(form: CourierReportForm, photos: tuple[PhotoRef, ...]) -> NewReport:
    given = form.cleaned_data
    lon, lat = given["lon"], given["lat"]
    category = find_category(given["category"])
    return NewReport(
        id=given["id"],
        text=given["note"] or (category.name if category else _("见照片")),
        category_key=given["category"] if category else "",
        point=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
        address=given["address"],
        photos=photos,
        language=get_language() or "zh-hans",
    )


def _form_page(request: HttpRequest, form: CourierReportForm, now: datetime) -> HttpResponse:
    offered = [(one.key, _name(one)) for one in reports.list_for_couriers(on=now)]
    words = {
        "form": form,
        "first": offered[:FIRST_CATEGORIES],
        "others": offered[FIRST_CATEGORIES:],
        "chosen": form["category"].value() or "",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "public/courier_report.html", words, status=status)


def _name(one: CategoryView) -> str:
    return one.name if in_chinese() or not one.name_en else one.name_en


def _communities() -> list[tuple[str, str]]:
    return [(ref.code, name_of(ref)) for ref in list_refs(AreaKind.COMMUNITY, "")]


def _near(request: HttpRequest) -> tuple[float, float] | None:
    """Read where the phone is; it is used for this answer and kept nowhere."""
    try:
        lon, lat = (float(request.GET[name]) for name in ("lon", "lat"))
    except (KeyError, ValueError):
        return None
    is_point = isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
    return (lon, lat) if is_point else None


def _sign_in_address(request: HttpRequest) -> str:
    return f"/accounts/login/?{urlencode({'next': reverse('courier')})}"


def _sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(_sign_in_address(request))
