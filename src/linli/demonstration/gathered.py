"""Cases that hang together, in tasks, at levels: one of each, played by the real services.

They stand beside the year's cases, so that every state can be seen: a pair that is merged and one
that may be, a parent with children, a case in three tasks, a precedent, a case the district is
silent about, one in a grid, one asked about again, one to be checked in the first grid.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.photos import store_photo
from linli.ground.kernel.terms import ANONYMOUS, Actor
from linli.ground.people.queries import list_account_ids, load_member
from linli.ground.people.terms import Member, Role
from linli.spine.cases.queries.responsibilities import list_responsibilities
from linli.spine.cases.queries.routing import propose_for_case
from linli.spine.cases.services import act, add_reminder, report_case
from linli.spine.cases.terms import ActionInput, ActionName, Channel, NewReport, PhotoRef, Point

from . import places
from .handlers import get_handler
from .scenes import draw_scene

CASES = 13
RUBBISH, PIPE = "matter:06010", "matter:06036"


@dataclass
class Stage:
    """Who plays, and what time it is; every act takes some minutes."""

    accounts: Mapping[str, int]
    organisations: Mapping[str, int]
    at: datetime

    def tick(self, minutes: float = 4) -> datetime:
        """Let time pass and say what time it is."""
        self.at += timedelta(minutes=minutes)
        return self.at

    def member(self, login: str) -> Member:
        """Load somebody by the login."""
        return load_member(self.accounts[login], self.at)

    def report(self, text: str, *, key: str = RUBBISH, grid: int = 3, **more: Any) -> UUID:
        """Report a matter at a building of a grid."""
        plot = _building(grid)
        report = NewReport(
            text=text,
            category_key=key,
            point=Point(lon=plot.point[0], lat=plot.point[1]),
            address=plot.address,
            photos=(self.photo(),),
            **more,
        )
        return report_case(report=report, actor=self._sender(report), at=self.tick()).case_id

    def _sender(self, report: NewReport) -> Actor:
        """Let the clerk write down what does not come by the web."""
        if report.channel is Channel.WEB:
            return ANONYMOUS
        return self.member("clerk").actor(role=Role.INTAKE_CLERK)

    def photo(self, *, is_solved: bool = False) -> PhotoRef:
        """Draw and store a picture that stands in for a photo."""
        file = io.BytesIO()
        draw_scene("rubbish", is_solved=is_solved, seed=int(self.at.timestamp()) % 997).save(
            file, "JPEG", quality=70
        )
        file.seek(0)
        stored = store_photo(stream=file, uploaded_by_id=None, at=self.at)
        return PhotoRef(id=stored.id, secret=stored.secret)

    def act(self, case_id: UUID, action: ActionName, member: Member, **form: Any) -> None:
        """Let somebody act."""
        at = self.tick()
        act(case_id=case_id, action=action, member=member, at=at, form=ActionInput(**form))

    def file(self, case_id: UUID) -> None:
        """Take a fresh report as far as the dispatcher."""
        self.act(case_id, ActionName.VERIFY, self.member("verifier"))
        self.act(case_id, ActionName.FILE, self.member("clerk"))

    def dispatch(self, case_id: UUID) -> Member:
        """Take a fresh report to the lead that is proposed, and name who handles there."""
        self.file(case_id)
        lead_id = propose_for_case(case_id).lead_id
        self.act(case_id, ActionName.DISPATCH, self.member("dispatcher"), lead_id=lead_id)
        return get_handler(lead_id, self.at)


def show_gathered(
    *, accounts: Mapping[str, int], organisations: Mapping[str, int], until: datetime
) -> None:
    """Play one case of each kind within the last hours before `until` (aware)."""
    stage = Stage(
        accounts=accounts, organisations=organisations, at=until - timedelta(hours=3, minutes=20)
    )
    _merged_and_likely(stage)
    _parent(stage)
    _in_tasks(stage)
    _ruled(stage)
    _at_levels(stage)
    beside = Stage(
        accounts=accounts, organisations=organisations, at=until - timedelta(hours=2, minutes=40)
    )
    _done_in_the_first_grid(beside)


def _merged_and_likely(stage: Stage) -> None:
    first = stage.report("小区东门垃圾点满了没人清，味道很大。")
    second = stage.report(
        "东门垃圾点满了，味道大得开不了窗。",
        channel=Channel.HOTLINE,
        original_number="RX310001",
    )
    stage.report("东门垃圾点又满了，没人清。", channel=Channel.COURIER)
    stage.dispatch(first)
    stage.act(second, ActionName.MERGE, stage.member("clerk"), target_id=first)
    for channel, note in ((Channel.PHONE, "还没有人来"), (Channel.HOTLINE, "热线转来催办")):
        clerk = stage.member("clerk")
        add_reminder(case_id=second, channel=channel, member=clerk, at=stage.tick(), note=note)


def _parent(stage: Stage) -> None:
    whole = stage.report("整条街雨后积水，几处井盖都堵了。", grid=9)
    stage.file(whole)
    for text, grid in (("菜市场门口积水没过脚面。", 9), ("学校门口井盖堵塞返水。", 10)):
        child = stage.report(text, grid=grid)
        stage.act(child, ActionName.LINK, stage.member("dispatcher"), target_id=whole)


def _in_tasks(stage: Stage) -> None:
    case_id = stage.report("楼顶搭建占压管线，掉下来的砖头砸坏路灯。", grid=14)
    stage.act(case_id, ActionName.ACCEPT, stage.dispatch(case_id))
    dispatcher = stage.member("dispatcher")
    for unit, brief in (
        ("dept-market", "核查一楼商户的营业手续"),
        ("dept-fire", "查看消防通道是否被占"),
        ("dept-traffic", "砖头清走以前在路口疏导"),
    ):
        given = {"unit_id": stage.organisations[unit], "note": brief}
        limit = Limit(4, Unit.WORKING_HOURS)
        stage.act(case_id, ActionName.ADD_TASK, dispatcher, limit=limit, **given)


def _ruled(stage: Stage) -> None:
    case_id = stage.report("背街堆放的旧家具没人认领。", key=PIPE, grid=20)
    handler = stage.dispatch(case_id)
    street = places.STREET_CODE
    items = list_responsibilities(street_code=street, on=stage.at.date())
    stage.act(
        case_id,
        ActionName.RETURN,
        handler,
        responsibility_id=items[0].id,
        note="不在我单位的清单里",
    )
    stage.act(
        case_id,
        ActionName.RULE,
        stage.member("shift"),
        lead_id=stage.organisations["dept-urban"],
        note="无主堆放物按市容管理，由你单位先清走",
    )
    stage.file(stage.report("又有人在背街堆旧沙发。", key=PIPE, grid=20))


def _at_levels(stage: Stage) -> None:
    limit = {"limit": Limit(1, Unit.HOURS)}
    sent = stage.report("主干道限高杆被撞歪，归区里管。", grid=26)
    stage.file(sent)
    dispatcher = stage.member("dispatcher")
    stage.act(sent, ActionName.FORWARD, dispatcher, note="已电话报区交通部门", **limit)
    below = stage.report("邻居在楼道放自行车，想请网格员劝劝。", key=PIPE, grid=30)
    stage.file(below)
    day = {"limit": Limit(1, Unit.WORKING_DAYS)}
    stage.act(below, ActionName.LOWER_TO_GRID, dispatcher, note="先上门劝说", **day)
    raised = stage.report("楼道里的大件家具劝了两次不搬。", key=PIPE, grid=31)
    stage.file(raised)
    stage.act(raised, ActionName.LOWER_TO_GRID, dispatcher, note="先上门劝说", **day)
    leader = _leader_of(stage, grid=31)
    stage.act(raised, ActionName.RAISE_TO_COMMUNITY, leader, note="上门两次，户主不在，留条无回音")


def _done_in_the_first_grid(stage: Stage) -> None:
    case_id = stage.report("楼前散落的纸箱没人收。", grid=0)
    handler = stage.dispatch(case_id)
    stage.act(case_id, ActionName.ACCEPT, handler)
    done = {"note": "纸箱已收走，地面扫净。", "photos": (stage.photo(is_solved=True),)}
    stage.act(case_id, ActionName.FEED_BACK, handler, **done)


def _building(grid: int) -> places.Plot:
    code = list(places.grids())[grid].code
    return next(one for one in places.buildings() if one.parent_code == code)


def _leader_of(stage: Stage, *, grid: int) -> Member:
    code = list(places.grids())[grid].code
    [account_id, *_] = list_account_ids(at=stage.at, roles=[Role.GRID_LEADER], covering_code=code)
    return load_member(account_id, stage.at)
