"""An office that calls, four organisations that are called, and whistles played to any step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from linli.ground.kernel.photos import store_photo
from linli.ground.people.models import Account, Organisation
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, OrganisationFactory, member_of
from linli.ground.territory.tests.factories import middle
from linli.programmes.whistle.models import Whistle
from linli.programmes.whistle.queries.facts import call_facts, open_file
from linli.programmes.whistle.queries.whistles import get_whistle
from linli.programmes.whistle.rules.judging import propose_verdict
from linli.programmes.whistle.services.acting import act
from linli.programmes.whistle.services.blowing import blow
from linli.programmes.whistle.terms import (
    ActionName,
    Answer,
    Kind,
    NewWhistle,
    Step,
    Verdict,
    WhistleInput,
    WhistleView,
)
from linli.spine.cases.models import Responsibility
from linli.spine.cases.terms import PhotoRef, Point
from linli.spine.cases.tests.factories import Office, make_office

LON, LAT = middle(0, 0)
THERE = Point(lon=LON + 0.0005, lat=LAT)
FAR = Point(lon=LON + 0.02, lat=LAT)
NEXT_COMMUNITY = Point(lon=LON, lat=middle(0, 1)[1])
SOON = timedelta(minutes=30)


@dataclass
class Crew:
    """An office with those it calls; time moves on with every act."""

    office: Office
    units: dict[str, Organisation]
    accounts: dict[str, Account]
    item: Responsibility
    members: dict[str, Member] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Member:
        if who not in self.members:
            self.members[who] = member_of(self.accounts[who], at=self.office.at)
        return self.members[who]

    @property
    def at(self) -> datetime:
        """What time it is."""
        return self.office.at

    def id_of(self, who: str) -> int:
        """Give the id of the organisation somebody answers for."""
        return self.units[who].pk

    def new(self, **changes: Any) -> NewWhistle:
        """Call the water company and two more to a burst pipe within half an hour."""
        usual: dict[str, Any] = {
            "kind": Kind.EMERGENCY,
            "title": "水管爆裂",
            "wanted": "关阀、抢修、围挡、疏导",
            "address": "示例路口",
            "arrive_by": self.at + SOON,
            "lead_id": self.id_of("water"),
            "helper_ids": (self.id_of("road"), self.id_of("volunteers")),
            "point": Point(lon=LON, lat=LAT),
            "item_id": self.item.pk,
        }
        return NewWhistle(**usual | changes)

    def blow(
        self, who: str = "dispatcher", *, case_id: UUID | None = None, **changes: Any
    ) -> WhistleView:
        """Let somebody blow a whistle."""
        at = self.office.tick(timedelta(minutes=1))
        return blow(new=self.new(**changes), member=self[who], at=at, case_id=case_id)

    def act(self, whistle_id: UUID, action: ActionName, who: str, **given: Any) -> WhistleView:
        """Let somebody act, three minutes later."""
        seen_version = given.pop("seen_version", None)
        return act(
            whistle_id=whistle_id,
            action=action,
            member=self[who],
            at=self.office.tick(timedelta(minutes=3)),
            form=WhistleInput(**given),
            seen_version=seen_version,
        )

    def verdicts(self, whistle_id: UUID, **changes: Verdict) -> dict[int, Verdict]:
        """Give the verdicts of the record, with a reason wherever one may be asked."""
        said = {}
        for call in open_file(whistle_id).calls:
            known = propose_verdict(call_facts(call))
            said[call.organisation_id] = Verdict(
                responded=known.responded,
                in_time=known.in_time,
                did_part=known.did_part,
                why="" if known.did_part else "没有到场",
            )
        return said | {self.id_of(who): one for who, one in changes.items()}

    def step_on(self, whistle_id: UUID, action: ActionName, who: str = "water") -> WhistleView:
        """Take an action as one whose work it is, giving all it needs."""
        given: dict[str, Any] = {"note": "按要求办"}
        match action:
            case ActionName.SIGN_IN:
                given = {"position": THERE}
            case ActionName.COUNTERSIGN | ActionName.NAME_LEAD:
                given["organisation_id"] = self.id_of(who)
            case ActionName.TAKE_ANSWER:
                given |= {"organisation_id": self.id_of(who), "answer": Answer.COMES}
            case ActionName.CALL_MORE:
                given = {"organisation_ids": (self.id_of("police"),)}
            case ActionName.JUDGE:
                given = {"verdicts": self.verdicts(whistle_id)}
            case ActionName.REPLY:
                given["disputes"] = True
            case ActionName.SETTLE:
                in_time = None if who == "volunteers" else True
                verdict = Verdict(responded=True, in_time=in_time, did_part=True, why="核对过")
                given |= {"organisation_id": self.id_of(who), "verdict": verdict}
            case _:
                pass
        return self.act(whistle_id, action, _actor(action, who), **given)

    def play(self, *, to: Step, **changes: Any) -> WhistleView:
        """Blow a whistle and take it to a step by the straight path; volunteers stay away."""
        view = self.blow(**changes)
        if to is Step.CANCELLED:
            return self.step_on(view.id, ActionName.CANCEL)
        for step, actions in PATHS:
            if view.step is to:
                return view
            for action, who in actions:
                view = self.step_on(view.id, action, who)
            assert view.step is step
        return view


BY_CALLER = frozenset(
    {
        ActionName.COUNTERSIGN,
        ActionName.TAKE_ANSWER,
        ActionName.CALL_MORE,
        ActionName.NAME_LEAD,
        ActionName.RECORD_OUTCOME,
        ActionName.JUDGE,
        ActionName.OPEN_CASE,
        ActionName.TELL_CASE,
        ActionName.CANCEL,
    }
)
PATHS = (
    (
        Step.ON_SPOT,
        (
            (ActionName.COME, "water"),
            (ActionName.SIGN_IN, "water"),
            (ActionName.SIGN_IN, "road"),
        ),
    ),
    (
        Step.JUDGING,
        ((ActionName.REPORT_DEED, "water"), (ActionName.RECORD_OUTCOME, "water")),
    ),
    (Step.FINISHED, ((ActionName.JUDGE, "water"),)),
)


def _actor(action: ActionName, who: str) -> str:
    if action in BY_CALLER:
        return "dispatcher"
    return "leader" if action is ActionName.SETTLE else who


def make_crew() -> Crew:
    """Make an office, the organisations it may call, and one item of kind whistle."""
    office = make_office()
    street = {"street": office.place.street}
    units: dict[str, Organisation] = {
        "water": OrganisationFactory(name="示例水务", name_en="Example Water", kind="utility"),
        "road": OrganisationFactory(name="示例市政", name_en="Example Roads"),
        "police": OrganisationFactory(name="示例派出所", name_en="Example Police"),
        "volunteers": OrganisationFactory(volunteer_team=True),
    }
    item = Responsibility.objects.create(
        list=office.responsibility.list,
        item_no=118,
        title="爆管停水联动",
        title_en="Burst mains",
        kind="whistle",
        lead=units["water"],
    )
    item.helpers.add(units["road"])
    accounts: dict[str, Account] = {
        name: AccountFactory(handler=True, organisation=unit) for name, unit in units.items()
    }
    accounts |= {
        "dispatcher": office.accounts[Role.DISPATCHER],
        "shift": office.accounts[Role.SHIFT_LEADER],
        "secretary": office.accounts[Role.COMMUNITY_SECRETARY],
        "leader": AccountFactory(street_leader=True, **street),
        "supervisor": office.accounts[Role.SUPERVISOR],
        "clerk": office.accounts[Role.INTAKE_CLERK],
        "stranger": office.accounts[Role.HANDLER],
        "resident": office.accounts[Role.RESIDENT],
        "colleague": AccountFactory(handler=True, organisation=units["water"]),
    }
    return Crew(office=office, units=units, accounts=accounts, item=item)


def get(crew: Crew, view: WhistleView, who: str = "dispatcher") -> WhistleView:
    """Read a whistle afresh."""
    return get_whistle(whistle_id=view.id, member=crew[who])


def row_of(view: WhistleView) -> Whistle:
    """Give the row of a whistle."""
    return Whistle.objects.get(id=view.id)


def make_picture(*, at: datetime) -> PhotoRef:
    """Store a real small photo that nobody has used yet."""
    body = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(body, "JPEG")
    body.seek(0)
    stored = store_photo(stream=body, uploaded_by_id=None, at=at)
    return PhotoRef(id=stored.id, secret=stored.secret)
