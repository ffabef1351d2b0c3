"""Figures of call-backs over a time and an area, by the conditions and weights of the rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from linli.ground.people.terms import Member
from linli.ground.territory.terms import AreaKind, code_prefix, prefix_of
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.facts import visible_to
from linli.programmes.callback.queries.lists import PAGE_SIZE, counted, row_of
from linli.programmes.callback.queries.settings import get_policies, get_policy
from linli.programmes.callback.rules.rates import rate, respond, satisfy, solve
from linli.programmes.callback.terms import Policy, Rate, Shown, Tally
from linli.spine.cases.queries.catalogue import list_category_versions
from linli.spine.cases.queries.figures import in_parts
from linli.spine.cases.terms.figures import Ask, Counted, CountedPage

_RATES: Mapping[Shown, Callable[[Tally], tuple[int, int]]] = {
    Shown.IN_TIME: respond,
    Shown.SOLVED: solve,
    Shown.SATISFIED: satisfy,
}


def count_figures(asks: Iterable[Ask], *, at: datetime) -> dict[Ask, int]:
    """Count the call-backs of what was closed in each time; `figure` is a value of `Shown`.

    Args:
        at: aware instant of asking, for what is late.
    """
    found: dict[Ask, int] = {}
    for some in in_parts(list(dict.fromkeys(asks))):
        counts = {f"n{no}": _counts(ask, Shown(ask.figure), at) for no, ask in enumerate(some)}
        row = Callback.objects.aggregate(**counts)
        found |= {ask: row[f"n{no}"] for no, ask in enumerate(some)}
    return found


def count_rates(asks: Iterable[Ask], *, at: datetime) -> dict[Ask, Rate]:
    """Weigh the rates of what was closed in each time, as the page of rates does.

    Args:
        asks: `figure` is what a rate counts of its whole: in time, solved or satisfied.
    """
    found: dict[Ask, Rate] = {}
    for ask, tallies in _tally(list(dict.fromkeys(asks)), at).items():
        least = max((one.policy.least for one in tallies), default=Policy().least)
        found[ask] = rate(tallies, _RATES[Shown(ask.figure)], least=least)
    return found


def list_counted(*, ask: Ask, member: Member, at: datetime, page: int) -> CountedPage:
    """List the call-backs behind a count, as far as the member may read their answers."""
    all_of_them = Callback.objects.filter(_narrow(ask) & counted(at)[Shown(ask.figure)])
    seen = all_of_them.filter(visible_to(member))
    total = seen.count()
    page = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    first = (page - 1) * PAGE_SIZE
    related = seen.select_related("case", "category", "organisation").order_by("-closed_at", "-id")
    rows = [row_of(one, at) for one in related[first : first + PAGE_SIZE]]
    return CountedPage(
        rows=tuple(
            Counted(
                id=one.id,
                number=one.case_number,
                title=one.title,
                note=f"{one.organisation_name} {one.step_label}",
                at=one.closed_at,
            )
            for one in rows
        ),
        total=total,
        hidden=all_of_them.count() - total,
        page=page,
        page_size=PAGE_SIZE,
    )


def _tally(asks: list[Ask], at: datetime) -> dict[Ask, list[Tally]]:
    """Count by version of the settings; the rates of as many asks by one statement as it takes."""
    found: dict[Ask, list[Tally]] = defaultdict(list)
    for some in in_parts(asks):
        counts = {
            f"n{no}_{shown.value}": _counts(ask, shown, at)
            for no, ask in enumerate(some)
            for shown in Shown
        }
        rows = Callback.objects.filter(_any_time(some)).values("street_id", "policy_version")
        grouped: Iterable[Mapping[str, Any]] = rows.annotate(**counts).order_by(
            "street_id", "policy_version"
        )
        for row in grouped:
            newest = get_policy(row["street_id"])
            policy = get_policies(row["street_id"]).get(row["policy_version"], newest)
            for no, ask in enumerate(some):
                named = {shown: row[f"n{no}_{shown.value}"] for shown in Shown}
                found[ask].append(Tally(counts=named, policy=policy))
    return {ask: found[ask] for ask in asks}


def _counts(ask: Ask, shown: Shown, at: datetime) -> Count:
    return Count("pk", filter=_narrow(ask) & counted(at)[shown])


def _any_time(asks: list[Ask]) -> Q:
    first, last = min(one.since for one in asks), max(one.before for one in asks)
    return Q(closed_at__gte=first, closed_at__lt=last)


def _narrow(ask: Ask) -> Q:
    found = Q(
        street__code__startswith=code_prefix(ask.street_code, AreaKind.STREET),
        closed_at__gte=ask.since,
        closed_at__lt=ask.before,
    )
    if ask.area_code:
        found &= _inside(prefix_of(ask.area_code))
    if ask.category_key:
        versions = list_category_versions(ask.category_key)
        found &= Q(category_id__in=[one.id for one in versions])
    if ask.major_code:
        found &= Q(category__major_code=ask.major_code)
    if ask.channel:
        found &= Q(case__channel=ask.channel)
    return found & Q(case__level=ask.level) if ask.level else found


def _inside(prefix: str) -> Q:
    level = "grid" if len(prefix) > len(code_prefix("0" * 20, AreaKind.COMMUNITY)) else "community"
    return Q(**{f"case__{level}__code__startswith": prefix})
