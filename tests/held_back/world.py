"""One sub-district in full work, with words planted wherever people write or are written about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from linli.ground.people.models import Account, Household
from linli.ground.people.terms import LookPurpose, Role
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import AreaFactory, middle
from linli.programmes.enforcement.tests.factories import Team, make_picture, make_team
from linli.spine.cases.models import Assignment
from linli.spine.cases.services import add_reminder, open_reporter
from linli.spine.cases.services.links import make_link
from linli.spine.cases.services.presence import be_here
from linli.spine.cases.terms import (
    ActionName,
    CaseKind,
    Channel,
    Contact,
    Point,
    Reported,
    Step,
)
from linli.spine.cases.tests.factories import PATHS, Office, resident

from . import canaries as planted

NEIGHBOUR_CODE = "220104005000"
CONTACT = Contact(name=planted.NAME, phone=planted.PHONE, door=planted.DOOR)
SECOND_CONTACT = Contact(name=planted.SECOND_NAME, phone=planted.SECOND_PHONE)


@dataclass
class World:
    """What was made; `ids` names what addresses ask for by number."""

    team: Team
    reporter: Account
    second: Account
    neighbour: Area
    cases: dict[str, Reported] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        """The office of the sub-district."""
        return self.team.office


def make_world() -> World:
    """Make the sub-district before anything happens in it."""
    team = make_team()
    return World(
        team=team,
        reporter=_make_reporter(team.office),
        second=AccountFactory(),
        neighbour=AreaFactory(code=NEIGHBOUR_CODE, name="邻街道"),
    )


def take_in(world: World) -> None:
    """Report, and take the cases through all there is to a case."""
    _play_every_step(world)
    _gather(world)
    _work(world)
    _look(world)


def _make_reporter(office: Office) -> Account:
    """Give the resident a record and an account that would be recognised anywhere."""
    account = office.accounts[Role.RESIDENT]
    grid = office.place.grids[0]
    door = Household.objects.create(
        street_code=office.place.street.code, area=grid, door=planted.RECORD_DOOR
    )
    person = account.person
    assert person is not None
    person.name, person.phone, person.household = planted.RECORD_NAME, planted.RECORD_PHONE, door
    person.save()
    account.login, account.email = planted.LOGIN, planted.EMAIL
    account.save()
    return account


def report(world: World, **changes: Any) -> Reported:
    """Let the reporter report, with words in every field there is."""
    office = world.office
    lon, lat = planted.DEVICE
    given: dict[str, Any] = {
        "actor": resident(world.reporter),
        "text": f"{planted.TEXT}，请打 {planted.WRITTEN_PHONE}。",
        "title": planted.TITLE,
        "address": planted.ADDRESS,
        "place_note": planted.NOTE,
        "contact": CONTACT,
        "device": Point(lon=lon, lat=lat),
        "photos": (make_picture(at=office.at),),
    }
    return office.report(**given | changes)


def _play_every_step(world: World) -> None:
    """Leave one case at each step that is reached by the straight path."""
    for step, path in PATHS.items():
        reported = report(world, is_urgent=step is Step.VERIFYING)
        _remark(world, reported)
        for action in path:
            world.office.step_on(reported.case_id, action)
        world.cases[step.value] = reported
    world.cases[Step.SETTLED.value] = world.office.play_settled()
    _put_off(world)
    _complain(world)
    _reopen(world)


def _remark(world: World, reported: Reported) -> None:
    office = world.office
    office.act(reported.case_id, ActionName.COMMENT, Role.SHIFT_LEADER, note=planted.REMARK)


def _put_off(world: World) -> None:
    """Let one case rest on the register, and one be asked for."""
    office = world.office
    office.lead_street()
    for name in (Step.PENDING.value, "asked_to_rest"):
        reported = report(world)
        for action in PATHS[Step.HANDLING]:
            office.step_on(reported.case_id, action)
        wish = office.wish_to_rest(note=planted.REMARK)
        office.act(reported.case_id, ActionName.ASK_PENDING, Role.HANDLER, **wish)
        world.cases[name] = reported
    rests = world.cases[Step.PENDING.value]
    office.act(rests.case_id, ActionName.APPROVE_PENDING, Role.STREET_LEADER, note=planted.REMARK)


def _complain(world: World) -> None:
    """Let the same reporter complain about the unit that handles most."""
    words = {"text": planted.COMPLAINT, "title": "", "kind": CaseKind.COMPLAINT, "photos": ()}
    about = world.office.lead.pk
    world.cases["complaint"] = report(world, **words, about_organisation_id=about)


def _reopen(world: World) -> None:
    """Let the reporter rate one case and have another done again."""
    rated, again = (report(world) for _ in range(2))
    for reported in (rated, again):
        for action in PATHS[Step.CLOSED]:
            world.office.step_on(reported.case_id, action)
    said = {"note": planted.TEXT, "solved": False, "satisfaction": 1}
    world.office.by_code(rated, ActionName.RATE, **said)
    world.office.by_code(again, ActionName.REOPEN, note=planted.TEXT)
    world.cases |= {"rated": rated, "reopened": again}


def _gather(world: World) -> None:
    """Merge, split, tie; give tasks; return and rule."""
    office = world.office
    main = report(world)
    for action in PATHS[Step.HANDLING]:
        office.step_on(main.case_id, action)
    merged = report(
        world,
        actor=resident(world.second),
        contact=SECOND_CONTACT,
        text=planted.SECOND_TEXT,
        title="",
        address="",
        place_note="",
        device=None,
    )
    clerk, dispatcher = Role.INTAKE_CLERK, Role.DISPATCHER
    office.act(merged.case_id, ActionName.MERGE, clerk, target_id=main.case_id)
    office.act(main.case_id, ActionName.SPLIT, clerk, note=planted.REMARK)
    child = world.cases[Step.FILING.value]
    office.act(child.case_id, ActionName.LINK, dispatcher, target_id=main.case_id)
    task: dict[str, Any] = {"unit_id": office.other.pk, "note": planted.REMARK}
    office.act(main.case_id, ActionName.ADD_TASK, dispatcher, **task)
    world.cases |= {"main": main, "merged": merged}
    _rule(world)


def _rule(world: World) -> None:
    """Let a case be returned and ruled on, so that there is a precedent."""
    ruled = report(world)
    for action in (*PATHS[Step.ACCEPTING], ActionName.RETURN, ActionName.RULE):
        world.office.step_on(ruled.case_id, action)
    world.cases["ruled"] = ruled


def _work(world: World) -> None:
    """Give links, note reminders, be at work on a case, and take a case to enforcement."""
    office, main = world.office, world.cases["main"]
    lead = Assignment.objects.get(case_id=main.case_id, duty="lead")
    made = make_link(assignment_id=lead.pk, member=office[Role.DISPATCHER], at=office.tick())
    world.tokens["link"], world.ids["link_id"] = made.token, made.id
    add_reminder(
        case_id=main.case_id,
        channel=Channel.PHONE,
        member=office[Role.INTAKE_CLERK],
        at=office.tick(),
        note=planted.REMARK,
    )
    for role in (Role.SHIFT_LEADER, Role.DISPATCHER):
        be_here(case_id=main.case_id, member=office[role], at=office.at)
    office.act(main.case_id, ActionName.CONTACT_REQUEST, Role.HANDLER, note=planted.REMARK)


def _look(world: World) -> None:
    """Open the reporter and the reporter's record, each with a reason."""
    from linli.ground.people.services import open_person

    office, main = world.office, world.cases["main"]
    assert world.reporter.person is not None
    open_reporter(
        case_id=main.case_id,
        member=office[Role.INTAKE_CLERK],
        reason=planted.REASON,
        at=office.tick(),
    )
    open_person(
        person_id=world.reporter.person.pk,
        member=office[Role.GRID_WORKER],
        purpose=next(iter(LookPurpose)),
        reason=planted.REASON,
        at=office.tick(timedelta(minutes=1)),
    )


def point_of_first_grid() -> tuple[float, float]:
    """Give the place where it all happened."""
    return middle(0, 0)
