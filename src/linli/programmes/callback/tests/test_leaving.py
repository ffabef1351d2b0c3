"""A clerk leaves with a call-back in hand: it waits in the queue again."""

from __future__ import annotations

from linli.ground.people.leaving import count_orphans
from linli.ground.people.models import Appointment
from linli.ground.people.queries.leaving import find_work_handover
from linli.ground.people.services.leaving import leave_post
from linli.ground.people.terms import Role
from linli.ground.people.terms.leaving import WorkKind
from linli.ground.people.terms.posts import EndReason
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.replay import live_state, replayed_state
from linli.programmes.callback.services.calling import take, take_next

from .factories import Crew


def test_what_somebody_had_taken_is_free_for_the_next(crew: Crew) -> None:
    callback_id = crew.made()
    take(callback_id=callback_id, member=crew["clerk"], at=crew.tick())
    post = Appointment.objects.get(person=crew.accounts["clerk"].person)
    made = leave_post(
        appointment_id=post.pk,
        reason=EndReason.OTHER,
        note="",
        successor_id=None,
        member=crew.office[Role.KEEPER],
        at=crew.tick(),
    )
    record = find_work_handover(made or 0)
    assert record is not None
    assert [one.kind for one in record.lines] == [WorkKind.CALLBACK]
    assert Callback.objects.get(id=callback_id).holder_id is None
    assert count_orphans(at=crew.at) == 0
    assert take_next(member=crew["colleague"], at=crew.tick()) == callback_id
    assert replayed_state(callback_id) == live_state(callback_id)
