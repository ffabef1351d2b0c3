"""The joint team of the demonstration: a roster, one operation finished, one under way; links."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.ground.kernel.devices import Device
from linli.ground.kernel.photos import store_photo
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.programmes.enforcement.services.acting import act
from linli.programmes.enforcement.services.planning import plan_operation
from linli.programmes.enforcement.services.roster import add_power, second
from linli.programmes.enforcement.terms import (
    ActionName,
    AnswerInput,
    AppealInput,
    AppealKind,
    Criterion,
    EvidenceInput,
    Kind,
    MeasureInput,
    MeasureKind,
    NoticeInput,
    NoticeKind,
    OperationInput,
    OperationView,
    Outcome,
    PartyInput,
    PartyKind,
    Plan,
    SecondmentInput,
    Serving,
    Stage,
)
from linli.spine.cases.models import Assignment
from linli.spine.cases.services.links import act_by_link, make_link, open_link
from linli.spine.cases.terms import ActionInput, PhotoRef, Point
from linli.spine.cases.terms import ActionName as CaseAction

from . import places
from .accounts import JOINT_TEAM_HOMES
from .scenes import draw_scene

SECONDED = timedelta(days=200)
LINK_LASTS = timedelta(days=30)
MARKET, CARS = Kind.OPEN_AIR_MARKET, Kind.ABANDONED_CARS
APPEARANCE = (
    "《城市市容和环境卫生管理条例》",
    "Regulations on City Appearance and Environmental Sanitation",
)
UNLICENSED = ("《无证无照经营查处办法》", "Measures against Unlicensed Business")
TRAFFIC = ("《道路交通安全法》", "Road Traffic Safety Law")
FIRE = ("《消防法》", "Fire Protection Law")
# Department, kind, title, basis, measures; laws are named, their articles are for the department.
POWERS = (
    (
        "dept-urban",
        MARKET,
        "占道经营",
        "Trading on the pavement",
        APPEARANCE,
        "guide educate remove",
    ),
    ("dept-market", MARKET, "无照经营", "Unlicensed business", UNLICENSED, "educate warning fine"),
    ("dept-fire", MARKET, "占用消防通道", "Blocking a fire lane", FIRE, "educate remove"),
    ("dept-traffic", CARS, "影响通行的停放", "Parking in the way", TRAFFIC, "educate warning tow"),
    (
        "dept-urban",
        CARS,
        "占用公共场地堆放",
        "Things left in public places",
        APPEARANCE,
        "educate remove",
    ),
)
SCORES = {
    Criterion.PLAN: 18,
    Criterion.NOTICE: 19,
    Criterion.EVIDENCE: 17,
    Criterion.RESULT: 18,
    Criterion.MANNER: 16,
}


def demonstration_token(number: int) -> str:
    """Give the token of the demonstration's links; it opens invented cases only."""
    digest = hashlib.sha256(f"linli demonstration link {number}".encode()).digest()
    return base64.b32encode(digest[:20]).decode().lower()


@dataclass
class Play:
    """The people and the clock of the play."""

    accounts: Mapping[str, int]
    organisations: Mapping[str, int]
    at: datetime
    lines: dict[str, int]
    powers: dict[tuple[str, Kind], int]

    def member(self, login: str) -> Member:
        """Give who somebody is now."""
        return load_member(self.accounts[login], self.at)

    def pass_time(self, **span: float) -> datetime:
        """Let time pass and say what time it is."""
        self.at += timedelta(**span)
        return self.at

    def do(
        self, view: OperationView, action: ActionName, login: str = "joint01", **given: Any
    ) -> OperationView:
        """Let somebody act, a quarter of an hour later."""
        return act(
            operation_id=view.id,
            action=action,
            member=self.member(login),
            at=self.pass_time(minutes=15),
            form=OperationInput(**given),
        )

    def photograph(
        self, view: OperationView, stage: Stage, subject: str, seed: int, *, place: str
    ) -> OperationView:
        """Let the first member keep a drawn picture as evidence."""
        said = EvidenceInput(
            stage=stage, taken_at=self.at, taken_by_id=self.lines["joint01"], place=place
        )
        picture = self._draw(subject, seed, is_solved=stage is Stage.AFTER)
        return self.do(view, ActionName.KEEP_EVIDENCE, evidence=said, photos=(picture,))

    def _draw(self, subject: str, seed: int, *, is_solved: bool) -> PhotoRef:
        body = io.BytesIO()
        drawn = draw_scene(subject, is_solved=is_solved, seed=seed, light="winter")
        drawn.save(body, "JPEG", quality=82)
        body.seek(0)
        stored = store_photo(stream=body, uploaded_by_id=self.accounts["joint01"], at=self.at)
        return PhotoRef(id=stored.id, secret=stored.secret)


def set_up(
    *, accounts: Mapping[str, int], organisations: Mapping[str, int], until: datetime
) -> None:
    """Fill the roster from twelve departments and play two operations that end by `until`."""
    play = Play(
        accounts=accounts, organisations=organisations, at=until - SECONDED, lines={}, powers={}
    )
    _second(play)
    for code, kind, title, title_en, basis, measures in POWERS:
        play.powers[code, kind] = add_power(
            department_id=organisations[code],
            operation_kind=kind,
            title=title,
            title_en=title_en,
            basis=basis[0],
            basis_en=basis[1],
            measures=[MeasureKind(one) for one in measures.split()],
        )
    play.at = until - timedelta(days=34)
    _play_market(play)
    play.at = until - timedelta(days=4)
    _play_cars(play)


def give_links(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Give links for two assignments in hand, with tokens the documentation names."""
    dispatcher = load_member(accounts["dispatcher"], until)
    open_ones = Assignment.objects.filter(
        duty="lead", state="accepted", case__step="handling", organisation__kind="utility"
    )
    for number, one in enumerate(open_ones.order_by("-offered_at")[:2], start=1):
        token = demonstration_token(number)
        make_link(
            assignment_id=one.pk,
            member=dispatcher,
            at=until,
            expires_at=until + LINK_LASTS,
            token=token,
        )
        if number == 1:
            open_link(token=token, device=Device.WECHAT, at=until)
            act_by_link(
                token=token,
                action=CaseAction.COMMENT,
                device=Device.WECHAT,
                at=until,
                form=ActionInput(note="配件已到，今天下午上门。"),
                handler_name="维修班小李",
            )


def _second(play: Play) -> None:
    for number, home in enumerate(JOINT_TEAM_HOMES, start=1):
        login = f"joint{number:02d}"
        person_id = load_member(play.accounts[login], play.at).person_id
        said = SecondmentInput(
            person_id=person_id or 0,
            team_id=play.organisations["joint-team"],
            home_id=play.organisations[home],
            badge_number=f"虚-{number:04d}" if home not in ("dept-civil", "dept-justice") else "",
            seconded_from=play.at.date(),
        )
        play.lines[login] = second(said=said, member=play.member("leader"), at=play.at)


def _point(index: int) -> tuple[Point, str]:
    building = list(places.buildings())[index]
    lon, lat = building.point
    return Point(lon=lon, lat=lat), building.address


def _plan(play: Play, *, kind: Kind, title: str, aim: str, where: str, logins: list[str]) -> Plan:
    point, _address = _point(40 if kind is MARKET else 400)
    return Plan(
        kind=kind,
        title=title,
        aim=aim,
        address=where,
        starts_at=play.at + timedelta(days=6),
        point=point,
        member_ids=tuple(play.lines[login] for login in logins),
        commander_id=play.lines["joint01"],
    )


def _begin(play: Play, plan: Plan) -> OperationView:
    view = plan_operation(plan=plan, member=play.member("joint01"), at=play.at)
    play.pass_time(hours=5)
    return play.do(view, ActionName.APPROVE_PLAN, "leader", note="同意，注意文明执法。")


def _notice(
    play: Play, power: tuple[str, Kind], wanted: str, *, kind: NoticeKind, serving: Serving
) -> NoticeInput:
    return NoticeInput(
        kind=kind,
        power_id=play.powers[power],
        wanted=wanted,
        serving=serving,
        deadline_at=play.at + timedelta(days=4),
    )


def _play_market(play: Play) -> None:
    plan = _plan(
        play,
        kind=MARKET,
        title="北街露天早市疏导整治",
        aim="早市摊位占了人行道和消防通道。先告知，再疏导到划定的临时摊区，最后恢复通行。",
        where="北街早市（义和社区段）",
        logins=["joint01", "joint02", "joint03", "joint04", "joint05", "joint07"],
    )
    view = _begin(play, plan)
    stalls = (
        ("东侧 12 号摊位", "虚构摊主甲", "13900000112", ("dept-urban", MARKET), "撤到临时摊区"),
        ("东侧 15 号摊位", "虚构摊主乙", "13900000115", ("dept-fire", MARKET), "让出消防通道"),
    )
    for mark, name, phone, power, wanted in stalls:
        notice = _notice(play, power, wanted, kind=NoticeKind.RECTIFY, serving=Serving.IN_PERSON)
        party = PartyInput(kind=PartyKind.BUSINESS, mark=mark, name=name, phone=phone)
        view = play.do(view, ActionName.GIVE_NOTICE, party=party, notice=notice)
    unlicensed = PartyInput(kind=PartyKind.BUSINESS, mark="西侧 3 号摊位", name="虚构摊主丙")
    told = _notice(
        play,
        ("dept-market", MARKET),
        "无照经营，拟给予警告；三日内可以陈述、申辩。",
        kind=NoticeKind.PENALTY,
        serving=Serving.IN_PERSON,
    )
    view = play.do(view, ActionName.GIVE_NOTICE, party=unlicensed, notice=told)
    for seed in (3, 8):
        view = play.photograph(view, Stage.BEFORE, "stall", seed, place="北街早市东侧")
    view = play.do(view, ActionName.END_NOTICES)
    _act_in_market(play, _hear_in_market(play, view))


def _hear_in_market(play: Play, view: OperationView) -> OperationView:
    _first, second_one, third = (PartyInput(id=one.id) for one in view.parties)
    view = play.do(
        view,
        ActionName.RECEIVE_APPEAL,
        party=third,
        appeal=AppealInput(kind=AppealKind.STATEMENT),
        note="执照正在办，已经交了材料，请从轻。",
    )
    answer = AnswerInput(appeal_id=view.appeals[-1].id, outcome=Outcome.PARTLY)
    note = "核实材料已受理，改为警告，不罚款。"
    view = play.do(view, ActionName.ANSWER_APPEAL, "leader", answer=answer, note=note)
    play.pass_time(days=4, hours=12)
    given: dict[str, Any] = {"party": second_one, "complied": True, "note": "通道已让出。"}
    view = play.do(view, ActionName.RECORD_COMPLIANCE, **given)
    return play.do(view, ActionName.BEGIN_ACTION)


def _act_in_market(play: Play, view: OperationView) -> None:
    first, _second_one, third = (PartyInput(id=one.id) for one in view.parties)
    present = tuple(play.lines[login] for login in ("joint01", "joint05"))
    guide = MeasureInput(
        kind=MeasureKind.GUIDE, power_id=play.powers["dept-urban", MARKET], officer_ids=present
    )
    view = play.do(view, ActionName.TAKE_MEASURE, party=first, measure=guide)
    warning = MeasureInput(
        kind=MeasureKind.WARNING,
        power_id=play.powers["dept-market", MARKET],
        officer_ids=present,
        decision_number="虚警字第 1 号",
    )
    view = play.do(view, ActionName.TAKE_MEASURE, party=third, measure=warning)
    for seed in (3, 8):
        view = play.photograph(view, Stage.AFTER, "stall", seed, place="北街早市东侧")
    view = play.do(view, ActionName.FINISH_ACTION)
    play.pass_time(days=9)
    view = play.do(view, ActionName.CLOSE_APPEALS, "leader")
    photos: tuple[UUID, ...] = tuple(
        one.photo_id for one in view.evidence if one.stage is Stage.AFTER
    )
    summary = (
        "告知三户，一户按期改正；一户疏导到临时摊区；一户无照经营给予警告并指导办照。"
        "人行道和消防通道已恢复，临时摊区每天 5 时至 8 时开放。"
    )
    given = {"summary": summary, "public_photo_ids": photos}
    view = play.do(view, ActionName.PUBLISH, "leader", **given)
    play.pass_time(days=2)
    reason = "准备充分，告知到位；取证照片角度可以更全，现场解释还可以更耐心。"
    play.do(view, ActionName.JUDGE, "leader", scores=SCORES, note=reason)
    reply = "接受评价，已安排取证培训。"
    play.do(view, ActionName.REPLY, "joint05", note=reply)


def _play_cars(play: Play) -> None:
    plan = _plan(
        play,
        kind=CARS,
        title="老小区“僵尸车”清理",
        aim="清理长期停放、无人认领的车辆。先张贴告知，联系车主，到期不挪的依法拖移到指定场地。",
        where="杏花村社区 7 号楼东侧空地",
        logins=["joint01", "joint02", "joint03", "joint04"],
    )
    view = _begin(play, plan)
    for number, mark in enumerate(("7 号楼东侧白色轿车", "锅炉房旁银色面包车"), start=1):
        party = PartyInput(kind=PartyKind.VEHICLE, mark=mark, plate=f"虚A·0000{number}")
        notice = _notice(
            play,
            ("dept-traffic", CARS),
            "四日内挪走，或联系社区说明情况。",
            kind=NoticeKind.RECTIFY,
            serving=Serving.POSTED,
        )
        view = play.do(view, ActionName.GIVE_NOTICE, party=party, notice=notice)
        view = play.photograph(view, Stage.BEFORE, "cars", number + 20, place="7 号楼东侧空地")
    play.do(view, ActionName.END_NOTICES)
