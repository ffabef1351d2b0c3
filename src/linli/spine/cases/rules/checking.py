"""The part of the procedure that checks: samples, asking the reporter, who is to look."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.spine.cases import checking_events as events
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.rules.clocks import Policy
from linli.spine.cases.rules.table import Action, Bond, go, stay
from linli.spine.cases.terms import ActionName, ClockName, Need, Step
from linli.spine.cases.terms.checking import SettledCase

CHECKING = (
    Action(
        name=ActionName.PASS_SAMPLE,
        label=N_("抽查属实"),
        hint=N_("当场处置的确实处置好了，附抽查照片。"),
        paths=stay(Step.SETTLED),
        right=Right.CASE_CHECK,
        event=events.SamplePassed,
        bond=Bond.NOT_HANDLER,
        needs=(Need.PHOTOS,),
        takes=(Need.NOTE,),
        is_work=True,
    ),
    Action(
        name=ActionName.FAIL_SAMPLE,
        label=N_("抽查不实，重开"),
        hint=N_("没有处置好，或和登记的不符：写明看到什么，选好类别，转派遣员派单位办理。"),
        paths=go(Step.DISPATCHING, Step.SETTLED),
        right=Right.CASE_CHECK,
        event=events.SampleFailed,
        bond=Bond.NOT_HANDLER,
        needs=(Need.NOTE, Need.CATEGORY),
        takes=(Need.PHOTOS,),
    ),
    Action(
        name=ActionName.ANSWER_CHECK,
        label=N_("回答现在好了吗"),
        hint=N_("声音、气味、冷暖这样不留痕迹的，由反映人说好了没有；核查的人看得到，看不到是谁。"),
        paths=stay(Step.CHECKING),
        right=Right.CASE_CONFIRM,
        event=events.CheckAnswered,
        bond=Bond.REPORTER,
        needs=(Need.SOLVED,),
        takes=(Need.NOTE,),
    ),
)
SAMPLES = frozenset({ActionName.PASS_SAMPLE, ActionName.FAIL_SAMPLE})


@dataclass(frozen=True, kw_only=True)
class CheckFacts:
    """What the rules need to know of the open check: a sample, or a question to the reporter."""

    is_sample: bool = False
    is_asking: bool = False


NO_CHECK = CheckFacts()


def refusal_of(name: ActionName, facts: CheckFacts) -> str:
    """Give the code of what stands against an action on the open check, or nothing."""
    if name in SAMPLES and not facts.is_sample:
        return "cases.no_open_sample"
    if name is ActionName.ANSWER_CHECK and not facts.is_asking:
        return "cases.not_asked"
    return ""


def way_of(checked_by: str, *, is_found_by_staff: bool) -> CheckedBy:
    """Say how a result is checked: by asking only where a reporter can tell."""
    if checked_by == CheckedBy.REPORTER and not is_found_by_staff:
        return CheckedBy.REPORTER
    return CheckedBy.SPOT


def asking_limit(policy: Policy) -> Limit:
    """Give the time for a check by asking: that for the answer, then that for the check."""
    check = policy.limit_of(ClockName.CHECK)
    days = check.amount if check.unit is Unit.WORKING_DAYS else 1
    return Limit(policy.asking_days + days, Unit.WORKING_DAYS)


def choose(open_checks: Mapping[int, int]) -> int | None:
    """Choose among accounts by how many checks each has open: the fewest, then the first."""
    return min(open_checks, key=lambda one: (open_checks[one], one), default=None)


def draw(settled: Sequence[SettledCase], *, day: date, share: int) -> set[UUID]:
    """Draw the sample of a day: each case by chance, the same chance however often it is drawn.

    Args:
        share: per cent.
    """
    return {one.case_id for one in settled if _chance(one, day) < share * _WHOLE // 100}


def draw_for_finders(
    settled: Iterable[SettledCase], *, day: date, checked: Collection[int]
) -> set[UUID]:
    """Draw one case of every finder none of whose cases was drawn in the month.

    Args:
        settled: all of the month.
        day: the last of the month; it decides which case it is.
        checked: finders of whom some case was drawn.
    """
    chosen: dict[int, SettledCase] = {}
    for one in sorted(settled, key=lambda one: _chance(one, day)):
        if one.finder_id not in checked:
            chosen.setdefault(one.finder_id, one)
    return {one.case_id for one in chosen.values()}


def ends_month(day: date) -> bool:
    """Say whether a day is the last of its month, when everybody left over is drawn."""
    return day.day == calendar.monthrange(day.year, day.month)[1]


_WHOLE = 1 << 32


def _chance(one: SettledCase, day: date) -> int:
    """Give the number drawn for a case on a day, from nought to just below the whole."""
    digest = sha256(f"{day.isoformat()} {one.case_id}".encode()).digest()
    return int.from_bytes(digest[:4])
