"""A shift handed over with a written log: counted by the system, written, given, taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.duty_days import describe_now, may_in, street_for
from linli.faces.desk.forms.handover import read_points, rows_to_write, written_points
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action, Member
from linli.programmes.shifts.errors import NoSuchHandover
from linli.programmes.shifts.queries import (
    PAGE_ROWS,
    find_current,
    get_handover,
    list_handovers,
)
from linli.programmes.shifts.services import (
    confirm_handover,
    give_handover,
    open_handover,
    take_back_handover,
    tick_point,
    write_handover,
)
from linli.programmes.shifts.terms import (
    MOST_POINT,
    MOST_REMARKS,
    HandoverState,
    HandoverView,
    NewPoint,
)

_LONGEST_PAGE_NUMBER = 6


@require_GET
@staff_page(Action.HANDOVER_READ)
def list_all(request: HttpRequest, member: Member) -> HttpResponse:
    """List the hand-overs of the street, newest first, and the one under way."""
    street_code = street_for(member, Action.HANDOVER_READ)
    page = _page(request.GET.get("page", ""))
    found = list_handovers(
        street_code=street_code,
        member=member,
        limit=PAGE_ROWS + 1,
        offset=(page - 1) * PAGE_ROWS,
    )
    words = {
        "page_kind": "desk",
        "handovers": found[:PAGE_ROWS],
        "names": list_account_names(_people(found)),
        "current": find_current(street_code=street_code, member=member),
        "may_write": may_in(member, Action.HANDOVER_WRITE, street_code),
        "older_page": page + 1 if len(found) > PAGE_ROWS else None,
        "newer_page": page - 1 if page > 1 else None,
    }
    return render(request, "desk/handover/list.html", words)


@require_POST
@staff_page(Action.HANDOVER_WRITE)
def open_new(request: HttpRequest, member: Member) -> HttpResponse:
    """Begin to hand over; when one is under way, lead to the list."""
    street_code = street_for(member, Action.HANDOVER_WRITE)
    try:
        handover_id = open_handover(street_code=street_code, member=member, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
        return redirect("desk:handovers")
    return redirect("desk:handover", handover_id)


@require_http_methods(["GET", "POST"])
@staff_page(Action.HANDOVER_READ)
def show_one(request: HttpRequest, member: Member, handover_id: int) -> HttpResponse:
    """Show a hand-over; its writer saves remarks and points, or gives it."""
    handover = _get(handover_id, member)
    if request.method != "POST":
        return _one(request, member, handover)
    remarks, points = request.POST.get("remarks", ""), read_points(request.POST)
    try:
        _write(handover_id, remarks, points, member)
        if request.POST.get("give"):
            give_handover(handover_id=handover_id, member=member, at=timezone.now())
    except Refusal as refusal:
        shown = _get(handover_id, member)
        fault = refusal.words(gettext)
        return _one(request, member, shown, remarks=remarks, points=points, fault=fault, status=422)
    told = gettext("已交出，等接班人确认。") if request.POST.get("give") else gettext("已保存。")
    messages.success(request, told)
    return redirect("desk:handover", handover_id)


@require_GET
@staff_page(Action.HANDOVER_READ)
def print_one(request: HttpRequest, member: Member, handover_id: int) -> HttpResponse:
    """Show a hand-over as it is printed and signed."""
    handover = _get(handover_id, member)
    words = {"page_kind": "desk", **_facts(handover, member)}
    return render(request, "desk/handover/print.html", words)


@require_POST
@staff_page(Action.HANDOVER_WRITE)
def confirm(request: HttpRequest, member: Member, handover_id: int) -> HttpResponse:
    """Take the shift over."""
    do = partial(confirm_handover, handover_id=handover_id)
    told = gettext("已接班。交班记录不能再改，待办会出现在“等我办的事”。")
    return _done(request, member, do, told, handover_id)


@require_POST
@staff_page(Action.HANDOVER_WRITE)
def take_back(request: HttpRequest, member: Member, handover_id: int) -> HttpResponse:
    """Take back what nobody has confirmed."""
    do = partial(take_back_handover, handover_id=handover_id)
    return _done(request, member, do, gettext("已收回，可以继续修改。"), handover_id)


@require_POST
@staff_page(Action.HANDOVER_WRITE)
def tick(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Tick off what was taken over."""
    do = partial(tick_point, point_id=point_id)
    return _done(request, member, do, gettext("已办结一条待办。"), None)


def _write(handover_id: int, remarks: str, points: Sequence[NewPoint], member: Member) -> None:
    write_handover(
        handover_id=handover_id,
        remarks=remarks,
        points=points,
        member=member,
        at=timezone.now(),
    )


def _done(
    request: HttpRequest,
    member: Member,
    do: Callable[..., None],
    told: str,
    handover_id: int | None,
) -> HttpResponse:
    try:
        do(member=member, at=timezone.now())
    except NoSuchHandover as gone:
        raise Http404 from gone
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    else:
        messages.success(request, told)
    return redirect("desk:home") if handover_id is None else redirect("desk:handover", handover_id)


def _one(
    request: HttpRequest,
    member: Member,
    handover: HandoverView,
    *,
    remarks: str | None = None,
    points: Sequence[NewPoint] | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    facts = _facts(handover, member)
    words = {
        "page_kind": "desk",
        **facts,
        "remarks": handover.remarks if remarks is None else remarks,
        "rows": rows_to_write(written_points(handover) if points is None else points),
        "most_remarks": MOST_REMARKS,
        "most_point": MOST_POINT,
        "fault": fault,
    }
    return render(request, "desk/handover/one.html", words, status=status)


def _facts(handover: HandoverView, member: Member) -> dict[str, Any]:
    is_mine = handover.opened_by_id == member.account_id
    may_write = may_in(member, Action.HANDOVER_WRITE, handover.street_code)
    is_handed = handover.state is HandoverState.HANDED
    return {
        "handover": handover,
        "names": list_account_names(_named(handover)),
        "duty": describe_now(member, at=timezone.now()),
        "may_edit": is_mine and handover.state is HandoverState.OPEN,
        "may_take_back": is_mine and is_handed,
        "may_confirm": may_write and not is_mine and is_handed,
        "may_tick": may_write and handover.state is HandoverState.CONFIRMED,
    }


def _named(handover: HandoverView) -> Iterable[int]:
    ids = [handover.opened_by_id, handover.confirmed_by_id]
    ids += [point.ticked_by_id for point in handover.points]
    return (one for one in ids if one is not None)


def _people(found: Iterable[Any]) -> list[int]:
    ids = [one for line in found for one in (line.opened_by_id, line.confirmed_by_id)]
    return [one for one in ids if one is not None]


def _get(handover_id: int, member: Member) -> HandoverView:
    try:
        return get_handover(handover_id=handover_id, member=member)
    except NoSuchHandover as gone:
        raise Http404 from gone


def _page(text: str) -> int:
    is_number = text.isdecimal() and len(text) <= _LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1
