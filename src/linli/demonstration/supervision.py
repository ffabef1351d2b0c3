"""Supervision as it stands on a morning: cards by hand, a late task, leaders' instructions.

The rungs of the year were climbed as it was lived; what is laid here stands beside them, on cases
nobody has touched for two days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import cycle
from uuid import UUID

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.spine.cases.queries.address import get_address
from linli.spine.cases.queries.resting import list_resting
from linli.spine.cases.services import act, climb_ladder, plan_ladder
from linli.spine.cases.terms import ActionInput, ActionName, Step
from linli.spine.cases.terms.supervision import Rung, Way

from .handlers import get_handler

UNTOUCHED = timedelta(days=2)
LONG_AGO = timedelta(hours=31)
INSTRUCTED = (
    (Way.NOTE, "赵示例（街道主任）", "群众反映多次，今天必须见到结果。", 30.0, ""),
    (
        Way.VOICE,
        "钱示例（街道书记）",
        "先把围挡做好，别让老人孩子摔着。",
        29.0,
        "围挡已装好，夜里有灯。",
    ),
    (Way.MEETING, "赵示例（街道主任）", "例会点名的事，说清楚卡在哪里。", 0.8, ""),
)


def show_supervised(
    *, accounts: Mapping[str, int], organisations: Mapping[str, int], until: datetime
) -> None:
    """Lay one of each before `until` (aware), and let everything climb as far as it is due."""
    resting = list_resting(step=Step.HANDLING, untouched_since=until - UNTOUCHED, most=4)
    for case_id in resting[:1]:
        _give_late_task(case_id, accounts, organisations, until - LONG_AGO)
    for (way, leader, words, hours, answer), case_id in zip(INSTRUCTED, cycle(resting)):
        at = until - timedelta(hours=hours)
        shift = load_member(accounts["shift"], at)
        given = ActionInput(instructed_by=leader, way=way, note=words, limit=Limit(4, Unit.HOURS))
        act(case_id=case_id, action=ActionName.INSTRUCT, member=shift, at=at, form=given)
        if answer:
            _answer(case_id, answer, at + timedelta(minutes=40))
    for case_id in list_resting(step=Step.IN_COMMUNITY, untouched_since=until, most=1):
        supervisor = load_member(accounts["supervisor"], until)
        card = ActionInput(rung=Rung.YELLOW, note="上门两次都没人，请社区书记亲自联系。")
        act(case_id=case_id, action=ActionName.SUPERVISE, member=supervisor, at=until, form=card)
    while plan_ladder() + climb_ladder(at=until):
        pass


def _answer(case_id: UUID, words: str, at: datetime) -> None:
    act(
        case_id=case_id,
        action=ActionName.ANSWER_INSTRUCTION,
        member=_handler_of(case_id, at),
        at=at,
        form=ActionInput(note=words),
    )


def _handler_of(case_id: UUID, at: datetime) -> Member:
    return get_handler(get_address(case_id).lead_id, at)


def _give_late_task(
    case_id: UUID, accounts: Mapping[str, int], organisations: Mapping[str, int], at: datetime
) -> None:
    lead_id = get_address(case_id).lead_id
    units = (organisations[code] for code in ("dept-market", "dept-fire"))
    act(
        case_id=case_id,
        action=ActionName.ADD_TASK,
        member=load_member(accounts["dispatcher"], at),
        at=at,
        form=ActionInput(
            unit_id=next(unit_id for unit_id in units if unit_id != lead_id),
            note="核对临街商户的责任范围",
            limit=Limit(2, Unit.HOURS),
        ),
    )
