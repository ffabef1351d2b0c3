"""Checks: what waits for me to look at, and how the checks of a month came out."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.faces.desk.access import holds_post_for, staff_page
from linli.ground.people.terms import Action, Member
from linli.spine.cases.queries.check_figures import count_checks
from linli.spine.cases.queries.checking import list_waiting
from linli.spine.cases.terms.checking import CheckItem, CheckPage

MOST_ITEMS = 100
# Below this a share says nothing.
FEWEST = 5
EVERYBODYS = "all"
NOTHING_WAITS = CheckPage(items=(), total=0, grids=())


@require_GET
@staff_page(Action.CHECK_READ)
def show_checks(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the checks that wait for the member, oldest due first, and the month's results."""
    now = timezone.now()
    may_check = holds_post_for(member, Action.CASE_CHECK)
    everybodys = request.GET.get("whose") == EVERYBODYS
    grid = _digits(request.GET.get("grid", ""))
    waiting = NOTHING_WAITS
    if may_check:
        waiting = list_waiting(
            member=member, at=now, everybodys=everybodys, grid_code=grid, most=MOST_ITEMS
        )
    month = _month(request.GET.get("month", ""), timezone.localdate(now))
    words = {
        "page_kind": "desk",
        "now": now,
        "may_check": may_check,
        "everybodys": everybodys,
        "grid": grid,
        "waiting": waiting,
        "lines": [_line(one, member) for one in waiting.items],
        "figures": count_checks(member=member, month=month),
        "month": month,
        "former": month - timedelta(days=1),
        "later": _later(month, timezone.localdate(now)),
        "fewest": FEWEST,
    }
    return render(request, "desk/checks/page.html", words)


def _line(item: CheckItem, member: Member) -> dict[str, object]:
    return {"item": item, "is_mine": item.verifier_id == member.account_id}


def _digits(given: str) -> str:
    return given if given.isascii() and given.isdigit() and len(given) <= 20 else ""


def _month(given: str, today: date) -> date:
    """Read which month is asked for; what is none, or lies ahead, is the present one."""
    try:
        month = date.fromisoformat(f"{given}-01")
    except ValueError:
        month = today
    return min(month, today).replace(day=1)


def _later(month: date, today: date) -> date | None:
    """Give the first day of the month after, where it has begun."""
    first = (month + timedelta(days=31)).replace(day=1)
    return first if first <= today else None
