"""Who is told of what happens around whistles; an emergency is called out organisation by
organisation.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.notices.models import Alert, Notice
from linli.ground.people.tests.factories import AccountFactory
from linli.programmes.whistle.services.sweeping import mark_late
from linli.programmes.whistle.terms import ActionName, Kind, Step
from linli.programmes.whistle.tests.factories import THERE, Crew, make_crew


@pytest.fixture
def crew(db: None) -> Crew:
    return make_crew()


def told(crew: Crew, who: str) -> list[str]:
    rows = Notice.objects.filter(account=crew.accounts[who]).order_by("id")
    return list(rows.values_list("kind", flat=True))


def open_alerts() -> int:
    return Alert.objects.filter(settled_at=None, acknowledged_at=None).count()


def test_an_emergency_is_called_out_until_each_answers(crew: Crew) -> None:
    view = crew.blow()
    assert open_alerts() == 3
    for who in ("water", "colleague", "road", "volunteers"):
        assert told(crew, who) == ["whistle.called_urgent"]
    crew.act(view.id, ActionName.COME, "water")
    assert open_alerts() == 2
    crew.act(view.id, ActionName.SIGN_IN, "road", position=THERE)
    assert open_alerts() == 1
    crew.act(view.id, ActionName.CANCEL, "dispatcher", note="已经修好")
    assert open_alerts() == 0
    assert told(crew, "volunteers") == ["whistle.called_urgent", "whistle.cancelled"]


def test_the_other_kinds_are_told_quietly(crew: Crew) -> None:
    crew.blow(kind=Kind.INSPECTION, arrive_by=crew.at + timedelta(days=5))
    assert open_alerts() == 0
    assert told(crew, "water") == ["whistle.called"]
    assert told(crew, "police") == []


def test_the_caller_hears_who_cannot_and_who_has_no_position(crew: Crew) -> None:
    view = crew.blow()
    crew.act(view.id, ActionName.DECLINE, "road", note="来不了")
    crew.act(view.id, ActionName.SIGN_IN, "water")
    assert told(crew, "dispatcher") == ["whistle.declined", "whistle.unproven"]


def test_time_running_out_is_told_to_both_sides(crew: Crew) -> None:
    crew.blow()
    crew.office.tick(timedelta(hours=1))
    mark_late(at=crew.at)
    assert told(crew, "water")[1:] == ["whistle.unanswered", "whistle.late"]
    assert told(crew, "volunteers")[1:] == ["whistle.unanswered"]
    assert told(crew, "dispatcher").count("whistle.late") == 2


def test_judging_and_disputes_go_to_the_right_people(crew: Crew) -> None:
    street = crew.office.place.street
    crew.accounts["leader2"] = AccountFactory(street_leader=True, street=street)
    view = crew.play(to=Step.FINISHED, who="leader")
    assert "whistle.to_judge" in told(crew, "leader")
    assert told(crew, "road")[-1] == "whistle.judged"
    crew.step_on(view.id, ActionName.REPLY, "road")
    assert "whistle.disputed" not in told(crew, "leader")
    assert told(crew, "leader2") == ["whistle.disputed"]


def test_another_lead_is_told(crew: Crew) -> None:
    view = crew.blow()
    crew.step_on(view.id, ActionName.NAME_LEAD, "road")
    assert told(crew, "road")[-1] == "whistle.lead_named"


def test_notices_hold_the_number_and_nothing_else(crew: Crew) -> None:
    view = crew.blow(title="金丝雀路爆管", wanted="金丝雀")
    assert {str(one.params) for one in Notice.objects.all()} == {str({"number": view.number})}
