"""The part of the procedure that supervises: rungs by hand, and what leaders instruct."""

from __future__ import annotations

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.spine.cases import supervision_events as events
from linli.spine.cases.rules.table import Action, Bond, stay
from linli.spine.cases.terms import (
    OPEN_STEPS,
    RUNNING_STEPS,
    ActionName,
    AssignmentState,
    Need,
    Step,
)

# A leader is owed an answer even when the matter has ended meanwhile.
ANSWERED_AT = tuple(step for step in Step if step not in (Step.VOID, Step.MERGED))
INSTRUCTION_LENGTH = 500
NAME_LENGTH = 60
ANSWER_LENGTH = 200

SUPERVISION = (
    Action(
        name=ActionName.SUPERVISE,
        label=N_("督办"),
        hint=N_("给现在的时限发提醒、黄牌、红牌，或升级，写明理由；同一时限每一级只有一次。"),
        paths=stay(*RUNNING_STEPS),
        right=Right.CASE_SUPERVISE,
        event=events.RungReached,
        needs=(Need.RUNG, Need.NOTE),
    ),
    Action(
        name=ActionName.SUPERVISE_TASK,
        label=N_("督办任务"),
        hint=N_("给这一项任务发提醒、黄牌、红牌，或升级，写明理由。"),
        paths=stay(*RUNNING_STEPS),
        right=Right.CASE_SUPERVISE,
        event=events.RungReached,
        needs=(Need.RUNG, Need.NOTE),
        task_states=frozenset({AssignmentState.OFFERED, AssignmentState.ACCEPTED}),
    ),
    Action(
        name=ActionName.INSTRUCT,
        label=N_("登记领导批示"),
        hint=N_(
            "照领导说的或写的登记，单独计时，由交办单位一句话回复；不选单位的由主办或中心回复。"
        ),
        paths=stay(*OPEN_STEPS),
        right=Right.CASE_INSTRUCT,
        event=events.InstructionGiven,
        needs=(Need.INSTRUCTED_BY, Need.WAY, Need.NOTE),
        takes=(Need.UNIT, Need.LIMIT),
    ),
    Action(
        name=ActionName.ANSWER_INSTRUCTION,
        label=N_("回复批示"),
        hint=N_("一句话回复最早的一条批示：办得怎样，什么时候办好。"),
        paths=stay(*ANSWERED_AT),
        right=Right.CASE_ANSWER,
        event=events.InstructionAnswered,
        bond=Bond.INSTRUCTED,
        needs=(Need.NOTE,),
        is_work=True,
    ),
    Action(
        name=ActionName.WITHDRAW_INSTRUCTION,
        label=N_("撤销批示登记"),
        hint=N_("登记错了，或要改交别的单位：撤销最早的一条还没有回复的批示，写明理由。"),
        paths=stay(*ANSWERED_AT),
        right=Right.CASE_INSTRUCT,
        event=events.InstructionWithdrawn,
        needs=(Need.NOTE,),
    ),
)
