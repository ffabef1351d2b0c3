"""Dispatch: what waits with its proposals beside the map, several sent out after a look at each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.agenda import make_line
from linli.faces.desk.filters import FilterForm
from linli.faces.desk.offers import (
    address_of_grids,
    offer_areas,
    offer_categories,
    offer_organisations,
)
from linli.faces.frame.choosing import Kept
from linli.ground.people.terms import Action, Member
from linli.spine.cases.queries.case import find_case_id
from linli.spine.cases.queries.presence import list_present
from linli.spine.cases.queries.waiting import (
    WaitingCase,
    WaitingPage,
    find_waiting,
    list_waiting,
)
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services.bulk import Answer, Order, dispatch_each
from linli.spine.cases.services.presence import be_here

ROWS_A_PAGE = 20
MOST_AT_ONCE = 50


@require_GET
@staff_page(Action.CASE_DISPATCH)
def show_waiting(request: HttpRequest, member: Member) -> HttpResponse:
    """Show what waits to be dispatched, with the proposal and who has it open, and the map."""
    form = _form(request, member)
    found = _found(form, request, member)
    street = next((post.street_code for post in member.appointments if post.street_code), "")
    words: dict[str, Any] = {
        "page_kind": "desk",
        "form": form,
        "found": found,
        "rows": _rows(found.cases, member),
        "now": timezone.now(),
        "areas_url": address_of_grids(street),
        "points_url": f"/desk/dispatch/points.json?{request.GET.urlencode()}",
    }
    return render(request, "desk/dispatching/page.html", words)


@require_GET
@staff_page(Action.CASE_DISPATCH)
def give_waiting_points(request: HttpRequest, member: Member) -> HttpResponse:
    """Give the cases of the page as points; each leads to its row."""
    now = timezone.now()
    found = _found(_form(request, member), request, member)
    lines = [make_line(one.row, now=now) for one in found.cases]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [line.row.lon, line.row.lat]},
            "properties": {
                "status": line.status.value,
                "title": line.row.title,
                "url": f"#case-{line.row.number}",
            },
        }
        for line in lines
        if line.row.lon is not None
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@require_GET
@staff_page(Action.CASE_DISPATCH)
def confirm(request: HttpRequest, member: Member) -> HttpResponse:
    """Show each ticked case as it will go out; a lead can be changed before."""
    changed = request.GET.getlist("change")
    numbers = [*request.GET.getlist("case"), *changed][: 2 * MOST_AT_ONCE]
    cases = find_waiting(member=member, numbers=numbers, at=timezone.now())
    rows = [
        {
            **row,
            "is_changing": row["case"].row.number in changed and row["case"].may_choose,
            "chosen": request.GET.get(f"lead-{row['case'].row.number}", ""),
        }
        for row in _rows(cases, member)
    ]
    words = {
        "page_kind": "desk",
        "rows": rows,
        "ready": [row for row in rows if row["is_changing"] or not row["case"].obstacle],
        "gone": sorted(set(numbers) - {one.row.number for one in cases}),
        "organisations": offer_organisations() if changed else [],
        "now": timezone.now(),
    }
    return render(request, "desk/dispatching/confirm.html", words)


@require_POST
@staff_page(Action.CASE_DISPATCH)
def send_out(request: HttpRequest, member: Member) -> HttpResponse:
    """Dispatch what was confirmed, and tell case by case how it went."""
    orders = {}
    for number in dict.fromkeys(request.POST.getlist("case")[:MOST_AT_ONCE]):
        order = _order(request, number)
        if order is not None:
            orders[number] = order
    answers = dispatch_each(orders=orders.values(), member=member, at=timezone.now())
    told = [_told(number, one) for number, one in zip(orders, answers, strict=True)]
    words = {
        "page_kind": "desk",
        "told": told,
        "done": sum(not one["why"] for one in told),
        "refused": sum(bool(one["why"]) for one in told),
    }
    return render(request, "desk/dispatching/told.html", words)


@require_POST
@staff_page(Action.CASE_READ)
def say_here(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Take the heartbeat of an open case page, and say who else has the case open."""
    case_id, now = find_case_id(number=number), timezone.now()
    if case_id is None:
        raise Http404
    try:
        be_here(case_id=case_id, member=member, at=now)
    except NoSuchCase as refusal:
        raise Http404 from refusal
    others = list_present(case_ids=[case_id], member=member, at=now).get(case_id, ())
    return render(request, "desk/dispatching/others.html", {"others": others})


@require_GET
@staff_page(Action.CASE_DISPATCH)
def show_present(request: HttpRequest, member: Member) -> HttpResponse:
    """Say who else has the cases of the list open now; each word goes into its row."""
    asked = (read_id(text) for text in request.GET.getlist("case")[:ROWS_A_PAGE])
    ids = [one for one in asked if one is not None]
    others = list_present(case_ids=ids, member=member, at=timezone.now())
    words = {"present": [(one, others.get(one, ())) for one in ids]}
    return render(request, "desk/dispatching/present.html", words)


def _found(form: FilterForm, request: HttpRequest, member: Member) -> WaitingPage:
    filters = form.read(order="", page=request.GET.get("page", ""), page_size=ROWS_A_PAGE)
    return list_waiting(member=member, filters=filters, at=timezone.now())


def _form(request: HttpRequest, member: Member) -> FilterForm:
    return FilterForm(
        request.GET,
        areas=offer_areas(member),
        categories=offer_categories(on=timezone.now(), with_majors=True),
        organisations=Kept(()),
    )


def _rows(cases: tuple[WaitingCase, ...], member: Member) -> list[dict[str, Any]]:
    ids = [one.row.id for one in cases]
    others = list_present(case_ids=ids, member=member, at=timezone.now())
    return [{"case": one, "others": others.get(one.row.id, ())} for one in cases]


def _order(request: HttpRequest, number: str) -> Order | None:
    case_id = find_case_id(number=number)
    chosen = request.POST.get(f"lead-{number}", "")
    lead = chosen or request.POST.get(f"proposed-{number}", "")
    version = request.POST.get(f"version-{number}", "")
    if case_id is None or not (_is_number(lead) and _is_number(version)):
        return None
    return Order(
        case_id=case_id, seen_version=int(version), lead_id=int(lead), is_chosen=bool(chosen)
    )


def read_id(text: str) -> UUID | None:
    """Read the id of a case from an address, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _told(number: str, answer: Answer) -> dict[str, str]:
    return {"number": number, "why": answer.refusal.words(gettext) if answer.refusal else ""}
