"""A team with officers of two departments, and operations played to any step by the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from linli.ground.kernel.photos import store_photo
from linli.ground.people.models import Account, Organisation
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, OrganisationFactory, member_of
from linli.ground.territory.tests.factories import middle
from linli.programmes.enforcement.models import Measure, Party, Secondment
from linli.programmes.enforcement.queries.operations import get_operation
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
    Step,
)
from linli.spine.cases.terms import PhotoRef, Point
from linli.spine.cases.tests.factories import Office, make_office

SINCE = date(2026, 1, 1)
DAYS = timedelta(days=4)
SECRET_NAME, SECRET_PLATE, SECRET_PHONE = "金丝雀摊主", "吉A·CANARY9", "13912340987"
STALL = PartyInput(
    kind=PartyKind.BUSINESS,
    mark="东侧 12 号摊位",
    name=SECRET_NAME,
    plate=SECRET_PLATE,
    phone=SECRET_PHONE,
)
FULL = dict.fromkeys(Criterion, 18)


def make_picture(*, at: datetime, colour: str = "teal") -> PhotoRef:
    """Store a real small photo that nobody has used yet."""
    body = BytesIO()
    Image.new("RGB", (40, 30), colour).save(body, "JPEG")
    body.seek(0)
    stored = store_photo(stream=body, uploaded_by_id=None, at=at)
    return PhotoRef(id=stored.id, secret=stored.secret)


@dataclass
class Team:
    """The office of a street with its enforcement team; time moves on with every act."""

    office: Office
    unit: Organisation
    urban: Organisation
    market: Organisation
    accounts: dict[str, Account]
    lines: dict[str, int] = field(default_factory=dict)
    powers: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Member:
        return member_of(self.accounts[who], at=self.office.at)

    @property
    def at(self) -> datetime:
        """What time it is."""
        return self.office.at

    def plan(self, **changes: Any) -> Plan:
        """Give a plan for the open-air market with everybody of the team."""
        lon, lat = middle(0, 0)
        usual: dict[str, Any] = {
            "kind": Kind.OPEN_AIR_MARKET,
            "title": "早市占道整治",
            "aim": "疏导占道摊位，恢复通行",
            "address": "示例路早市",
            "starts_at": self.at + timedelta(days=1),
            "point": Point(lon=lon, lat=lat),
            "member_ids": tuple(self.lines.values()),
            "commander_id": self.lines["urban"],
        }
        return Plan(**usual | changes)

    def begin(self, *, case_id: UUID | None = None, **changes: Any) -> OperationView:
        """Let the team draw up a plan."""
        plan = self.plan(**changes)
        return plan_operation(
            plan=plan, member=self["urban"], at=self.office.tick(), case_id=case_id
        )

    def act(
        self, operation_id: UUID, action: ActionName, who: str = "urban", **given: Any
    ) -> OperationView:
        """Let somebody act."""
        seen_version = given.pop("seen_version", None)
        return act(
            operation_id=operation_id,
            action=action,
            member=self[who],
            at=self.office.tick(),
            form=OperationInput(**given),
            seen_version=seen_version,
        )

    def notice(self, *, kind: NoticeKind = NoticeKind.RECTIFY, power: str = "guide") -> NoticeInput:
        """Give a notice that leaves three days."""
        return NoticeInput(
            kind=kind,
            power_id=self.powers[power],
            wanted="三日内撤出占道摊位",
            serving=Serving.IN_PERSON,
            deadline_at=self.at + timedelta(days=3),
        )

    def evidence(self, stage: Stage) -> dict[str, Any]:
        """Give a photo of a stage with who, when and where."""
        said = EvidenceInput(
            stage=stage,
            taken_at=self.at,
            taken_by_id=self.lines["urban"],
            place="示例路早市东侧",
        )
        return {"evidence": said, "photos": (make_picture(at=self.at),)}

    def measure(self, kind: MeasureKind = MeasureKind.GUIDE, **changes: Any) -> MeasureInput:
        """Give a measure by the urban department with both of its officers present."""
        usual: dict[str, Any] = {
            "kind": kind,
            "power_id": self.powers["guide"],
            "officer_ids": (self.lines["urban"], self.lines["market"]),
        }
        return MeasureInput(**usual | changes)

    def step_on(self, operation_id: UUID, action: ActionName) -> OperationView:
        """Take an action as the one whose work it is, giving all it needs."""
        party = Party.objects.filter(operation_id=operation_id).first()
        known = PartyInput(id=party.pk) if party else STALL
        match action:
            case ActionName.APPROVE_PLAN | ActionName.CLOSE_APPEALS:
                return self.act(operation_id, action, "leader")
            case ActionName.GIVE_NOTICE:
                return self.act(operation_id, action, party=STALL, notice=self.notice())
            case ActionName.KEEP_EVIDENCE:
                stage = Stage.BEFORE if not _has_measures(operation_id) else Stage.AFTER
                return self.act(operation_id, action, **self.evidence(stage))
            case ActionName.TAKE_MEASURE:
                return self.act(operation_id, action, party=known, measure=self.measure())
            case ActionName.PUBLISH:
                return self.act(operation_id, action, "leader", summary="疏导摊位，恢复通行。")
            case ActionName.JUDGE:
                return self.act(operation_id, action, "leader", scores=FULL, note="到位准时")
            case ActionName.BEGIN_ACTION:
                self.office.tick(DAYS)
                return self.act(operation_id, action)
            case _:
                return self.act(operation_id, action)

    def play(self, *, to: Step, **changes: Any) -> OperationView:
        """Plan an operation and take it to a step by the straight path."""
        view = self.begin(**changes)
        for step, actions in PATHS:
            if view.step is to:
                return view
            for action in actions:
                view = self.step_on(view.id, action)
            assert view.step is step
        return view

    def appeal(self, view: OperationView, kind: AppealKind = AppealKind.STATEMENT) -> OperationView:
        """Let the first party object."""
        return self.act(
            view.id,
            ActionName.RECEIVE_APPEAL,
            party=PartyInput(id=view.parties[0].id),
            appeal=AppealInput(kind=kind),
            note="我有营业执照",
        )

    def answer(self, view: OperationView, outcome: Outcome = Outcome.REJECTED) -> OperationView:
        """Let the sub-district answer the last objection."""
        said = AnswerInput(appeal_id=view.appeals[-1].id, outcome=outcome)
        return self.act(view.id, ActionName.ANSWER_APPEAL, "leader", answer=said, note="已核对")


PATHS = (
    (Step.NOTICING, (ActionName.APPROVE_PLAN,)),
    (Step.GATHERING, (ActionName.GIVE_NOTICE, ActionName.KEEP_EVIDENCE, ActionName.END_NOTICES)),
    (Step.ACTING, (ActionName.BEGIN_ACTION,)),
    (
        Step.APPEALING,
        (ActionName.TAKE_MEASURE, ActionName.KEEP_EVIDENCE, ActionName.FINISH_ACTION),
    ),
    (Step.PUBLISHING, (ActionName.CLOSE_APPEALS,)),
    (Step.JUDGING, (ActionName.PUBLISH,)),
    (Step.FINISHED, (ActionName.JUDGE,)),
)


def _has_measures(operation_id: UUID) -> bool:
    return Measure.objects.filter(operation_id=operation_id).exists()


def make_team() -> Team:
    """Make an office, a team of three from two departments, and their powers."""
    office = make_office()
    street = {"street": office.place.street}
    unit = OrganisationFactory(joint_team=True, area=office.place.street)
    urban = OrganisationFactory(name="示例城管局", name_en="Example Urban Management")
    market = OrganisationFactory(name="示例市场监管所", name_en="Example Market Office")
    accounts: dict[str, Account] = {
        "urban": AccountFactory(joint_team_member=True, organisation=unit, **street),
        "market": AccountFactory(joint_team_member=True, organisation=unit, **street),
        "helper": AccountFactory(joint_team_member=True, organisation=unit, **street),
        "leader": AccountFactory(street_leader=True, **street),
        "shift": office.accounts[Role.SHIFT_LEADER],
        "home": AccountFactory(handler=True, organisation=market),
        "stranger": office.accounts[Role.HANDLER],
        "verifier": office.accounts[Role.VERIFIER],
        "resident": office.accounts[Role.RESIDENT],
    }
    team = Team(office=office, unit=unit, urban=urban, market=market, accounts=accounts)
    _second(team)
    _empower(team)
    return team


def _second(team: Team) -> None:
    for who, home, badge in (
        ("urban", team.urban, "SF-001"),
        ("market", team.market, "SF-002"),
        ("helper", team.urban, ""),
    ):
        person = team.accounts[who].person
        assert person is not None
        said = SecondmentInput(
            person_id=person.pk,
            team_id=team.unit.pk,
            home_id=home.pk,
            badge_number=badge,
            seconded_from=SINCE,
            is_officer=bool(badge),
        )
        team.lines[who] = second(said=said, member=team["leader"], at=team.office.tick())


def _empower(team: Team) -> None:
    for name, department, measures in (
        ("guide", team.urban, tuple(MeasureKind)),
        ("licence", team.market, (MeasureKind.WARNING, MeasureKind.FINE)),
    ):
        team.powers[name] = add_power(
            department_id=department.pk,
            operation_kind=Kind.OPEN_AIR_MARKET,
            title=f"示例职权 {name}",
            basis="《示例条例》第一条",
            measures=measures,
        )


def line_of(team: Team, who: str) -> Secondment:
    """Give somebody's line of the roster."""
    return Secondment.objects.get(pk=team.lines[who])


def first_party(team: Team, view: OperationView) -> PartyInput:
    """Name the first party of an operation."""
    return PartyInput(id=view.parties[0].id)


def get(team: Team, view: OperationView) -> OperationView:
    """Read an operation afresh."""
    return get_operation(operation_id=view.id, member=team["urban"], at=team.at)


class AnotherOfficer:
    """One more officer of the urban department."""

    def __init__(self, team: Team) -> None:
        person = team.accounts["verifier"].person
        assert person is not None
        said = SecondmentInput(
            person_id=person.pk,
            team_id=team.unit.pk,
            home_id=team.urban.pk,
            badge_number="SF-009",
            seconded_from=SINCE,
        )
        self.line = second(said=said, member=team["leader"], at=team.office.tick())
