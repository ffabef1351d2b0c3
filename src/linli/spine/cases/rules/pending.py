"""The part of the procedure that lets a case wait: the pending register 挂账."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.spine.cases import pending_events as events
from linli.spine.cases.rules.clocks import Policy
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.rules.table import Action, Bond, go, stay
from linli.spine.cases.terms import ActionName, Need, Step
from linli.spine.cases.terms.pending import MEASURE_LENGTH, POST_LENGTH

PENDING = (
    Action(
        name=ActionName.ASK_PENDING,
        label=N_("申请挂账"),
        hint=N_(
            "一时办不了的（季节、资金、权属、法律）：写明临时安全措施、谁看管、哪天再办；"
            "批准前时限照走。已挂账的，再申请一次才能延后。"
        ),
        paths=stay(Step.HANDLING, Step.PENDING),
        right=Right.CASE_ASK_PENDING,
        event=events.PendingAsked,
        bond=Bond.LEAD,
        needs=(Need.OBSTACLE, Need.MEASURE, Need.UNIT, Need.WAKE_ON),
        takes=(Need.POST, Need.NOTE, Need.PHOTOS),
    ),
    Action(
        name=ActionName.APPROVE_PENDING,
        label=N_("批准挂账"),
        hint=N_("处置时限暂停到唤醒日；原因、措施和日期告诉反映人，并列入公开清单。"),
        paths=go(Step.PENDING, Step.HANDLING, Step.PENDING),
        right=Right.CASE_PENDING,
        event=events.CasePended,
        bond=Bond.NOT_ASKER,
        takes=(Need.NOTE,),
        is_work=True,
    ),
    Action(
        name=ActionName.REFUSE_PENDING,
        label=N_("不准挂账"),
        hint=N_("写明理由；案件照原来的期限办，已挂账的照原来的日期唤醒。"),
        paths=stay(Step.HANDLING, Step.PENDING),
        right=Right.CASE_PENDING,
        event=events.PendingRefused,
        bond=Bond.NOT_ASKER,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.WAKE,
        label=N_("提前恢复办理"),
        hint=N_("能办了就不再等：写明理由，处置时限从剩下的接着走。"),
        paths=go(Step.HANDLING, Step.PENDING),
        right=Right.CASE_WAKE,
        event=events.CaseWoken,
        bond=Bond.LEAD,
        needs=(Need.NOTE,),
    ),
)
PENDING_DECISIONS = frozenset({ActionName.APPROVE_PENDING, ActionName.REFUSE_PENDING})
_NOT_BESIDE = frozenset({ActionName.ASK_PENDING, ActionName.APPROVE_PENDING})


@dataclass(frozen=True, kw_only=True)
class PendingFacts:
    """What the rules need to know of the register: the open request, and what must not be open."""

    open_wake_at: datetime | None = None
    has_open_task: bool = False
    has_open_extension: bool = False


def check_pending(name: ActionName, facts: PendingFacts, at: datetime) -> None:
    """Refuse to put off what others are at work on, and to ask or decide what can't be.

    Raises:
        ActionRefused: naming what stands against it.
    """
    is_open = facts.open_wake_at is not None
    if is_open and name in (ActionName.ASK_PENDING, ActionName.ASK_EXTENSION):
        raise ActionRefused("cases.pending_open")
    if not is_open and name in PENDING_DECISIONS:
        raise ActionRefused("cases.no_open_pending")
    if name in _NOT_BESIDE and facts.has_open_task:
        raise ActionRefused("cases.pending_tasks_open")
    if name in _NOT_BESIDE and facts.has_open_extension:
        raise ActionRefused("cases.pending_extension_open")
    is_past = facts.open_wake_at is not None and at >= facts.open_wake_at
    if name is ActionName.APPROVE_PENDING and is_past:
        raise ActionRefused("cases.pending_past")


def check_pending_words(*, measure: str, post: str) -> None:
    """Refuse words that are too long to be shown in a list.

    Raises:
        ActionRefused: naming the field.
    """
    for words, most, field in ((measure, MEASURE_LENGTH, "measure"), (post, POST_LENGTH, "post")):
        if len(words) > most:
            raise ActionRefused("cases.pending_words_too_long", field=field, most=most)


def wake_at_of(day: date, *, at: datetime, policy: Policy, calendar: WorkingCalendar) -> datetime:
    """Give the first working instant of the day on which the case is to wake.

    Args:
        at: when it is asked for.

    Raises:
        ActionRefused: not a workday, not to come, or farther than the setting allows.
    """
    spans = calendar.spans_on(day)
    if not spans:
        raise ActionRefused("cases.wake_on_not_worked", field="wake_on")
    wake_at, _ends = spans[0]
    if wake_at <= at:
        raise ActionRefused("cases.wake_on_not_later", field="wake_on")
    last = due_after(at, Limit(policy.pending_days, Unit.CALENDAR_DAYS), calendar).date()
    if day > last:
        raise ActionRefused(
            "cases.wake_on_too_far",
            field="wake_on",
            most=policy.pending_days,
            last=last.isoformat(),
        )
    return wake_at
