"""The sample of what was settled at once: drawn once a day, and from everybody in a month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from linli.ground.territory.locator import ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.models import Case, Check, SampleDraw
from linli.spine.cases.queries.settings import calendar_of, get_policy
from linli.spine.cases.rules.checking import draw, draw_for_finders, ends_month
from linli.spine.cases.services.checking import give_sample
from linli.spine.cases.terms import Step
from linli.spine.cases.terms.checking import CheckKind, SettledCase

ONE_DAY = timedelta(days=1)
FARTHEST_BACK = timedelta(days=31)


def draw_samples(*, at: datetime) -> int:
    """Draw the sample of every day that is over and not yet drawn from; return how many cases.

    Each day of each sub-district is one transaction, drawn from once; a month back at most.

    Args:
        at: aware instant; days are those of the sub-district's own zone.
    """
    return sum(
        draw_day(street_id=street_id, day=day, at=at)
        for street_id in ids_within(AreaKind.STREET, "")
        for day in _days_left(street_id, at)
    )


@transaction.atomic
def draw_day(*, street_id: int, day: date, at: datetime) -> int:
    """Draw the sample of one day of a sub-district, unless it was drawn before; return how many."""
    share = get_policy(street_id).sample_share
    row, is_new = SampleDraw.objects.get_or_create(
        street_id=street_id,
        day=day,
        defaults={"share": share, "settled_count": 0, "drawn_count": 0, "made_at": at},
    )
    if not is_new:
        return 0
    settled = _settled(street_id, day, day)
    drawn = draw(settled, day=day, share=share)
    if ends_month(day):
        drawn |= _left_over(street_id, day, drawn)
    for case_id in sorted(drawn):
        give_sample(case_id, at=at)
    row.settled_count, row.drawn_count = len(settled), len(drawn)
    row.save(update_fields=["settled_count", "drawn_count"])
    return len(drawn)


def _days_left(street_id: int, at: datetime) -> list[date]:
    yesterday = at.astimezone(_zone(street_id)).date() - ONE_DAY
    drawn = SampleDraw.objects.filter(street_id=street_id).order_by("-day")
    last = drawn.values_list("day", flat=True).first()
    first = max(last + ONE_DAY, yesterday - FARTHEST_BACK) if last else yesterday
    return [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]


def _settled(street_id: int, first: date, last: date) -> list[SettledCase]:
    """List what was settled at once on these days and is still as it was."""
    zone = _zone(street_id)
    since = datetime.combine(first, time(), tzinfo=zone)
    before = datetime.combine(last + ONE_DAY, time(), tzinfo=zone)
    rows = Case.objects.filter(
        street_id=street_id,
        step=Step.SETTLED.value,
        closed_at__gte=since,
        closed_at__lt=before,
        finder__isnull=False,
    ).exclude(id__in=Check.objects.filter(kind=CheckKind.SAMPLE.value).values("case_id"))
    found = rows.order_by("id").values_list("id", "finder_id")
    return [SettledCase(case_id=one, finder_id=finder or 0) for one, finder in found]


def _left_over(street_id: int, day: date, drawn: Collection[UUID]) -> set[UUID]:
    """Draw from those who settled something in the month and were not drawn yet."""
    first = day.replace(day=1)
    since = datetime.combine(first, time(), tzinfo=_zone(street_id))
    samples = Check.objects.filter(
        kind=CheckKind.SAMPLE.value, case__street_id=street_id, settled_at__gte=since
    )
    checked = set(samples.values_list("case__finder_id", flat=True))
    settled = _settled(street_id, first, day)
    today = {one.finder_id for one in settled if one.case_id in drawn}
    return draw_for_finders(settled, day=day, checked=checked | today)


def _zone(street_id: int) -> ZoneInfo:
    return ZoneInfo(calendar_of(street_id).zone)
