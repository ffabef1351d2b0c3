"""The pending register as it stands on a morning: each reason, asked for, refused, longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.ground.kernel.calendars import Limit, Unit, due_after
from linli.ground.people.queries import load_member
from linli.spine.cases.queries.resting import InTime, list_in_time
from linli.spine.cases.queries.settings import calendar_of
from linli.spine.cases.services import act
from linli.spine.cases.terms import ActionInput, ActionName
from linli.spine.cases.terms.pending import Obstacle

from .handlers import find_handler

ASKED_AGO = timedelta(minutes=50)
DECIDED_AGO = timedelta(minutes=20)
ASKED_AGAIN_AGO = timedelta(minutes=10)
CANDIDATES = 60


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One case that can't be handled for now: why, what is done meanwhile, for how many days.

    `fits` names the categories it is likely for, the likeliest first.
    """

    fits: tuple[str, ...]
    obstacle: Obstacle
    measure: str
    post: str
    days: int
    words: str
    decision: ActionName | None = ActionName.APPROVE_PENDING
    answer: str = "同意挂账，临时措施每天有人看。"


# What must be there comes first, in case there are few cases to lay it on.
WAITS = (
    Wait(
        fits=("道路破损", "非法占绿毁绿", "污水井盖异常"),
        obstacle=Obstacle.SEASON,
        measure="现场围挡、夜里亮灯，每天看一次",
        post="养护值班岗",
        days=90,
        words="地已经冻了，开春化冻才能动工。",
    ),
    Wait(
        fits=("路灯异常", "热力井盖异常", "供暖不达标"),
        obstacle=Obstacle.MONEY,
        measure="先立提示牌、拉警戒带，每周看两次",
        post="市政应急岗",
        days=45,
        words="要花的钱已报明年预算，批下来就办。",
    ),
    Wait(
        fits=("污水井盖异常", "热力井盖异常", "废弃车辆"),
        obstacle=Obstacle.OWNERSHIP,
        measure="现场摆锥桶、贴告知，社区每天看一次",
        post="巡查协调岗",
        days=20,
        words="几家单位都说不归自己，正在核对权属。",
    ),
    Wait(
        fits=("废弃车辆", "私设地锁、阻车桩", "非法占绿毁绿"),
        obstacle=Obstacle.LAW,
        measure="已张贴告知书，现场每周查看一次",
        post="执法中队值班岗",
        days=60,
        words="当事人提起复议，要等决定。",
    ),
    Wait(
        fits=("供暖不达标", "路灯异常"),
        obstacle=Obstacle.MONEY,
        measure="每天去看一次，有事马上处理",
        post="设施维修岗",
        days=35,
        words="要换整段管线，钱还没有批。",
        decision=None,
    ),
    Wait(
        fits=("乱堆杂物", "非法小广告", "私设地锁、阻车桩"),
        obstacle=Obstacle.OWNERSHIP,
        measure="现场先清理一遍",
        post="保洁岗",
        days=15,
        words="说不清归谁管。",
        decision=ActionName.REFUSE_PENDING,
        answer="职责清单上写得很清楚，请按期办好。",
    ),
)


def let_some_wait(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Lay one of each before `until` (aware) on cases in hand that are not late."""
    asked_at, at = until - ASKED_AGO, until - DECIDED_AGO
    cases = list_in_time(untouched_since=asked_at, due_after=until, most=CANDIDATES)
    laid = _lay_on([case for case in cases if find_handler(case.lead_id, asked_at)])
    leader = load_member(accounts["leader"], at)
    for wait, case in laid:
        _ask(case, wait, at=asked_at, days=wait.days)
        if wait.decision is not None:
            given = ActionInput(note=wait.answer)
            act(case_id=case.case_id, action=wait.decision, member=leader, at=at, form=given)
    for wait, case in laid[1:2]:
        _ask(case, wait, at=until - ASKED_AGAIN_AGO, days=2 * wait.days)


def _lay_on(cases: list[InTime]) -> list[tuple[Wait, InTime]]:
    """Find for each the case it fits best, and one it does not fit rather than none."""
    left, laid = list(cases), []
    for wait in WAITS:
        fitting = sorted(
            (case for case in left if case.category_name in wait.fits),
            key=lambda case: wait.fits.index(case.category_name),
        )
        one = next(iter([*fitting, *left[::-1]]), None)
        if one is not None:
            left.remove(one)
            laid.append((wait, one))
    return laid


def _ask(case: InTime, wait: Wait, *, at: datetime, days: int) -> None:
    limit = Limit(days, Unit.WORKING_DAYS)
    given = ActionInput(
        obstacle=wait.obstacle,
        measure=wait.measure,
        post=wait.post,
        unit_id=case.lead_id,
        wake_on=due_after(at, limit, calendar_of(case.street_id)).date(),
        note=wait.words,
    )
    handler = find_handler(case.lead_id, at)
    if handler is not None:
        act(case_id=case.case_id, action=ActionName.ASK_PENDING, member=handler, at=at, form=given)
