"""The arithmetic of a case's clocks in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils.translation import gettext

from linli.ground.kernel.calendars import (
    Explanation,
    Limit,
    Stretch,
    Unit,
    WorkingCalendar,
    due_after,
    explain,
)
from linli.ground.kernel.compiled import Compiled
from linli.spine.cases.models import Clock
from linli.spine.cases.queries.settings import calendar_of
from linli.spine.cases.queries.words import day_words, limit_words, moment_words, span_words
from linli.spine.cases.terms import CLOCK_LABELS, CaseView, ClockName, ClockView, ClockWords


def clock_words(*, case_id: UUID, at: datetime) -> list[ClockWords]:
    """Say how each due time of a case came about, oldest clock first.

    Args:
        at: aware instant of asking, for what is overdue.
    """
    return [
        _words(
            clock_view(row, at),
            calendar_of(row.street_id),  # type: ignore[attr-defined] # annotated
        )
        for row in list_clocks(case_id)
    ]


def clock_words_of(case: CaseView) -> list[ClockWords]:
    """Say how each due time of a case came about, of the clocks that were read with it."""
    calendar = calendar_of(case.street.id)
    return [_words(one, calendar) for one in case.clocks]


def list_clocks(case_id: UUID) -> list[Clock]:
    """List the clocks of a case, oldest first, each with the `street_id` of its case."""
    return list(_CLOCKS.rows(case_id=case_id))


_CLOCKS = Compiled(
    lambda case_id: (
        Clock.objects.filter(case_id=case_id)
        .annotate(street_id=F("case__street_id"))
        .order_by("started_at", "id")
    )
)


def clock_view(row: Clock, at: datetime) -> ClockView:
    """Freeze one clock as it stands at an instant."""
    name = ClockName(row.name)
    return ClockView(
        name=name,
        label=gettext(CLOCK_LABELS[name]),
        started_at=row.started_at,
        limit=Limit(row.limit_amount, Unit(row.limit_unit)),
        promised_at=row.promised_at,
        due_at=row.due_at,
        stopped_at=row.stopped_at,
        suspended_at=row.suspended_at,
        is_overdue=(row.stopped_at or row.suspended_at or at) > row.due_at,
    )


def explain_in_words(*, start: datetime, limit: Limit, calendar: WorkingCalendar) -> list[str]:
    """Say the arithmetic of a deadline, one line a step, the result last."""
    told = explain(start, limit, calendar)
    return [*_lines(told, calendar), _result(told, calendar)]


def _words(row: ClockView, calendar: WorkingCalendar) -> ClockWords:
    limit = row.limit
    steps = explain_in_words(start=row.started_at, limit=limit, calendar=calendar)
    if due_after(row.started_at, limit, calendar) != row.promised_at:
        # Another calendar held then, or an earlier promise stands: either way it is kept.
        promised = moment_words(row.promised_at, calendar.zone)
        steps.append(gettext("答应的是 %(promised)s，照答应的算") % {"promised": promised})
    if row.due_at != row.promised_at:
        steps.append(
            gettext("原承诺 %(promised)s，现为 %(due)s")
            % {
                "promised": moment_words(row.promised_at, calendar.zone),
                "due": moment_words(row.due_at, calendar.zone),
            }
        )
    if row.suspended_at is not None and row.stopped_at is None:
        since = moment_words(row.suspended_at, calendar.zone)
        steps.append(gettext("%(since)s 起挂账，暂停计时") % {"since": since})
    return ClockWords(
        name=row.name,
        label=row.label,
        sentence=gettext("%(start)s 起，%(limit)s：%(steps)s")
        % {
            "start": moment_words(row.started_at, calendar.zone),
            "limit": limit_words(limit),
            "steps": gettext("，").join(steps[:-1]) + f" {steps[-1]}"
            if len(steps) > 1
            else steps[0],
        },
        steps=tuple(steps),
        due_at=row.due_at,
        is_overdue=row.is_overdue,
    )


def _lines(told: Explanation, calendar: WorkingCalendar) -> Iterator[str]:
    if told.limit.unit in (Unit.WORKING_HOURS, Unit.WORKING_DAYS):
        by_day = groupby(told.stretches, key=lambda stretch: stretch.start.date())
        days = [(day, list(stretches)) for day, stretches in by_day]
        for is_whole, group in groupby(days, key=lambda pair: _is_whole(pair[1], calendar)):
            yield from _group(list(group), calendar, is_whole=is_whole)
        yield from _exceptions(told, calendar)


def _group(
    days: Sequence[tuple[date, list[Stretch]]], calendar: WorkingCalendar, *, is_whole: bool
) -> Iterator[str]:
    if is_whole and len(days) > 1:
        yield gettext("%(first)s至 %(last)s，共 %(count)s 个整工作日") % {
            "first": day_words(days[0][0]),
            "last": day_words(days[-1][0]),
            "count": len(days),
        }
        return
    for _, stretches in days:
        yield from (_stretch(one, calendar) for one in stretches)


def _is_whole(stretches: Sequence[Stretch], calendar: WorkingCalendar) -> bool:
    total = sum((one.length for one in stretches), stretches[0].length * 0)
    return total == calendar.length_on(stretches[0].start.date())


def _stretch(one: Stretch, calendar: WorkingCalendar) -> str:
    zone = ZoneInfo(calendar.zone)
    return gettext("%(start)s–%(end)s %(length)s") % {
        "start": moment_words(one.start, calendar.zone),
        "end": f"{one.end.astimezone(zone):%H:%M}",
        "length": span_words(one.length),
    }


def _exceptions(told: Explanation, calendar: WorkingCalendar) -> Iterator[str]:
    if told.holidays:
        yield gettext("跳过放假 %(days)s") % {"days": _days(told.holidays)}
    if told.swapped:
        yield gettext("计入调休上班 %(days)s") % {"days": _days(told.swapped)}


def _result(told: Explanation, calendar: WorkingCalendar) -> str:
    return gettext("→ %(due)s") % {"due": moment_words(told.due_at, calendar.zone)}


def _days(days: Sequence[date]) -> str:
    return gettext("、").join(f"{day.month}-{day.day}" for day in days)
