"""Who has an interest in the matter steps aside, and another acts (行政处罚法 43)."""

from __future__ import annotations

import pytest

from linli.programmes.enforcement.queries.audience import get_audience
from linli.programmes.enforcement.queries.history import timeline
from linli.programmes.enforcement.queries.operations import allowed_actions
from linli.programmes.enforcement.queries.replay import live_state, replayed_state
from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.terms import (
    ActionName,
    MeasureKind,
    OperationView,
    RecusalInput,
    Step,
)

from .factories import STALL, AnotherOfficer, Team, first_party, line_of


def _names(team: Team, view: OperationView, who: str) -> set[ActionName]:
    return {one.name for one in allowed_actions(operation_id=view.id, member=team[who])}


def test_who_steps_aside_acts_no_more_and_another_takes_over(team: Team) -> None:
    successor = AnotherOfficer(team).line
    view = team.play(to=Step.GATHERING, member_ids=(team.lines["urban"], team.lines["market"]))
    view = team.act(view.id, ActionName.STEP_ASIDE, successor_id=successor, note="当事人是我的表亲")
    assert {one.id for one in view.members} == {successor, team.lines["market"]}
    assert [one.id for one in view.recused] == [team.lines["urban"]]
    assert [one.id for one in view.members if one.is_commander] == [successor]
    with pytest.raises(OperationRefused, match=r"enforcement\.recused"):
        team.act(view.id, ActionName.KEEP_EVIDENCE)
    told = timeline(operation_id=view.id)[-1]
    assert told.what == f"{line_of(team, 'urban').person.name}回避"
    assert told.note == "当事人是我的表亲"
    assert replayed_state(view.id) == live_state(view.id)
    assert team.accounts["urban"].person_id not in get_audience(view.id).person_ids


def test_two_officers_must_remain(team: Team) -> None:
    view = team.play(to=Step.NOTICING)
    with pytest.raises(OperationRefused, match="successor_needed"):
        team.act(view.id, ActionName.STEP_ASIDE, note="利害关系")
    with pytest.raises(OperationRefused, match="successor_unfit"):
        team.act(view.id, ActionName.STEP_ASIDE, note="利害关系", successor_id=team.lines["market"])
    assert len(live_state(view.id).member_ids) == 3


def test_the_head_decides_what_a_party_asked_for(team: Team) -> None:
    view = team.play(to=Step.NOTICING)
    team.act(view.id, ActionName.GIVE_NOTICE, party=STALL, notice=team.notice())
    helper = team.lines["helper"]
    refused = RecusalInput(member_id=helper, is_granted=False)
    with pytest.raises(OperationRefused, match="not_yours"):
        team.act(view.id, ActionName.DECIDE_RECUSAL, recusal=refused, note="当事人申请")
    view = team.act(
        view.id, ActionName.DECIDE_RECUSAL, "leader", recusal=refused, note="没有利害关系"
    )
    assert view.recused == ()
    granted = RecusalInput(member_id=helper, is_granted=True)
    view = team.act(
        view.id, ActionName.DECIDE_RECUSAL, "leader", recusal=granted, note="是邻居，应当回避"
    )
    assert [one.id for one in view.recused] == [helper]
    assert replayed_state(view.id) == live_state(view.id)
    with pytest.raises(OperationRefused, match="member_unknown"):
        team.act(view.id, ActionName.DECIDE_RECUSAL, "leader", recusal=granted, note="再来一次")


def test_who_stepped_aside_is_no_officer_present(team: Team) -> None:
    members = tuple(team.lines.values())
    successor = AnotherOfficer(team).line
    view = team.play(to=Step.ACTING, member_ids=members)
    aside = {"note": "利害关系", "successor_id": successor}
    view = team.act(view.id, ActionName.STEP_ASIDE, "market", **aside)
    measure = team.measure(MeasureKind.GUIDE)
    with pytest.raises(OperationRefused, match="two_officers"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=first_party(team, view), measure=measure)
    assert ActionName.STEP_ASIDE not in _names(team, view, "market")
