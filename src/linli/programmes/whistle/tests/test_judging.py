"""Judging, answering, settling, and the traces that are kept for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.ground.kernel.models import Look
from linli.ground.people.tests.factories import AccountFactory
from linli.programmes.whistle.holdings import list_holdings
from linli.programmes.whistle.models import Call, SignIn
from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.services.positions import open_position
from linli.programmes.whistle.services.sweeping import erase_traces
from linli.programmes.whistle.terms import (
    ActionName,
    Step,
    Verdict,
)

from .factories import THERE, Crew

BAD = Verdict(responded=True, in_time=True, did_part=False, why="到了没有动手")


def test_a_judgement_against_the_record_needs_a_reason(crew: Crew) -> None:
    view = crew.play(to=Step.JUDGING)
    unsaid = Verdict(responded=True, in_time=False, did_part=True)
    with pytest.raises(WhistleRefused, match="why_missing"):
        crew.act(
            view.id,
            ActionName.JUDGE,
            "dispatcher",
            verdicts=crew.verdicts(view.id, water=unsaid),
        )
    volunteers = Verdict(responded=False, in_time=False, did_part=False, why="没来")
    with pytest.raises(WhistleRefused, match="time_not_asked"):
        crew.act(
            view.id,
            ActionName.JUDGE,
            "dispatcher",
            verdicts=crew.verdicts(view.id, volunteers=volunteers),
        )
    with pytest.raises(WhistleRefused, match="verdicts_incomplete"):
        crew.act(view.id, ActionName.JUDGE, "dispatcher", verdicts={crew.id_of("water"): BAD})


def test_only_the_callers_side_judges(crew: Crew) -> None:
    view = crew.play(to=Step.JUDGING)
    verdicts = crew.verdicts(view.id)
    for who in ("water", "secretary", "supervisor"):
        with pytest.raises(WhistleRefused, match="not_yours"):
            crew.act(view.id, ActionName.JUDGE, who, verdicts=verdicts)
    assert crew.act(view.id, ActionName.JUDGE, "shift", verdicts=verdicts).step is Step.FINISHED


def test_a_dispute_is_settled_by_somebody_else(crew: Crew) -> None:
    street = crew.office.place.street
    crew.accounts["leader2"] = AccountFactory(street_leader=True, street=street)
    view = crew.play(to=Step.JUDGING, who="leader")
    view = crew.act(view.id, ActionName.JUDGE, "leader", verdicts=crew.verdicts(view.id, road=BAD))
    settled: dict[str, Any] = {
        "organisation_id": crew.id_of("road"),
        "verdict": Verdict(responded=True, in_time=True, did_part=True, why="看过照片"),
    }
    with pytest.raises(WhistleRefused, match="nothing_disputed"):
        crew.act(view.id, ActionName.SETTLE, "leader2", **settled)
    crew.act(view.id, ActionName.REPLY, "road", note="围挡是我们装的", disputes=True)
    with pytest.raises(WhistleRefused, match="caller_does_not_settle"):
        crew.act(view.id, ActionName.SETTLE, "leader", **settled)
    with pytest.raises(WhistleRefused, match="not_yours"):
        crew.act(view.id, ActionName.SETTLE, "dispatcher", **settled)
    view = crew.act(view.id, ActionName.SETTLE, "leader2", **settled)
    road = next(one for one in view.calls if one.organisation_id == crew.id_of("road"))
    assert road.verdict is not None
    assert (road.verdict.first.did_part, road.verdict.final.did_part) == (False, True)
    assert replayed_state(view.id) == live_state(view.id)


def test_the_judged_answer_once_in_one_line_and_in_time(crew: Crew) -> None:
    view = crew.play(to=Step.FINISHED)
    with pytest.raises(WhistleRefused, match="reply_too_long"):
        crew.act(view.id, ActionName.REPLY, "water", note="长" * 121, disputes=False)
    crew.act(view.id, ActionName.REPLY, "water", note="接受", disputes=False)
    with pytest.raises(WhistleRefused, match="replied_already"):
        crew.act(view.id, ActionName.REPLY, "colleague", note="再说一句", disputes=True)
    crew.office.tick(timedelta(days=20))
    with pytest.raises(WhistleRefused, match="reply_too_late"):
        crew.act(view.id, ActionName.REPLY, "road", note="晚了", disputes=True)


def test_positions_and_names_go_when_their_term_is_over(crew: Crew) -> None:
    view = crew.blow()
    crew.act(view.id, ActionName.COME, "water", sends="张工")
    crew.act(view.id, ActionName.SIGN_IN, "water", position=THERE)
    crew.step_on(view.id, ActionName.RECORD_OUTCOME)
    crew.step_on(view.id, ActionName.JUDGE)
    told = replayed_state(view.id)
    assert erase_traces(at=crew.at + timedelta(days=29)) == 0
    held = next(iter(list_holdings(crew.accounts["water"].pk, None)))
    assert any(str(one.value).startswith("125.3") for one in held.rows[0])
    assert erase_traces(at=crew.at + timedelta(days=31)) == 1
    sign_in = SignIn.objects.get()
    assert (sign_in.lon, sign_in.lat, sign_in.distance_m) == (None, None, 40)
    assert erase_traces(at=crew.at + timedelta(days=91)) == 1
    assert not Call.objects.exclude(sends="").exists()
    assert replayed_state(view.id) == live_state(view.id) == told


def test_a_position_is_opened_only_to_settle_and_with_a_reason(crew: Crew) -> None:
    view = crew.play(to=Step.FINISHED)
    asked: dict[str, Any] = {
        "whistle_id": view.id,
        "organisation_id": crew.id_of("water"),
        "at": crew.at,
    }
    with pytest.raises(WhistleRefused, match="no_position"):
        open_position(member=crew["dispatcher"], reason="看看", **asked)
    with pytest.raises(WhistleRefused, match="reason_missing"):
        open_position(member=crew["leader"], reason=" ", **asked)
    opened = open_position(member=crew["leader"], reason="对到场有异议", **asked)
    assert (opened.lon, opened.lat) == (THERE.lon, THERE.lat)
    assert Look.objects.get().person_id == crew.accounts["water"].person_id
