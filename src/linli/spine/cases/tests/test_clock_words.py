"""The arithmetic of deadlines in words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar
from linli.spine.cases.queries import clock_words, explain_in_words
from linli.spine.cases.rules.clocks import judge_urgency
from linli.spine.cases.terms import Step, Urgency

from .factories import Office

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=ZONE)
HOLIDAYS = WorkingCalendar(exceptions={date(2026, 11, 23): False, date(2026, 11, 28): True})


def test_a_friday_afternoon_is_told_stretch_by_stretch() -> None:
    told = explain_in_words(
        start=FRIDAY, limit=Limit(4, Unit.WORKING_HOURS), calendar=WorkingCalendar()
    )
    assert told == [
        "11 月 20 日周五 16:30–18:00 1.5 小时",
        "11 月 23 日周一 08:00–10:30 2.5 小时",
        "→ 11 月 23 日周一 10:30",
    ]


def test_whole_days_are_drawn_together_and_holidays_named() -> None:
    told = explain_in_words(start=FRIDAY, limit=Limit(6, Unit.WORKING_DAYS), calendar=HOLIDAYS)
    assert told[1].startswith("11 月 24 日周二")
    assert "，共 5 个整工作日" in told[1]
    assert "跳过放假 11-23" in told
    assert "计入调休上班 11-28" in told


def test_hours_that_run_always_are_told_by_their_end() -> None:
    told = explain_in_words(
        start=FRIDAY, limit=Limit(2, Unit.URGENT_HOURS), calendar=WorkingCalendar()
    )
    assert told == ["→ 11 月 20 日周五 18:30"]


def test_the_clocks_of_a_case_are_told_oldest_first(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    told = clock_words(case_id=reported.case_id, at=office.at)
    assert [one.label for one in told][:2] == ["核实时限", "立案时限"]
    assert told[0].sentence == (
        "11 月 23 日周一 09:10 起，办公时间 4 小时："
        "11 月 23 日周一 09:10–12:00 2 小时 50 分钟，11 月 23 日周一 14:00–15:10 1 小时 10 分钟"
        " → 11 月 23 日周一 15:10"
    )


def test_the_words_have_an_english_form(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    with override("en"):
        told = clock_words(case_id=reported.case_id, at=office.at)
    assert told[0].label == "Time to verify"
    assert told[0].sentence == (
        "From Mon 23 Nov 09:10, 4 office hours: Mon 23 Nov 09:10–12:00 2 h 50 min, "
        "Mon 23 Nov 14:00–15:10 1 h 10 min → Mon 23 Nov 15:10"
    )


@pytest.mark.parametrize(
    ("due", "is_urgent", "urgency"),
    [
        (datetime(2026, 11, 20, 16, 0, tzinfo=ZONE), False, Urgency.OVERDUE),
        (datetime(2026, 11, 21, 16, 0, tzinfo=ZONE), True, Urgency.URGENT),
        (datetime(2026, 11, 20, 20, 0, tzinfo=ZONE), False, Urgency.SOON),
        (datetime(2026, 11, 23, 16, 0, tzinfo=ZONE), False, Urgency.CALM),
        (None, False, Urgency.CALM),
    ],
)
def test_urgency_follows_the_time_left(
    due: datetime | None, is_urgent: bool, urgency: Urgency
) -> None:
    assert judge_urgency(due_at=due, is_urgent=is_urgent, now=FRIDAY) is urgency
