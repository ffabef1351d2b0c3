"""Somebody of the team leaves: the place in the team ends, a badge is handed to nobody."""

from __future__ import annotations

from linli.ground.people.leaving import count_orphans
from linli.ground.people.models import Appointment
from linli.ground.people.queries.leaving import find_work_handover
from linli.ground.people.services.leaving import hand_over_for_leave, leave_post
from linli.ground.people.terms import Role
from linli.ground.people.terms.leaving import WorkKind
from linli.ground.people.terms.posts import EndReason
from linli.programmes.enforcement.models import Secondment

from .factories import Team


def post_of(team: Team, who: str) -> Appointment:
    """Give somebody's post."""
    return Appointment.objects.get(person=team.accounts[who].person)


def test_the_place_in_the_team_ends_with_the_post(team: Team) -> None:
    made = leave_post(
        appointment_id=post_of(team, "urban").pk,
        reason=EndReason.OTHER,
        note="",
        successor_id=None,
        member=team.office[Role.KEEPER],
        at=team.office.tick(),
    )
    row = Secondment.objects.get(pk=team.lines["urban"])
    assert row.seconded_until == team.at.date()
    record = find_work_handover(made or 0)
    assert record is not None
    assert [(one.kind, one.number) for one in record.lines] == [
        (WorkKind.SECONDMENT, row.badge_number)
    ]
    assert count_orphans(at=team.at) == 0
    assert Secondment.objects.get(pk=team.lines["market"]).seconded_until is None


def test_on_leave_it_goes_on(team: Team) -> None:
    colleague = team.accounts["market"].person_id or 0
    made = hand_over_for_leave(
        appointment_id=post_of(team, "urban").pk,
        successor_id=colleague,
        member=team.office[Role.KEEPER],
        at=team.office.tick(),
    )
    assert made is None
    assert Secondment.objects.get(pk=team.lines["urban"]).seconded_until is None
