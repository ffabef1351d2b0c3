"""What call-backs set off: who hears of an answer, a message, a wish to leave one out."""

from __future__ import annotations

import pytest

from linli.ground.notices.models import Notice
from linli.programmes.callback.services.excluding import ask_exclusion, decide_exclusion
from linli.programmes.callback.terms import Cause, Result, TryInput, Way
from linli.programmes.callback.tests.factories import NO_ANSWER, UNSOLVED, Crew, make_crew
from linli.spine.cases.terms import Contact
from linli.spine.cases.tests.factories import resident


@pytest.fixture
def crew(db: None) -> Crew:
    return make_crew()


def told(crew: Crew) -> set[tuple[str, str]]:
    """Say who heard what, by the kind of the notice, and that no words are in it."""
    names = {account.pk: name for name, account in crew.accounts.items()}
    rows = Notice.objects.all()
    assert UNSOLVED.note not in str([one.params for one in rows])
    return {(one.kind, names.get(one.account_id, "")) for one in rows}


def test_not_solved_by_the_link_is_told_to_the_clerks(crew: Crew) -> None:
    reported = crew.close()
    Notice.objects.all().delete()
    crew.rate(reported, solved=False, satisfaction=1)
    assert told(crew) == {("callback.unsolved", name) for name in ("clerk", "colleague", "both")}


def test_a_redo_is_told_to_the_centre_and_not_who_said_it(crew: Crew) -> None:
    made = crew.made()
    Notice.objects.all().delete()
    crew.attempt(made, UNSOLVED)
    assert {kind for kind, _who in told(crew)} == {"cases.redone_after_callback"}


def test_a_message_reaches_the_reporter_with_an_account(crew: Crew) -> None:
    account = crew.accounts["resident"]
    made = crew.made(actor=resident(account), contact=Contact())
    Notice.objects.all().delete()
    crew.attempt(made, TryInput(way=Way.MESSAGE, result=Result.SENT))
    assert told(crew) == {("callback.asked_for_you", "resident")}


def test_a_call_is_told_to_nobody(crew: Crew) -> None:
    made = crew.made()
    Notice.objects.all().delete()
    crew.attempt(made, NO_ANSWER)
    assert told(crew) == set()


def test_of_an_exclusion_those_who_decide_hear_and_then_who_asked(crew: Crew) -> None:
    made = crew.made()
    Notice.objects.all().delete()
    asked = ask_exclusion(
        callback_id=made, cause=Cause.OTHER, note="再看", member=crew["shift"], at=crew.tick()
    )
    assert told(crew) == {("callback.exclusion_asked", "supervisor")}
    Notice.objects.all().delete()
    decide_exclusion(
        exclusion_id=asked, is_granted=False, note="不算", member=crew["supervisor"], at=crew.tick()
    )
    assert told(crew) == {("callback.exclusion_refused", "shift")}
