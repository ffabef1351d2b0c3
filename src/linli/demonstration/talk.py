"""Twelve talk points, their hosts, and what was said there: open, answered, to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.opening import EVERY_DAY, WORKDAYS, Hours
from linli.ground.people.queries import load_member
from linli.ground.people.queries.in_area import list_holders_in
from linli.ground.people.terms import Member, Role
from linli.programmes.talk.services.matters import answer_at_once, answer_matter, enter_case
from linli.programmes.talk.services.points import name_host, note_printed, open_point
from linli.programmes.talk.terms import NewMatter, NewPoint
from linli.spine.cases.queries.routing import propose_for_case
from linli.spine.cases.services import act
from linli.spine.cases.terms import ActionInput, ActionName, CaseKind, Contact, NewReport, Point

from . import places

OPENED_BEFORE = timedelta(days=200)
MORNING_AND_AFTERNOON = ((time(9), time(11)), (time(14), time(16)))
KINDS = (
    ("大柳树下", "Under the big willow", Hours(weekdays=WORKDAYS, spans=MORNING_AND_AFTERNOON)),
    (
        "活动室门口",
        "Door of the activity room",
        Hours(weekdays=(2, 4, 6), spans=((time(14), time(17)),), on_holidays=True),
    ),
    (
        "早市口",
        "Morning market",
        Hours(weekdays=EVERY_DAY, spans=((time(6), time(8, 30)),), on_holidays=True),
    ),
)
# What is asked, the category, the text for whoever sees to it, and how far it is.
SAID = (
    ("3 号楼楼道灯不亮", "local:L23", "二单元三楼到五楼的灯都不亮，晚上看不见台阶。", "open"),
    ("小区东门垃圾桶总是满", "matter:06042", "桶满了没人收，周边都是袋子。", "dispatched"),
    ("花坛边的石板翘起来了", "matter:06049", "走路容易绊倒。", "dispatched"),
    ("楼后面积雪没清", "local:L25", "老人出门怕滑倒。", "open"),
    ("凉亭顶棚能不能换", "", "漏雨。", "declined"),
    ("健身器材坏了一个", "matter:01046", "扭腰器螺丝松了。", "declined"),
)
CASES = len(SAID)
ASKED = (
    ("几点供暖，打哪个电话报修", "十月二十日零点起；报修打 12345，转供热服务。"),
    ("医保在哪里交", "社区便民窗口，工作日上午，带身份证；可以请人代办。"),
    ("老年卡怎么办", "满六十岁带身份证和照片到社区窗口，一周后来取。"),
    ("煤气证到期找谁", "带旧证到燃气服务站换，社区可以帮忙预约。"),
    ("下水道堵了归谁", "楼内公共管道找物业；没有物业的，社区联系疏通。"),
    ("志愿者怎么报名", "在这里登记就行，写上会什么、什么时候有空。"),
)
DONE = "看过了：螺丝已经上紧；顶棚今年没有钱换，列入明年的项目清单，居民代表会上再议。"


@dataclass
class Play:
    """The people and the clock of the play."""

    accounts: Mapping[str, int]
    at: datetime

    def member(self, login: str) -> Member:
        """Give who somebody is now."""
        return load_member(self.accounts[login], self.at)

    def tick(self, minutes: float = 3) -> datetime:
        """Let time pass and say what time it is."""
        self.at += timedelta(minutes=minutes)
        return self.at


def let_people_talk(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Set up the points, name hosts, and play what was said until `until` (aware)."""
    play = Play(accounts=accounts, at=until - OPENED_BEFORE)
    points = [
        (_open(play, number, kind), f"secretary{number}")
        for number in range(1, len(places.COMMUNITIES) + 1)
        for kind in range(len(KINDS))
    ]
    for number, (question, answer) in enumerate(ASKED):
        play.at = until - timedelta(days=number * 9 + 2, minutes=40)
        point_id, login = points[number * 2]
        matter = NewMatter(id=new_id(), asked=question, answer=answer)
        answer_at_once(point_id=point_id, matter=matter, member=play.member(login), at=play.at)
    play.at = until - timedelta(hours=3)
    for number, said in enumerate(SAID):
        _say(play, *points[number * 2], *said, is_answered=number == CASES - 1)
    for point_id, login in points[:4]:
        note_printed(point_id=point_id, matters=2, member=play.member(login), at=play.tick(1))


def _open(play: Play, community: int, kind: int) -> int:
    """Set up one point at a building of the community, with a host or two."""
    code = places.COMMUNITIES[community - 1][0]
    plots = [one for one in places.buildings() if one.code.startswith(code)]
    plot = plots[(kind + 1) * len(plots) // 4]
    name, name_en, hours = KINDS[kind]
    compound = plot.name[: -len("1号楼")].rstrip("0123456789")
    point = NewPoint(
        name=f"{compound}{name}",
        name_en=f"{name_en}, {plot.name_en.partition(' Building')[0]}",
        area_code=code,
        address=f"{plot.name}前",
        lon=plot.point[0],
        lat=plot.point[1],
        phone=f"0431-0000{community}{kind:03d}",
        hours=hours,
    )
    secretary = play.member(f"secretary{community}")
    point_id = open_point(point=point, member=secretary, at=play.tick())
    _name_hosts(play, point_id, code, kind, secretary)
    return point_id


def _name_hosts(play: Play, point_id: int, code: str, kind: int, secretary: Member) -> None:
    leaders = list_holders_in(within_code=code, roles=(Role.BUILDING_LEADER,), at=play.at)
    grid = list_holders_in(within_code=code, roles=(Role.GRID_LEADER,), at=play.at)
    chosen = {
        leaders[kind * 7].person_id: ((1, 3, 5, 7), True),
        grid[kind].person_id: ((2, 4, 6), False),
    }
    for person_id, (weekdays, shows_name) in chosen.items():
        name_host(
            point_id=point_id,
            person_id=person_id,
            weekdays=weekdays,
            shows_name=shows_name,
            member=secretary,
            at=play.tick(),
        )


def _say(
    play: Play,
    point_id: int,
    login: str,
    asked: str,
    key: str,
    text: str,
    how_far: str,
    *,
    is_answered: bool,
) -> None:
    community = places.COMMUNITIES[int(login[-1]) - 1][0]
    plot = next(one for one in places.buildings() if one.code.startswith(community))
    report = NewReport(
        text=text,
        title=asked,
        kind=CaseKind.INCIDENT,
        category_key=key,
        point=Point(lon=plot.point[0], lat=plot.point[1]),
        address=plot.address,
        contact=Contact(name="虚构居民", door="1-1-101"),
    )
    entered = enter_case(
        point_id=point_id,
        matter=NewMatter(id=new_id(), asked=asked),
        report=report,
        member=play.member(login),
        at=play.tick(),
    )
    _go_on(play, entered.matter_id, how_far)
    if is_answered:
        answer_matter(
            point_id=point_id,
            matter_id=entered.matter_id,
            answer=DONE,
            member=play.member(login),
            at=play.tick(),
        )


def _go_on(play: Play, case_id: UUID, how_far: str) -> None:
    if how_far == "open":
        return
    _act(play, case_id, ActionName.VERIFY, "verifier")
    if how_far == "declined":
        elsewhere = ActionInput(note="不在城市管理范围内，由社区商量。", elsewhere="社区居民议事会")
        _act(play, case_id, ActionName.DECLINE, "clerk", elsewhere)
        return
    _act(play, case_id, ActionName.FILE, "clerk")
    lead = ActionInput(lead_id=propose_for_case(case_id).lead_id)
    _act(play, case_id, ActionName.DISPATCH, "dispatcher", lead)


def _act(
    play: Play, case_id: UUID, action: ActionName, login: str, form: ActionInput | None = None
) -> None:
    act(
        case_id=case_id,
        action=action,
        member=play.member(login),
        at=play.tick(),
        form=form or ActionInput(),
    )
