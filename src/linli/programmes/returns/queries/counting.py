"""Numbers for cells: every figure is counted by the room it belongs to, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from linli.ground.kernel.queries import get_calendar
from linli.ground.people.terms import Member
from linli.programmes.callback.queries import figures as callbacks
from linli.programmes.enforcement.queries import figures as operations
from linli.programmes.returns.rules.figures import FIGURES, Figure, change, share
from linli.programmes.returns.rules.periods import Days, days_of, window_of
from linli.programmes.returns.terms import Period, Source, Span, Target
from linli.programmes.whistle.queries import figures as whistles
from linli.spine.cases.queries import figures as cases
from linli.spine.cases.terms.figures import Ask, CountedPage

_TEN = Decimal(10)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One count a number is made of: what is counted, in which days, and how many they are now."""

    source: Source
    ask: Ask
    days: Days
    is_whole: bool
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """For whom and when numbers are counted."""

    street_code: str
    period: Period
    at: datetime


def evaluate(targets: Iterable[Target], place: Place) -> dict[Target, Decimal | None]:
    """Count what cells stand for; the number of statements grows with the cells alone.

    A share of nothing, a rate of too few and a change from nothing are None.
    """
    wanted = list(dict.fromkeys(targets))
    counts = _count([part for one in wanted for part in parts_of(one, place)], place.at)
    rates = callbacks.count_rates(
        (ask for one in wanted for ask in _rate_asks(one, place)), at=place.at
    )
    numbers: dict[Target, Decimal | None] = {}
    for one in wanted:
        figure = FIGURES[one.figure]
        found = [
            _rate(rates[ask].permille)
            if figure.source is Source.RATES
            else _number(figure, days, one, place, counts)
            for days, ask in zip(days_of(place.period, one.span), _asks(one, place), strict=True)
        ]
        is_change = one.span is Span.CHANGE
        numbers[one] = change(*found, is_share=figure.is_share) if is_change else found[0]
    return numbers


def parts_of(target: Target, place: Place) -> list[Part]:
    """List the counts a number is made of, in the order they are said."""
    figure = FIGURES[target.figure]
    return [
        Part(
            source=_counted_by(figure),
            ask=_ask(target, days, place, what),
            days=days,
            is_whole=what == figure.whole,
        )
        for days in days_of(place.period, target.span)
        for what in (figure.part, figure.whole)
        if what
    ]


def count_parts(target: Target, place: Place) -> list[Part]:
    """Count each part of a number as it is now."""
    parts = parts_of(target, place)
    counts = _count(parts, place.at)
    return [
        Part(
            source=one.source,
            ask=one.ask,
            days=one.days,
            is_whole=one.is_whole,
            count=counts[one.source, one.ask],
        )
        for one in parts
    ]


def list_counted(*, part: Part, member: Member, at: datetime, page: int) -> CountedPage:
    """List what a part counts, as far as the member may read it."""
    match part.source:
        case Source.CALLBACKS | Source.RATES:
            return callbacks.list_counted(ask=part.ask, member=member, at=at, page=page)
        case Source.WHISTLES | Source.CALLS:
            return whistles.list_counted(ask=part.ask, member=member, page=page)
        case Source.OPERATIONS:
            return operations.list_counted(ask=part.ask, member=member, page=page)
        case Source.CASES:
            return cases.list_counted(ask=part.ask, member=member, page=page)


def _counted_by(figure: Figure) -> Source:
    return Source.CALLBACKS if figure.source is Source.RATES else figure.source


def _count(parts: Iterable[Part], at: datetime) -> dict[tuple[Source, Ask], int]:
    by_source: dict[Source, list[Ask]] = {one: [] for one in Source}
    for part in parts:
        by_source[part.source].append(part.ask)
    counted: Mapping[Source, dict[Ask, int]] = {
        Source.CASES: cases.count_figures(by_source[Source.CASES]),
        Source.CALLBACKS: callbacks.count_figures(by_source[Source.CALLBACKS], at=at),
        Source.WHISTLES: whistles.count_figures(by_source[Source.WHISTLES]),
        Source.CALLS: whistles.count_figures(by_source[Source.CALLS]),
        Source.OPERATIONS: operations.count_figures(by_source[Source.OPERATIONS]),
    }
    return {
        (source, ask): count for source, found in counted.items() for ask, count in found.items()
    }


def _number(
    figure: Figure,
    days: Days,
    target: Target,
    place: Place,
    counts: Mapping[tuple[Source, Ask], int],
) -> Decimal | None:
    part = counts[figure.source, _ask(target, days, place, figure.part)]
    if not figure.whole:
        return Decimal(part)
    return share(part, counts[figure.source, _ask(target, days, place, figure.whole)])


def _rate(permille: int | None) -> Decimal | None:
    return Decimal(permille) / _TEN if permille is not None else None


def _rate_asks(target: Target, place: Place) -> list[Ask]:
    is_rate = FIGURES[target.figure].source is Source.RATES
    return _asks(target, place) if is_rate else []


def _asks(target: Target, place: Place) -> list[Ask]:
    what = FIGURES[target.figure].part
    return [_ask(target, days, place, what) for days in days_of(place.period, target.span)]


def _ask(target: Target, days: Days, place: Place, what: str) -> Ask:
    zone = get_calendar(place.street_code).zone
    since, before = window_of(days, zone=zone, at=place.at)
    return Ask(
        figure=what,
        since=since,
        before=before,
        street_code=place.street_code,
        area_code=target.area_code,
        category_key=target.category_key,
        major_code=target.major_code,
        channel=target.channel,
        level=target.level,
    )
