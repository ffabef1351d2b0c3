"""Calling, answering, signing in, acting: and what stands in the way on each side."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.people.terms import Role
from linli.programmes.whistle.models import Call, SignIn, Whistle
from linli.programmes.whistle.queries.history import timeline
from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.queries.whistles import allowed_actions
from linli.programmes.whistle.rules.clocks import DEFAULT_LIMITS, count_on, metres_between
from linli.programmes.whistle.rules.refusals import NoSuchWhistle, WhistleRefused
from linli.programmes.whistle.services.settings import set_whistle_settings
from linli.programmes.whistle.services.sweeping import mark_late
from linli.programmes.whistle.terms import (
    ActionName,
    Answer,
    Kind,
    KindLimits,
    Proof,
    Step,
)

from .factories import FAR, NEXT_COMMUNITY, THERE, Crew, get


def test_a_whistle_goes_from_the_call_to_the_judgement(crew: Crew) -> None:
    view = crew.play(to=Step.FINISHED)
    assert view.step is Step.FINISHED
    assert view.number == Whistle.objects.get().number
    assert view.item_no == 118
    water, road, volunteers = (
        next(one for one in view.calls if one.organisation_id == crew.id_of(who))
        for who in ("water", "road", "volunteers")
    )
    assert (water.is_lead, water.is_late, water.proof) == (True, False, Proof.POSITION)
    assert water.deed == "按要求办"
    assert road.distance_m == pytest.approx(40, abs=3)
    assert (volunteers.is_timed, volunteers.is_late) == (False, None)
    assert replayed_state(view.id) == live_state(view.id)
    told = [entry.what for entry in timeline(whistle_id=view.id)]
    assert told[:3] == ["吹哨", "示例水务答复：会来", "示例水务报到"]


def test_without_an_item_of_the_list_a_reason_is_needed(crew: Crew) -> None:
    with pytest.raises(WhistleRefused, match="no_basis"):
        crew.blow(item_id=None)
    assert crew.blow(item_id=None, reason="井盖塌陷，等不得").reason == "井盖塌陷，等不得"
    with pytest.raises(WhistleRefused, match="item_unknown"):
        crew.blow(item_id=crew.office.responsibility.pk)


def test_nobody_is_called_sooner_than_the_kind_allows(crew: Crew) -> None:
    with pytest.raises(WhistleRefused, match="too_soon"):
        crew.blow(arrive_by=crew.at + timedelta(minutes=10))
    with pytest.raises(WhistleRefused, match="too_soon"):
        crew.blow(kind=Kind.INSPECTION, arrive_by=crew.at + timedelta(hours=3))
    set_whistle_settings(
        street_id=crew.office.place.street.pk,
        limits={Kind.EMERGENCY: KindLimits(answer=3, least=5, usual=20, is_always=True)},
    )
    view = crew.blow(arrive_by=crew.at + timedelta(minutes=10))
    assert view.calls[0].answer_by == crew.at + timedelta(minutes=3)


def test_working_hours_count_for_what_is_no_emergency() -> None:
    office = WorkingCalendar()
    friday = datetime.fromisoformat("2026-11-20T17:00:00+08:00")
    limits = DEFAULT_LIMITS[Kind.COMPREHENSIVE]
    assert f"{count_on(friday, limits.answer, limits, office):%m-%d %H:%M}" == "11-23 11:00"
    emergency = DEFAULT_LIMITS[Kind.EMERGENCY]
    assert count_on(friday, 10, emergency, office) - friday == timedelta(minutes=10)


def test_distances_are_those_of_the_earth() -> None:
    assert metres_between(125.3, 43.85, 125.3, 43.86) == 1112
    assert metres_between(125.3, 43.85, 125.3, 43.85) == 0


def test_only_those_who_may_blow_do_and_only_where(crew: Crew) -> None:
    for who in ("water", "supervisor", "clerk", "resident"):
        with pytest.raises(WhistleRefused, match=r"outside|may_not_blow"):
            crew.blow(who)
    with pytest.raises(WhistleRefused, match="outside"):
        crew.blow("secretary", point=NEXT_COMMUNITY)
    view = crew.blow("secretary")
    assert view.caller_name == crew.office.place.communities[0].name
    words_only = crew.blow("secretary", point=None)
    assert (words_only.lon, words_only.area_name) == (None, view.caller_name)


def test_who_is_not_called_does_not_see_it(crew: Crew) -> None:
    view = crew.blow()
    for who in ("police", "stranger", "clerk", "resident"):
        with pytest.raises(NoSuchWhistle):
            get(crew, view, who)
    for who in ("water", "road", "volunteers", "supervisor", "leader", "secretary"):
        assert get(crew, view, who).number == view.number


def test_the_called_answer_for_themselves_alone(crew: Crew) -> None:
    view = crew.blow()
    view = crew.act(view.id, ActionName.COME, "water", sends="张工 66001")
    assert next(one for one in view.calls if one.is_lead).sends == "张工 66001"
    with pytest.raises(WhistleRefused, match="organisation_not_called"):
        crew.act(
            view.id,
            ActionName.DECLINE,
            "water",
            organisation_id=crew.id_of("road"),
            note="替别人说",
        )
    with pytest.raises(WhistleRefused, match="missing"):
        crew.act(view.id, ActionName.DECLINE, "road")
    view = crew.act(view.id, ActionName.DECLINE, "road", note="人都在另一处抢修")
    declined = next(one for one in view.calls if one.organisation_id == crew.id_of("road"))
    assert (declined.answer, declined.answer_note) == (Answer.CANNOT, "人都在另一处抢修")


def test_a_position_proves_a_sign_in_only_near_the_place(crew: Crew) -> None:
    view = crew.blow()
    view = crew.act(view.id, ActionName.SIGN_IN, "water", position=FAR)
    far = view.calls[0]
    assert far.proof is Proof.NONE
    assert far.distance_m == pytest.approx(1603, abs=5)
    view = crew.act(view.id, ActionName.SIGN_IN, "road")
    assert [one.proof for one in view.arrived] == [Proof.NONE, Proof.NONE]
    assert SignIn.objects.filter(position_until__isnull=False).count() == 1
    view = crew.step_on(view.id, ActionName.COUNTERSIGN, "road")
    assert [one.proof for one in view.arrived] == [Proof.NONE, Proof.CALLER]
    with pytest.raises(WhistleRefused, match="signed_in_already"):
        crew.step_on(view.id, ActionName.COUNTERSIGN, "road")
    assert replayed_state(view.id) == live_state(view.id)


def test_without_a_signal_the_caller_signs_with_the_time_it_was(crew: Crew) -> None:
    view = crew.blow()
    crew.office.tick(timedelta(hours=2))
    assert mark_late(at=crew.at) == 5
    early = view.blown_at + timedelta(minutes=20)
    for wrong in (view.blown_at - timedelta(hours=1), crew.at + timedelta(hours=1)):
        with pytest.raises(WhistleRefused, match="arrived_unfit"):
            crew.act(
                view.id,
                ActionName.COUNTERSIGN,
                "dispatcher",
                organisation_id=crew.id_of("water"),
                arrived_at=wrong,
            )
    view = crew.act(
        view.id,
        ActionName.COUNTERSIGN,
        "dispatcher",
        organisation_id=crew.id_of("water"),
        arrived_at=early,
    )
    assert (view.step, view.calls[0].is_late) == (Step.ON_SPOT, False)
    view = crew.act(view.id, ActionName.SIGN_IN, "road", position=THERE)
    assert [one.is_late for one in view.arrived] == [False, True]
    assert replayed_state(view.id) == live_state(view.id)


def test_lateness_is_noted_once_and_never_of_volunteers(crew: Crew) -> None:
    view = crew.blow()
    crew.act(view.id, ActionName.DECLINE, "road", note="来不了")
    crew.office.tick(timedelta(minutes=20))
    # The water company and the volunteers are silent.
    assert mark_late(at=crew.at) == 2
    crew.office.tick(timedelta(minutes=20))
    assert mark_late(at=crew.at) == 1
    assert mark_late(at=crew.at) == 0
    late = {one.organisation_id: one.is_late for one in get(crew, view).calls}
    assert late == {
        crew.id_of("water"): True,
        crew.id_of("road"): None,
        crew.id_of("volunteers"): None,
    }
    assert replayed_state(view.id) == live_state(view.id)


def test_the_database_refuses_the_lateness_of_volunteers(crew: Crew) -> None:
    crew.blow()
    volunteers = Call.objects.filter(organisation_id=crew.id_of("volunteers"))
    with pytest.raises(IntegrityError, match="untimed_never_late"), transaction.atomic():
        volunteers.update(is_late=True)


def test_another_leads_when_the_lead_cannot_come(crew: Crew) -> None:
    view = crew.blow()
    crew.act(view.id, ActionName.DECLINE, "water", note="来不了")
    view = crew.step_on(view.id, ActionName.NAME_LEAD, "road")
    assert [one.organisation_id for one in view.calls if one.is_lead] == [crew.id_of("road")]
    crew.act(view.id, ActionName.SIGN_IN, "road", position=THERE)
    with pytest.raises(WhistleRefused, match="not_yours"):
        crew.act(view.id, ActionName.RECORD_OUTCOME, "water", note="修好了")
    done = crew.act(view.id, ActionName.RECORD_OUTCOME, "road", note="修好了")
    assert (done.step, done.outcome) == (Step.JUDGING, "修好了")
    assert replayed_state(view.id) == live_state(view.id)


def test_the_lead_records_the_outcome_only_once_it_is_there(crew: Crew) -> None:
    view = crew.blow()
    with pytest.raises(WhistleRefused, match="lead_not_there"):
        crew.act(view.id, ActionName.RECORD_OUTCOME, "water", note="远程指挥")
    with pytest.raises(WhistleRefused, match="not_there_yet"):
        crew.act(crew.play(to=Step.ON_SPOT).id, ActionName.REPORT_DEED, "volunteers", note="做了")


def test_more_are_called_once_each(crew: Crew) -> None:
    view = crew.blow()
    view = crew.step_on(view.id, ActionName.CALL_MORE)
    assert len(view.calls) == 4
    with pytest.raises(WhistleRefused, match="called_already"):
        crew.step_on(view.id, ActionName.CALL_MORE)
    assert get(crew, view, "police").number == view.number


def test_what_is_offered_is_what_is_taken(crew: Crew) -> None:
    view = crew.blow()
    offered = {
        who: [one.name for one in allowed_actions(whistle_id=view.id, member=crew[who], at=crew.at)]
        for who in ("water", "dispatcher", "supervisor", "secretary")
    }
    comment = [ActionName.COMMENT]
    assert offered["water"] == [ActionName.SIGN_IN, ActionName.COME, ActionName.DECLINE, *comment]
    assert offered["dispatcher"] == [
        ActionName.COUNTERSIGN,
        ActionName.TAKE_ANSWER,
        ActionName.CALL_MORE,
        ActionName.NAME_LEAD,
        ActionName.RECORD_OUTCOME,
        ActionName.CANCEL,
        *comment,
    ]
    assert offered["supervisor"] == offered["secretary"] == comment


def test_the_caller_who_saw_an_older_state_is_told(crew: Crew) -> None:
    view = crew.blow()
    crew.act(view.id, ActionName.SIGN_IN, "water", position=THERE)
    with pytest.raises(WhistleRefused, match="already_done"):
        crew.act(view.id, ActionName.CANCEL, "dispatcher", note="没人来", seen_version=view.version)


@pytest.mark.parametrize("role", [Role.INTAKE_CLERK, Role.VERIFIER, Role.GRID_WORKER, Role.KEEPER])
def test_others_of_the_office_see_none_of_it(crew: Crew, role: Role) -> None:
    view = crew.blow()
    crew.accounts["other"] = crew.office.accounts[role]
    with pytest.raises(NoSuchWhistle):
        crew.act(view.id, ActionName.COMMENT, "other", note="看看")
