"""Checks of one month counted: the sample of what was settled at once apart from the results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.people.queries import list_organisations
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.ground.territory.locator import find_ref, ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.models import Case, Check, CheckAnswer
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.queries.settings import calendar_of, get_policy
from linli.spine.cases.queries.words import is_english, name_of
from linli.spine.cases.terms import Step
from linli.spine.cases.terms.checking import (
    Asked,
    CheckFigures,
    CheckKind,
    ResultCount,
    SampleCount,
)

_PASSED, _FAILED = Q(passed=True), Q(passed=False)


def count_checks(*, member: Member, month: date) -> CheckFigures:
    """Count the checks of a month in a member's reach, by community and by organisation.

    What was settled at once is counted by when it was settled, results by when they were checked.

    Args:
        month: any day of it, in the sub-district's own zone.
    """
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    cases = Case.objects.filter(visible_to(member, Right.CHECK_READ))
    since, before = _instants(member, first, last)
    samples = _samples(cases, since, before)
    results = Check.objects.filter(
        kind=CheckKind.RESULT.value, passed__isnull=False, done_at__gte=since, done_at__lt=before
    ).filter(Exists(cases.filter(pk=OuterRef("case_id"))))
    units = _by_organisation(results)
    return CheckFigures(
        first=first,
        last=last,
        share=get_policy(_street(member)).sample_share,
        sample=_sum_samples(samples),
        communities=samples,
        result=ResultCount(
            organisation_id=None,
            name="",
            done=sum(one.done for one in units),
            failed=sum(one.failed for one in units),
        ),
        organisations=units,
        asked=_asked(results),
    )


def _street(member: Member) -> int:
    """Give the first sub-district a member reaches, by whose days the month is counted."""
    codes = [post.street_code for post in member.appointments if post.street_code]
    found = ids_within(AreaKind.STREET, codes[0] if codes else "")
    return found[0] if found else 0


def _instants(member: Member, first: date, last: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(calendar_of(_street(member)).zone)
    before = last + timedelta(days=1)
    return (
        datetime.combine(first, time(), tzinfo=zone),
        datetime.combine(before, time(), tzinfo=zone),
    )


def _samples(cases: QuerySet[Case], since: datetime, before: datetime) -> tuple[SampleCount, ...]:
    drawn = Check.objects.filter(
        kind=CheckKind.SAMPLE.value, settled_at__gte=since, settled_at__lt=before
    ).filter(Exists(cases.filter(pk=OuterRef("case_id"))))
    counted = {
        row["case__community_id"]: row
        for row in drawn.values("case__community_id")
        .annotate(
            drawn=Count("id"),
            done=Count("id", filter=Q(passed__isnull=False)),
            wrong=Count("id", filter=_FAILED),
        )
        .order_by()
    }
    rest = cases.filter(step=Step.SETTLED.value, closed_at__gte=since, closed_at__lt=before)
    still = rest.values("community_id").annotate(count=Count("id")).order_by()
    settled = dict(still.values_list("community_id", "count"))
    rows = [
        _sample(area_id, settled.get(area_id, 0), counted.get(area_id))
        for area_id in {*settled, *counted}
    ]
    return tuple(one for _code, one in sorted(rows, key=lambda pair: pair[0]))


def _sample(
    area_id: int | None, settled: int, row: Mapping[str, Any] | None
) -> tuple[str, SampleCount]:
    """Count one community; what was found wrong is settled no more, and still was."""
    area = find_ref(area_id) if area_id is not None else None
    counts = row or {"drawn": 0, "done": 0, "wrong": 0}
    return area.code if area else "~", SampleCount(
        name=name_of(area) if area else gettext("还没有落到社区"),
        settled=settled + counts["wrong"],
        drawn=counts["drawn"],
        done=counts["done"],
        wrong=counts["wrong"],
    )


def _sum_samples(rows: tuple[SampleCount, ...]) -> SampleCount:
    return SampleCount(
        name="",
        settled=sum(one.settled for one in rows),
        drawn=sum(one.drawn for one in rows),
        done=sum(one.done for one in rows),
        wrong=sum(one.wrong for one in rows),
    )


def _by_organisation(results: QuerySet[Check]) -> tuple[ResultCount, ...]:
    """Count results by whose work it was, by name; what no organisation led stands last."""
    counted: dict[int | None, Mapping[str, Any]] = {
        row["organisation_id"]: row
        for row in results.values("organisation_id")
        .annotate(done=Count("id"), failed=Count("id", filter=_FAILED))
        .order_by()
    }
    units = list_organisations(ids=[one for one in counted if one], active_only=False)
    named: list[tuple[int | None, str]] = [
        (one.id, (is_english() and one.name_en) or one.name) for one in units
    ]
    if None in counted:
        named.append((None, gettext("网格、社区或区级办的")))
    return tuple(
        ResultCount(
            organisation_id=one, name=name, done=counted[one]["done"], failed=counted[one]["failed"]
        )
        for one, name in named
    )


def _asked(results: QuerySet[Check]) -> Asked:
    asked = results.filter(way=CheckedBy.REPORTER.value)
    answers = CheckAnswer.objects.filter(check_asked_id=OuterRef("pk"))
    counted = asked.annotate(
        heard=Exists(answers), is_good=Exists(answers.filter(solved=True))
    ).aggregate(
        asked=Count("id"),
        answered=Count("id", filter=Q(heard=True)),
        said_yes=Count("id", filter=Q(is_good=True)),
        unheard=Count("id", filter=_PASSED & Q(heard=False)),
    )
    return Asked(**counted)
