"""The part of the procedure that puts off: extensions of the time to handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.spine.cases import putting_off_events as events
from linli.spine.cases.rules.clocks import Policy
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.rules.table import Action, Bond, stay
from linli.spine.cases.terms import ActionName, Need, Step
from linli.spine.cases.terms.putting_off import Cause

MOST_EXTENSIONS = 2

EXTENSIONS = (
    Action(
        name=ActionName.ASK_EXTENSION,
        label=N_("申请延期"),
        hint=N_("到期前申请：选原因、写明情况、给出新的日期；批准前时限照走，最多延两次。"),
        paths=stay(Step.HANDLING),
        right=Right.CASE_ASK_EXTENSION,
        event=events.ExtensionAsked,
        bond=Bond.LEAD,
        needs=(Need.CAUSE, Need.UNTIL, Need.NOTE),
    ),
    Action(
        name=ActionName.GRANT_EXTENSION,
        label=N_("准许延期"),
        hint=N_("第一次延期：办理期限改到申请的日期，反映人会知道新的时间和原因。"),
        paths=stay(Step.HANDLING),
        right=Right.CASE_EXTENSION,
        event=events.ExtensionGranted,
        bond=Bond.NOT_ASKER,
        takes=(Need.NOTE,),
        is_work=True,
    ),
    Action(
        name=ActionName.REFUSE_EXTENSION,
        label=N_("不准延期"),
        hint=N_("写明理由；原来的期限不变。"),
        paths=stay(Step.HANDLING),
        right=Right.CASE_EXTENSION,
        event=events.ExtensionRefused,
        bond=Bond.NOT_ASKER,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.LEADER_GRANT_EXTENSION,
        label=N_("领导准许延期"),
        hint=N_("第二次延期或工程施工：办理期限改到申请的日期，反映人会知道新的时间和原因。"),
        paths=stay(Step.HANDLING),
        right=Right.CASE_EXTENSION_LEADER,
        event=events.ExtensionGranted,
        bond=Bond.NOT_ASKER,
        takes=(Need.NOTE,),
        is_work=True,
    ),
    Action(
        name=ActionName.LEADER_REFUSE_EXTENSION,
        label=N_("领导不准延期"),
        hint=N_("写明理由；原来的期限不变。"),
        paths=stay(Step.HANDLING),
        right=Right.CASE_EXTENSION_LEADER,
        event=events.ExtensionRefused,
        bond=Bond.NOT_ASKER,
        needs=(Need.NOTE,),
    ),
)
BY_LEADER = frozenset({ActionName.LEADER_GRANT_EXTENSION, ActionName.LEADER_REFUSE_EXTENSION})
GRANTS = frozenset({ActionName.GRANT_EXTENSION, ActionName.LEADER_GRANT_EXTENSION})
DECISIONS = frozenset({*GRANTS, ActionName.REFUSE_EXTENSION, ActionName.LEADER_REFUSE_EXTENSION})


@dataclass(frozen=True, kw_only=True)
class ExtensionFacts:
    """What the rules need to know of extensions: how many were granted, and the open one."""

    granted: int = 0
    due_at: datetime | None = None
    open_until: datetime | None = None
    needs_leader: bool = False


def needs_leader(cause: Cause, *, granted: int) -> bool:
    """Say whether a leader decides: works, and any but the first."""
    return cause is Cause.WORKS or granted > 0


def check_extension(name: ActionName, facts: ExtensionFacts, at: datetime) -> None:
    """Refuse to ask too late, too often or twice at once, and to decide what is not to decide.

    Raises:
        ActionRefused: naming what stands against it.
    """
    if name is ActionName.ASK_EXTENSION:
        _check_asking(facts, at)
    elif name in DECISIONS:
        _check_deciding(name, facts, at)


def _check_asking(facts: ExtensionFacts, at: datetime) -> None:
    if facts.open_until is not None:
        raise ActionRefused("cases.extension_open")
    if facts.granted >= MOST_EXTENSIONS:
        raise ActionRefused("cases.extended_enough")
    if facts.due_at is None or at > facts.due_at:
        raise ActionRefused("cases.extension_too_late")


def _check_deciding(name: ActionName, facts: ExtensionFacts, at: datetime) -> None:
    if facts.open_until is None:
        raise ActionRefused("cases.no_open_extension")
    if facts.needs_leader is not (name in BY_LEADER):
        code = "extension_for_leader" if facts.needs_leader else "extension_for_shift"
        raise ActionRefused(f"cases.{code}")
    if name in GRANTS and at >= facts.open_until:
        raise ActionRefused("cases.extension_past")


def end_of(
    day: date, *, due_at: datetime, is_for_leader: bool, policy: Policy, calendar: WorkingCalendar
) -> datetime:
    """Give the last working instant of the day asked for.

    Args:
        due_at: when it is due now.

    Raises:
        ActionRefused: not a workday, not later than now due, or farther than the setting allows.
    """
    spans = calendar.spans_on(day)
    if not spans:
        raise ActionRefused("cases.until_not_worked", field="until")
    _start, until = spans[-1]
    if until <= due_at:
        raise ActionRefused("cases.until_not_later", field="until")
    days = policy.leader_extension_days if is_for_leader else policy.extension_days
    farthest = due_after(due_at, Limit(days, Unit.WORKING_DAYS), calendar)
    if day > farthest.date():
        raise ActionRefused(
            "cases.until_too_far", field="until", most=days, last=farthest.date().isoformat()
        )
    return until
