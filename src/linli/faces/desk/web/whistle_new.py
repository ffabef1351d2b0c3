"""A new whistle: after an item of the list or with a reason, for a case or for a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.filters import Choices
from linli.faces.desk.forms.whistle import WhistleForm
from linli.faces.desk.offers import address_of_grids, offer_organisations
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Member, Post
from linli.ground.territory.queries import find_area
from linli.programmes.whistle.queries.settings import get_policy
from linli.programmes.whistle.rules.clocks import count_on
from linli.programmes.whistle.services.blowing import blow
from linli.programmes.whistle.terms import CALLABLE, KIND_LABELS, Kind
from linli.spine.cases.queries.case import find_case_id, get_case
from linli.spine.cases.queries.whistle_items import WhistleItem, list_whistle_items
from linli.spine.cases.terms import ENDS, CaseKind, CaseView


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """What was chosen before the form: the case, the item, the kind; where the member stands."""

    post: Post
    case: CaseView | None
    items: list[WhistleItem]
    item: WhistleItem | None
    kind: Kind


@staff_page(Action.WHISTLE_BLOW)
def blow_new(request: HttpRequest, member: Member) -> HttpResponse:
    """Blow a whistle; the first part chooses kind and item and fills in whom to call."""
    post = next(
        (
            one
            for one in member.appointments
            if one.street_code and Action.WHISTLE_BLOW in PERMISSIONS[one.role]
        ),
        None,
    )
    if post is None:
        return refuse_by_action(request, Action.WHISTLE_BLOW)
    now = timezone.now()
    source = request.POST if request.method == "POST" else request.GET
    chosen = _choose(source, member, post, now)
    typed = request.POST if request.method == "POST" else None
    form = WhistleForm(typed, organisations=_callable(), initial=_start(chosen, request, now))
    if typed is None:
        return _render(request, chosen, form)
    if not form.is_valid():
        return _render(request, chosen, form, status=422)
    return _blow(request, member, chosen, form)


def _blow(request: HttpRequest, member: Member, chosen: _Chosen, form: WhistleForm) -> HttpResponse:
    number = form.cleaned_data["case_number"].strip()
    if number and chosen.case is None:
        form.add_error(None, gettext("没有这个编号的案件。"))
        return _render(request, chosen, form, status=422)
    try:
        view = blow(
            new=form.read(),
            member=member,
            at=timezone.now(),
            case_id=chosen.case.id if chosen.case else None,
        )
    except Refusal as refusal:
        form.blame(refusal)
        return _render(request, chosen, form, status=422)
    messages.success(request, gettext("哨已吹响，被叫的单位都收到了通知。"))
    return HttpResponseRedirect(reverse("desk:whistle", args=[view.number]))


def _callable() -> Choices:
    """Offer whom one may call, those first that are called most."""
    order = [gettext(kind.label) for kind in CALLABLE]
    return sorted(offer_organisations(CALLABLE), key=lambda group: order.index(group[0]))


def _choose(source: Any, member: Member, post: Post, now: datetime) -> _Chosen:
    case = _case(source.get("case_number") or source.get("case", ""), member, now)
    items = list_whistle_items(street_code=post.street_code, on=timezone.localdate(now))
    wanted = source.get("item_id", source.get("item"))
    item = next((one for one in items if str(one.id) == wanted), None)
    if wanted is None and case is not None:
        item = next((one for one in items if case.category_id in one.category_ids), None)
    urgent = Kind.EMERGENCY if case is not None and case.is_urgent else Kind.COMPREHENSIVE
    kind = next((one for one in Kind if one.value == source.get("kind")), urgent)
    return _Chosen(post=post, case=case, items=items, item=item, kind=kind)


def _case(number: str, member: Member, now: datetime) -> CaseView | None:
    case_id = find_case_id(number=number[:24]) if number and "\x00" not in number else None
    if case_id is None:
        return None
    try:
        return get_case(case_id=case_id, member=member, at=now)
    except Refusal:
        return None


def _start(chosen: _Chosen, request: HttpRequest, now: datetime) -> dict[str, Any]:
    case, item = chosen.case, chosen.item
    start: dict[str, Any] = {
        "kind": chosen.kind.value,
        "arrive_by": _usual_time(chosen, now),
        "lon": _degrees(request.GET.get("lon", "")),
        "lat": _degrees(request.GET.get("lat", "")),
        "address": request.GET.get("address", "")[:200],
    }
    if item is not None:
        start |= {
            "item_id": item.id,
            "lead_id": item.lead_id,
            "helper_ids": [one for one in item.helper_ids if one != item.lead_id],
            "title": item.title,
        }
    if case is not None and case.step not in ENDS:
        start |= {
            "case_number": case.number,
            "lon": case.lon,
            "lat": case.lat,
            "address": case.address,
        }
        # A complaint's words are for those who may read complaints, not for all who are called.
        if case.kind is not CaseKind.COMPLAINT:
            start["title"] = case.title
    return start


def _usual_time(chosen: _Chosen, now: datetime) -> datetime:
    street = find_area(chosen.post.street_code)
    limits = get_policy(street.id if street else 0).limits[chosen.kind]
    usual = count_on(now, limits.usual, limits, get_calendar(chosen.post.street_code))
    return usual.replace(second=0, microsecond=0)


def _degrees(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _render(
    request: HttpRequest, chosen: _Chosen, form: WhistleForm, *, status: int = 200
) -> HttpResponse:
    words = {
        "page_kind": "desk",
        "form": form,
        "case": chosen.case,
        "items": chosen.items,
        "item": chosen.item,
        "kinds": [(one, KIND_LABELS[one]) for one in Kind],
        # `kind` itself is the frame's own word.
        "chosen_kind": chosen.kind,
        "areas_url": address_of_grids(chosen.post.street_code),
    }
    return render(request, "desk/whistle/new.html", words, status=status)
