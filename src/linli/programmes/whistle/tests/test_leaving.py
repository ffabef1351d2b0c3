"""Somebody who called leaves: a successor follows the whistle up, or the side that called."""

from __future__ import annotations

import pytest

from linli.ground.notices.models import Notice
from linli.ground.people.leaving import count_orphans
from linli.ground.people.models import Appointment
from linli.ground.people.queries.leaving import find_work_handover
from linli.ground.people.services.leaving import leave_post
from linli.ground.people.terms import Role
from linli.ground.people.terms.leaving import WorkKind
from linli.ground.people.terms.posts import EndReason
from linli.ground.people.tests.factories import AccountFactory
from linli.programmes.whistle.models import Whistle
from linli.programmes.whistle.queries.history import timeline
from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.terms import ActionName, Step

from .factories import Crew


def leaves(crew: Crew, who: str, *, successor: str | None = None) -> int:
    """End somebody's post; give the record."""
    made = leave_post(
        appointment_id=Appointment.objects.get(person=crew.accounts[who].person).pk,
        reason=EndReason.OTHER,
        note="",
        successor_id=crew.accounts[successor].person_id if successor else None,
        member=crew.office[Role.KEEPER],
        at=crew.office.tick(),
    )
    crew.members.clear()
    assert made is not None
    return made


def test_the_successor_is_told_what_the_caller_would_be(crew: Crew) -> None:
    view = crew.blow()
    street = {"street": crew.office.place.street}
    crew.accounts["next"] = AccountFactory(dispatcher=True, **street)
    made = leaves(crew, "dispatcher", successor="next")
    record = find_work_handover(made)
    assert record is not None
    assert [(one.kind, one.number) for one in record.lines] == [(WorkKind.WHISTLE, view.number)]
    assert timeline(whistle_id=view.id)[-1].what == "召集的人离岗，工作已交接"
    crew.step_on(view.id, ActionName.DECLINE)
    told = Notice.objects.filter(kind="whistle.declined")
    assert [one.account_id for one in told] == [crew.accounts["next"].pk]
    assert count_orphans(at=crew.at) == 0
    assert replayed_state(view.id) == live_state(view.id)


def test_without_one_the_whole_side_that_called_is_told(crew: Crew) -> None:
    view = crew.blow()
    leaves(crew, "dispatcher")
    assert Whistle.objects.get().keeper_id is None
    crew.step_on(view.id, ActionName.DECLINE)
    told = {one.account_id for one in Notice.objects.filter(kind="whistle.declined")}
    assert crew.accounts["shift"].pk in told
    assert crew.accounts["dispatcher"].pk not in told
    assert count_orphans(at=crew.at) == 0
    assert replayed_state(view.id) == live_state(view.id)


def test_who_may_not_call_there_does_not_follow_it_up(crew: Crew) -> None:
    crew.blow()
    leaves(crew, "dispatcher", successor="supervisor")
    assert Whistle.objects.get().keeper_id is None


def test_what_is_over_hangs_on_nobody(crew: Crew) -> None:
    crew.play(to=Step.FINISHED)
    caller = crew.accounts["dispatcher"]
    Appointment.objects.filter(person=caller.person).update(ends_on=crew.at.date())
    assert count_orphans(at=crew.at) == 0


def test_who_followed_it_up_settles_no_dispute_of_it(crew: Crew) -> None:
    view = crew.blow()
    leaves(crew, "dispatcher", successor="leader")
    crew.step_on(view.id, ActionName.SIGN_IN)
    crew.act(view.id, ActionName.RECORD_OUTCOME, "water", note="两小时恢复")
    crew.act(view.id, ActionName.JUDGE, "shift", verdicts=crew.verdicts(view.id))
    crew.step_on(view.id, ActionName.REPLY, "water")
    with pytest.raises(WhistleRefused, match=r"whistle\.caller_does_not_settle"):
        crew.step_on(view.id, ActionName.SETTLE, "water")
