"""The three rates of a period by month, organisation or category; every number is a list's length.

Whoever reads answers sees every count. Others see rates alone, and only where there is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext

from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.facts import within
from linli.programmes.callback.queries.lists import closed_in, counted
from linli.programmes.callback.queries.settings import get_policies, get_policy
from linli.programmes.callback.rules.rates import rate, respond, satisfy, solve
from linli.programmes.callback.terms import By, Policy, RateLine, RateTable, Shown, Tally
from linli.spine.cases.queries.words import is_english

_KEYS: Mapping[By, str] = {
    By.MONTH: "month",
    By.ORGANISATION: "organisation_id",
    By.CATEGORY: "category_id",
}
_NAMES: Mapping[By, str] = {By.ORGANISATION: "organisation", By.CATEGORY: "category"}


@dataclass(frozen=True, kw_only=True)
class _Sight:
    """Which call-backs are counted for somebody, and what of the counts they see."""

    scope: Q
    may_count: bool
    may_open: bool


@dataclass(frozen=True, kw_only=True)
class _Found:
    """One group of call-backs under one version: its key, its name, its counts.

    `least` is what must be in a denominator by the settings of now, whatever held then.
    """

    key: date | int | None
    name: str
    tally: Tally
    least: int


def list_rates(*, member: Member, by: By, first: date, last: date, at: datetime) -> RateTable:
    """Count the rates of the months from `first` to `last`, both included, in order of name."""
    sight = _sight(member)
    found = list(_count(sight.scope & closed_in(first, last), by, at))
    least = max((one.least for one in found), default=Policy().least)
    groups: dict[date | int | None, list[_Found]] = defaultdict(list)
    for one in found:
        groups[one.key].append(one)
    lines = [_line(by, group, sight, least) for group in groups.values()]
    if by is By.MONTH:
        lines.sort(key=lambda line: line.key)
    return RateTable(
        by=by,
        first=first,
        last=last,
        lines=tuple(lines),
        total=_total(found, sight, least),
        policies=_policies(found),
        least=least,
        may_open=sight.may_open,
    )


def _sight(member: Member) -> _Sight:
    rates, reads = reach(member, Right.CALLBACK_RATES), reach(member, Right.CALLBACK_READ)
    street = within(member, Right.CALLBACK_RATES)
    may_open = bool(reads.area_prefixes or reads.all)
    if rates.area_prefixes or rates.all:
        return _Sight(scope=street, may_count=may_open, may_open=may_open)
    own = Q(organisation_id__in=rates.organisation_ids)
    return _Sight(scope=own, may_count=False, may_open=False)


def _count(scope: Q, by: By, at: datetime) -> Iterable[_Found]:
    """Count by group and version of the settings, in one statement."""
    counts = {
        f"n_{shown.value}": Count("pk", filter=wanted) if wanted else Count("pk")
        for shown, wanted in counted(at).items()
    }
    zone = ZoneInfo(settings.TIME_ZONE)
    rows = Callback.objects.filter(scope).annotate(month=TruncMonth("closed_at", tzinfo=zone))
    named = {"group_name": F(_name_field(by))} if by in _NAMES else {}
    keys = (_KEYS[by], "street_id", "policy_version")
    grouped = rows.values(*keys, **named).annotate(**counts)
    for row in grouped.order_by("group_name" if named else _KEYS[by], *keys):
        policies = get_policies(row["street_id"])
        newest = get_policy(row["street_id"])
        policy = policies.get(row["policy_version"], newest)
        yield _Found(
            key=_key(row[_KEYS[by]]),
            name=row.get("group_name") or "",
            tally=Tally(counts={shown: row[f"n_{shown.value}"] for shown in Shown}, policy=policy),
            least=newest.least,
        )


def _name_field(by: By) -> str:
    return f"{_NAMES[by]}__name_en" if is_english() else f"{_NAMES[by]}__name"


def _key(value: datetime | int | None) -> date | int | None:
    return value.date() if isinstance(value, datetime) else value


def _line(by: By, group: list[_Found], sight: _Sight, least: int) -> RateLine:
    one = group[0]
    month = one.key if isinstance(one.key, date) else None
    number = one.key if isinstance(one.key, int) else 0
    return _rates(
        group,
        sight,
        least,
        key=month.isoformat() if month else str(number),
        name=one.name or (f"{month:%Y-%m}" if month else _nobody(by)),
        first=month,
        last=month,
        organisation_id=number if by is By.ORGANISATION else None,
        category_id=number if by is By.CATEGORY else None,
    )


def _nobody(by: By) -> str:
    return gettext("没有派单位") if by is By.ORGANISATION else gettext("未分类")


def _total(found: list[_Found], sight: _Sight, least: int) -> RateLine:
    return _rates(
        found,
        sight,
        least,
        key="total",
        name=gettext("合计"),
        first=None,
        last=None,
        organisation_id=None,
        category_id=None,
    )


def _rates(
    group: list[_Found],
    sight: _Sight,
    least: int,
    *,
    key: str,
    name: str,
    first: date | None,
    last: date | None,
    organisation_id: int | None,
    category_id: int | None,
) -> RateLine:
    tallies = [one.tally for one in group]
    return RateLine(
        key=key,
        name=name,
        first=first,
        last=last,
        organisation_id=organisation_id,
        category_id=category_id,
        counts=_add(tallies) if sight.may_count else None,
        response=rate(tallies, respond, least=least),
        solved=rate(tallies, solve, least=least),
        satisfied=rate(tallies, satisfy, least=least),
        versions=tuple(sorted({one.policy.version for one in tallies})),
    )


def _add(tallies: Iterable[Tally]) -> Mapping[Shown, int]:
    known = list(tallies)
    return {shown: sum(one.of(shown) for one in known) for shown in Shown}


def _policies(found: Iterable[_Found]) -> tuple[Policy, ...]:
    known = {one.tally.policy.version: one.tally.policy for one in found}
    return tuple(known[version] for version in sorted(known)) or (Policy(),)
