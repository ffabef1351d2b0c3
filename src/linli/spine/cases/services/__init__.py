"""Commands of the room; those of the catalogue stand in `services.catalogue`."""

from __future__ import annotations

from .acting import act, act_as_reporter, act_by_code, carry_out
from .bringing import bring_photo, get_street_of_report
from .checking import give_missing_checks, mark_unanswered
from .climbing import climb_ladder, plan_anew, plan_ladder
from .intake import report_case
from .precedents import withdraw_precedent
from .reminding import add_reminder
from .reporters import erase_reporter, open_reporter
from .sampling import draw_samples
from .settings import set_case_settings
from .sweeping import (
    accept_silently,
    accept_tasks_silently,
    doubt_repeated_places,
    mark_late_tasks,
    mark_overdue,
)
from .waking import wake_due

__all__ = [
    "accept_silently",
    "accept_tasks_silently",
    "act",
    "act_as_reporter",
    "act_by_code",
    "add_reminder",
    "bring_photo",
    "carry_out",
    "climb_ladder",
    "doubt_repeated_places",
    "draw_samples",
    "erase_reporter",
    "get_street_of_report",
    "give_missing_checks",
    "mark_late_tasks",
    "mark_overdue",
    "mark_unanswered",
    "open_reporter",
    "plan_anew",
    "plan_ladder",
    "report_case",
    "set_case_settings",
    "wake_due",
    "withdraw_precedent",
]
