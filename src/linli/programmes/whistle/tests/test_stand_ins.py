"""Whoever acts in a colleague's post is told in the history with the name of the one away."""

from __future__ import annotations

from datetime import timedelta

from linli.ground.people.models import Appointment
from linli.ground.people.services.stand_ins import name_stand_in
from linli.ground.people.terms import Role
from linli.ground.people.terms.posts import AwayReason
from linli.ground.people.tests.factories import member_of
from linli.programmes.whistle.queries.history import timeline
from linli.programmes.whistle.terms import ActionName

from .factories import THERE, Crew


def let_act(crew: Crew, absent: str, acting: str) -> None:
    """Let somebody act in another's post for a week."""
    today = crew.at.date()
    name_stand_in(
        appointment_id=Appointment.objects.get(person=crew.accounts[absent].person).pk,
        person_id=crew.accounts[acting].person_id or 0,
        starts_on=today,
        ends_on=today + timedelta(days=7),
        reason=AwayReason.LEAVE,
        member=crew.office[Role.KEEPER],
        at=crew.office.tick(),
    )
    crew.members[acting] = member_of(crew.accounts[acting], at=crew.at)


def test_the_history_says_for_whom_somebody_called(crew: Crew) -> None:
    let_act(crew, "dispatcher", "clerk")
    view = crew.blow("clerk")
    told = timeline(whistle_id=view.id)[0]
    absent, acting = (crew.accounts[who].get_full_name() for who in ("dispatcher", "clerk"))
    assert told.who == f"{Role.DISPATCHER.label} {acting}（代{absent}）"


def test_it_is_the_very_post_acted_in_where_both_are_of_one_role(crew: Crew) -> None:
    let_act(crew, "road", "stranger")
    view = crew.blow()
    crew.act(view.id, ActionName.SIGN_IN, "stranger", position=THERE)
    told = timeline(whistle_id=view.id)[-1]
    assert told.who.endswith(f"（代{crew.accounts['road'].get_full_name()}）")


def test_in_the_own_post_nobody_else_is_named(crew: Crew) -> None:
    let_act(crew, "dispatcher", "clerk")
    view = crew.blow("shift")
    assert "代" not in timeline(whistle_id=view.id)[0].who
