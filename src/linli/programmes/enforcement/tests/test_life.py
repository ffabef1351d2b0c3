"""An operation from the plan to the judgement, and what stands in its way on each side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.people.models import Appointment
from linli.ground.people.services.stand_ins import name_stand_in
from linli.ground.people.terms import Role
from linli.ground.people.terms.posts import AwayReason
from linli.programmes.enforcement.models import Operation
from linli.programmes.enforcement.queries.history import timeline
from linli.programmes.enforcement.queries.operations import (
    allowed_actions,
)
from linli.programmes.enforcement.queries.replay import live_state, replayed_state
from linli.programmes.enforcement.rules.refusals import (
    NoSuchOperation,
    OperationRefused,
)
from linli.programmes.enforcement.services.roster import end_secondment
from linli.programmes.enforcement.terms import (
    ActionName,
    Criterion,
    Step,
)
from linli.spine.cases.models import Case
from linli.spine.cases.services import act as act_on_case
from linli.spine.cases.terms import ActionName as CaseAction
from linli.spine.cases.terms import Step as CaseStep

from .factories import (
    FULL,
    STALL,
    Team,
    first_party,
    get,
)


def test_an_operation_goes_from_plan_to_judgement(team: Team) -> None:
    view = team.play(to=Step.FINISHED)
    assert view.step is Step.FINISHED
    assert view.number == Operation.objects.get().number
    assert [one.points for one in view.scores] == [18] * 5
    assert replayed_state(view.id) == live_state(view.id)
    told = [entry.what for entry in timeline(operation_id=view.id)]
    assert told[0] == "方案已提交"
    assert told[-1] == "街道评价：90 分"


def test_the_history_says_for_whom_somebody_approved(team: Team) -> None:
    absent, acting = team.accounts["leader"], team.accounts["shift"]
    today = team.at.date()
    name_stand_in(
        appointment_id=Appointment.objects.get(person=absent.person).pk,
        person_id=acting.person_id or 0,
        starts_on=today,
        ends_on=today + timedelta(days=7),
        reason=AwayReason.LEAVE,
        member=team.office[Role.KEEPER],
        at=team.office.tick(),
    )
    view = team.act(team.begin().id, ActionName.APPROVE_PLAN, "shift")
    told = timeline(operation_id=view.id)[-1]
    names = (acting.get_full_name(), absent.get_full_name())
    assert told.who == "{} {}（代{}）".format(Role.STREET_LEADER.label, *names)


def test_a_plan_needs_two_qualified_officers_on_the_roster_of_that_day(team: Team) -> None:
    one_officer = (team.lines["urban"], team.lines["helper"])
    with pytest.raises(OperationRefused, match="too_few_officers"):
        team.begin(member_ids=one_officer)
    end_secondment(
        secondment_id=team.lines["market"],
        last_on=team.at.date(),
        member=team["leader"],
        at=team.office.tick(),
    )
    with pytest.raises(OperationRefused, match="member_unknown"):
        team.begin(starts_at=team.at + timedelta(days=3))


def test_only_the_team_plans_and_only_the_sub_district_approves(team: Team) -> None:
    view = team.begin()
    for who in ("urban", "shift", "home"):
        with pytest.raises(OperationRefused, match="not_yours"):
            team.act(view.id, ActionName.APPROVE_PLAN, who)
    rejected = team.act(view.id, ActionName.REJECT_PLAN, "leader", note="时间太早")
    assert rejected.step is Step.PLANNING
    revised = team.act(view.id, ActionName.REVISE_PLAN, plan=team.plan(title="早市整治（改）"))
    assert revised.title == "早市整治（改）"
    assert team.act(view.id, ActionName.APPROVE_PLAN, "leader").step is Step.NOTICING
    assert replayed_state(view.id) == live_state(view.id)


def test_a_member_outside_the_plan_does_not_act(team: Team) -> None:
    two = (team.lines["urban"], team.lines["market"])
    view = team.play(to=Step.NOTICING, member_ids=two)
    with pytest.raises(OperationRefused, match="not_a_participant"):
        team.act(view.id, ActionName.GIVE_NOTICE, "helper", party=STALL, notice=team.notice())


def test_nobody_goes_on_before_anybody_was_told(team: Team) -> None:
    view = team.play(to=Step.NOTICING)
    with pytest.raises(OperationRefused, match="no_notice"):
        team.act(view.id, ActionName.END_NOTICES)


def test_the_action_waits_for_evidence_and_for_the_deadline(team: Team) -> None:
    view = team.play(to=Step.NOTICING)
    team.step_on(view.id, ActionName.GIVE_NOTICE)
    team.act(view.id, ActionName.END_NOTICES)
    with pytest.raises(OperationRefused, match="no_evidence_before"):
        team.act(view.id, ActionName.BEGIN_ACTION)
    team.step_on(view.id, ActionName.KEEP_EVIDENCE)
    with pytest.raises(OperationRefused, match="deadline_open"):
        team.act(view.id, ActionName.BEGIN_ACTION)
    party = first_party(team, get(team, view))
    view = team.act(view.id, ActionName.RECORD_COMPLIANCE, party=party, complied=True)
    assert team.act(view.id, ActionName.BEGIN_ACTION).step is Step.ACTING


def test_every_party_has_a_result_before_the_team_leaves(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    with pytest.raises(OperationRefused, match="not_dealt_with"):
        team.act(view.id, ActionName.FINISH_ACTION)
    team.step_on(view.id, ActionName.TAKE_MEASURE)
    with pytest.raises(OperationRefused, match="no_evidence_after"):
        team.act(view.id, ActionName.FINISH_ACTION)


def test_the_judgement_is_whole_and_answered_by_a_home_department(team: Team) -> None:
    view = team.play(to=Step.JUDGING)
    partly = {Criterion.PLAN: 20}
    with pytest.raises(OperationRefused, match="scores_incomplete"):
        team.act(view.id, ActionName.JUDGE, "leader", scores=partly, note="好")
    with pytest.raises(OperationRefused, match="scores_incomplete"):
        team.act(view.id, ActionName.JUDGE, "leader", scores=FULL | {Criterion.PLAN: 21}, note="好")
    view = team.step_on(view.id, ActionName.JUDGE)
    for who in ("stranger", "resident"):
        with pytest.raises(NoSuchOperation):
            team.act(view.id, ActionName.REPLY, who, note="我们有话说")
    with pytest.raises(OperationRefused, match="not_yours"):
        team.act(view.id, ActionName.REPLY, "urban", note="我们有话说")
    team.act(view.id, ActionName.REPLY, "home", note="人手不足，下次加派")
    last = timeline(operation_id=view.id)[-1]
    assert (last.what, last.note) == ("派出部门回应评价", "人手不足，下次加派")


def test_what_is_offered_is_what_is_taken(team: Team) -> None:
    view = team.play(to=Step.PLANNING)
    offered = {
        who: [one.name for one in allowed_actions(operation_id=view.id, member=team[who])]
        for who in ("urban", "leader", "home", "shift")
    }
    assert offered == {
        "urban": [ActionName.REVISE_PLAN, ActionName.COMMENT],
        "leader": [
            ActionName.APPROVE_PLAN,
            ActionName.REJECT_PLAN,
            ActionName.CANCEL,
            ActionName.COMMENT,
        ],
        "home": [ActionName.COMMENT],
        "shift": [ActionName.COMMENT],
    }


def test_the_outcome_becomes_the_handling_of_the_case_it_came_from(team: Team) -> None:
    office = team.office
    reported = office.play(to=CaseStep.DISPATCHING)
    office.act(reported.case_id, CaseAction.DISPATCH, Role.DISPATCHER, lead_id=team.unit.pk)
    act_on_case(
        case_id=reported.case_id,
        action=CaseAction.ACCEPT,
        member=team["urban"],
        at=office.tick(),
    )
    view = team.play(to=Step.APPEALING, case_id=reported.case_id)
    assert view.case_number == reported.number
    view = team.act(view.id, ActionName.FEED_BACK, note="摊位已疏导")
    assert view.is_fed_back
    assert Case.objects.get(id=reported.case_id).step == CaseStep.CHECKING
    with pytest.raises(OperationRefused, match="fed_back"):
        team.act(view.id, ActionName.FEED_BACK, note="再来一次")
    assert replayed_state(view.id) == live_state(view.id)


def test_without_a_case_there_is_nothing_to_feed_back(team: Team) -> None:
    view = team.play(to=Step.APPEALING)
    with pytest.raises(OperationRefused, match="no_case"):
        team.act(view.id, ActionName.FEED_BACK, note="办完了")


def test_the_second_of_two_is_told(team: Team) -> None:
    view = team.begin()
    team.act(view.id, ActionName.APPROVE_PLAN, "leader", seen_version=view.version)
    with pytest.raises(OperationRefused, match="already_done"):
        team.act(view.id, ActionName.END_NOTICES, seen_version=view.version)
