"""Figures of whistles over a time and an area, by the conditions of the year by organisation."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.people.terms import Member
from linli.ground.territory.terms import AreaKind, code_prefix, prefix_of
from linli.programmes.whistle.models import Call, Whistle
from linli.programmes.whistle.queries.facts import visible_to
from linli.programmes.whistle.queries.lists import COUNTED, PAGE_SIZE
from linli.programmes.whistle.terms import STEP_LABELS, Shown, Step
from linli.spine.cases.queries.figures import in_parts
from linli.spine.cases.terms.figures import Ask, Counted, CountedPage

BLOWN = "blown"


def count_figures(asks: Iterable[Ask]) -> dict[Ask, int]:
    """Count whistles, or calls to organisations, by when they were blown.

    Cancelled whistles count nowhere.

    Args:
        asks: `figure` is BLOWN or a value of `Shown`.
    """
    wanted = list(dict.fromkeys(asks))
    blown = [one for one in wanted if one.figure == BLOWN]
    called = [one for one in wanted if one.figure != BLOWN]
    found: dict[Ask, int] = {}
    for some in in_parts(blown):
        row = Whistle.objects.aggregate(**_counts(some, ""))
        found |= {ask: row[f"n{no}"] for no, ask in enumerate(some)}
    for some in in_parts(called):
        row = Call.objects.aggregate(**_counts(some, "whistle__"))
        found |= {ask: row[f"n{no}"] for no, ask in enumerate(some)}
    return found


def list_counted(*, ask: Ask, member: Member, page: int) -> CountedPage:
    """List the whistles behind a number, as far as the member may read them."""
    all_of_them = _behind(ask)
    seen = all_of_them.filter(visible_to(member)).order_by("-blown_at", "-id")
    total = seen.count()
    page = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    first = (page - 1) * PAGE_SIZE
    return CountedPage(
        rows=tuple(
            Counted(
                id=one.id,
                number=one.number,
                title=one.title,
                note=gettext(STEP_LABELS[Step(one.step)]),
                at=one.blown_at,
            )
            for one in seen[first : first + PAGE_SIZE]
        ),
        total=total,
        hidden=all_of_them.count() - total,
        page=page,
        page_size=PAGE_SIZE,
    )


def _counts(asks: list[Ask], where: str) -> dict[str, Count]:
    return {
        f"n{no}": Count("pk", filter=_narrow(ask, where) & _which(ask))
        for no, ask in enumerate(asks)
    }


def _which(ask: Ask) -> Q:
    return Q() if ask.figure == BLOWN else COUNTED[Shown(ask.figure)]


def _behind(ask: Ask) -> QuerySet[Whistle]:
    rows = Whistle.objects.filter(_narrow(ask, ""))
    if ask.figure == BLOWN:
        return rows
    calls = Call.objects.filter(_which(ask), whistle__in=rows)
    return rows.filter(pk__in=calls.values("whistle_id"))


def _narrow(ask: Ask, where: str) -> Q:
    found = Q(
        **{
            f"{where}blown_at__gte": ask.since,
            f"{where}blown_at__lt": ask.before,
            f"{where}street__code__startswith": code_prefix(ask.street_code, AreaKind.STREET),
        }
    ) & ~Q(**{f"{where}step": Step.CANCELLED.value})
    if ask.area_code:
        found &= Q(**{f"{where}area__code__startswith": prefix_of(ask.area_code)})
    return found
