"""Reporting: one form that works plain, and a page that says what happens next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.faces.public.forms import MOST_PHOTOS, ReportForm
from linli.faces.public.sent import remember_sent, show_sent
from linli.faces.public.terms import DANGER_WORDS
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.photos import list_uploaded, store_photo
from linli.ground.kernel.terms import ANONYMOUS, Actor
from linli.ground.people.middleware import member_of
from linli.ground.territory import queries as territory
from linli.spine.cases.services import report_case
from linli.spine.cases.services.for_another import report_for_another
from linli.spine.cases.terms import Channel, Contact, NewReport, PhotoRef, Point, Reported
from linli.spine.cases.terms.inputs import ForWhom

from .photos import let_see
from .places import category_groups

ID_REUSED = "report.id_reused"
LONGEST_CODE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Show the form of a report, or take one in."""
    if request.method != "POST":
        return _form_page(request, ReportForm(initial={"id": new_id(), **_at_door(request)}))
    form = ReportForm(request.POST, request.FILES)
    now = timezone.now()
    form.is_valid()
    refs = _store(request, form, at=now)
    if form.errors:
        return _form_page(request, form, refs=refs)
    new = _new_report(form, refs)
    try:
        reported = _take_in(request, form, new, at=now)
    except Refusal as refusal:
        return _refused(request, form, refs, refusal)
    remember_sent(request, reported)
    return redirect("report_done")


@require_safe
@never_cache
def done(request: HttpRequest) -> HttpResponse:
    """Show number, tracking code, and who answers until when."""
    sent = show_sent(request, at=timezone.now())
    return render(request, "public/done.html", {"sent": sent}) if sent else redirect("report")


def _take_in(request: HttpRequest, form: ReportForm, new: NewReport, *, at: datetime) -> Reported:
    actor, given = _actor(request, new), form.cleaned_data
    if not (given["is_for_another"] or given["for_name"] or given["for_phone"]):
        return report_case(report=new, actor=actor, at=at)
    for_whom = ForWhom(name=given["for_name"], phone=given["for_phone"])
    return report_for_another(report=new, for_whom=for_whom, actor=actor, at=at)


def _at_door(request: HttpRequest) -> dict[str, Any]:
    """Begin at the building whose notice was scanned (`?at=` its code)."""
    code = request.GET.get("at", "")
    is_code = code.isascii() and code.isdigit() and len(code) <= LONGEST_CODE
    place = territory.find_area(code) if is_code else None
    if place is None:
        return {}
    point = {"lon": place.lon, "lat": place.lat} if place.lon is not None else {}
    return {"address": place.address or place.name, **point}


def _store(request: HttpRequest, form: ReportForm, *, at: datetime) -> tuple[PhotoRef, ...]:
    """Keep the photos sent with the form, so that no fault elsewhere loses them."""
    refs = list(form.photo_refs)
    for file in form.cleaned_data.get("photos") or []:
        try:
            refs.append(keep_photo(request, file, at=at))
        except Refusal as refusal:
            why = _("%(name)s：%(why)s") % {"name": file.name, "why": refusal.words(_)}
            form.add_error("photos", why)
    let_see(request, list_uploaded([(ref.id, ref.secret) for ref in refs]))
    return tuple(refs[:MOST_PHOTOS])


def keep_photo(request: HttpRequest, file: UploadedFile[bytes], *, at: datetime) -> PhotoRef:
    """Store one photo sent with a form.

    Raises:
        PhotoRefused: when it is no photo we can keep.
    """
    member = member_of(request)
    stored = store_photo(
        stream=file,
        uploaded_by_id=member.account_id if member else None,
        at=at,
    )
    return PhotoRef(id=stored.id, secret=stored.secret)


def _new_report(form: ReportForm, refs: Iterable[PhotoRef]) -> NewReport:
    given = form.cleaned_data
    return NewReport(
        id=given["id"],
        text=given["text"],
        channel=Channel.WEB,
        category_key=given["category"],
        point=_point(given, "lon", "lat") or _known_place(given["address"]),
        address=given["address"],
        photos=tuple(refs),
        contact=Contact(
            name=given["name"],
            phone=given["phone"],
            agrees_contact=given["agrees_contact"],
        ),
        is_anonymous=given["is_anonymous"] != "0",
        device=_point(given, "device_lon", "device_lat"),
        is_urgent=given["is_urgent"],
        language=get_language() or "zh-hans",
    )


def _point(given: dict[str, Any], lon: str, lat: str) -> Point | None:
    if given[lon] is None or given[lat] is None:
        return None
    return Point(lon=given[lon], lat=given[lat])


def _known_place(address: str) -> Point | None:
    """Find the one place that bears exactly this name, when no point was given."""
    found = [one for one in territory.find_places(address) if one.name == address.strip()]
    if len(found) != 1 or found[0].lon is None or found[0].lat is None:
        return None
    return Point(lon=found[0].lon, lat=found[0].lat)


def _actor(request: HttpRequest, new: NewReport) -> Actor:
    member = member_of(request)
    return ANONYMOUS if new.is_anonymous or member is None else member.actor()


def _refused(
    request: HttpRequest, form: ReportForm, refs: tuple[PhotoRef, ...], refusal: Refusal
) -> HttpResponse:
    if refusal.code == ID_REUSED:
        form.data = {**request.POST.dict(), "id": str(new_id())}
        words = _("刚才那一份已经收到了。这次写的内容不同；如果是另一件事，请再按一次提交。")
        form.add_error(None, words)
    else:
        field = {"lon": "address", "lat": "address"}.get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, refusal.words(_))
    return _form_page(request, form, refs=() if refusal.field == "photos" else refs)


def _form_page(
    request: HttpRequest,
    form: ReportForm,
    *,
    refs: tuple[PhotoRef, ...] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "photo_refs": refs,
        "anonymous": form["is_anonymous"].value() != "0",
        "category_groups": category_groups(),
        "chosen_category": form["category"].value() or "",
        "danger_words": DANGER_WORDS,
        "most_photos": MOST_PHOTOS,
        "areas_url": "/areas.geojson",
    }
    return render(request, "public/report.html", context, status=422 if form.errors else 200)
