"""What the law asks before, during and after an action."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.ground.kernel.models import Photo
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import hold_post
from linli.programmes.enforcement.models import Evidence, Measure
from linli.programmes.enforcement.rules.refusals import (
    OperationRefused,
)
from linli.programmes.enforcement.terms import (
    ActionName,
    AnswerInput,
    AppealKind,
    MeasureKind,
    NoticeKind,
    Outcome,
    Stage,
    Step,
)

from .factories import (
    STALL,
    AnotherOfficer,
    Team,
    first_party,
    get,
)


def test_a_notice_is_given_only_in_the_name_of_a_department_that_takes_part(team: Team) -> None:
    only_urban = AnotherOfficer(team)
    view = team.play(to=Step.NOTICING, member_ids=(team.lines["urban"], only_urban.line))
    with pytest.raises(OperationRefused, match="department_not_here"):
        team.act(view.id, ActionName.GIVE_NOTICE, party=STALL, notice=team.notice(power="licence"))


def test_two_officers_and_the_department_itself_must_be_there(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    party = first_party(team, view)
    alone = team.measure(officer_ids=(team.lines["urban"], team.lines["helper"]))
    with pytest.raises(OperationRefused, match="two_officers"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=alone)
    same_twice = team.measure(officer_ids=(team.lines["urban"],) * 2)
    with pytest.raises(OperationRefused, match="two_officers"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=same_twice)
    assert not Measure.objects.exists()


def test_no_department_s_power_without_one_of_its_own(team: Team) -> None:
    other = AnotherOfficer(team)
    members = (team.lines["urban"], other.line, team.lines["market"])
    view = team.play(to=Step.ACTING, member_ids=members)
    absent = team.measure(
        MeasureKind.WARNING,
        power_id=team.powers["licence"],
        officer_ids=(team.lines["urban"], other.line),
    )
    team.act(
        view.id,
        ActionName.GIVE_NOTICE,
        party=first_party(team, view),
        notice=team.notice(kind=NoticeKind.PENALTY, power="licence"),
    )
    team.office.tick(timedelta(days=4))
    with pytest.raises(OperationRefused, match="department_absent"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=first_party(team, view), measure=absent)


def test_a_penalty_needs_its_notice_and_the_hearing(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    party, fine = first_party(team, view), team.measure(MeasureKind.FINE, amount_yuan=200)
    with pytest.raises(OperationRefused, match="not_told_before"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=fine)
    penalty = team.notice(kind=NoticeKind.PENALTY)
    team.act(view.id, ActionName.GIVE_NOTICE, party=party, notice=penalty)
    with pytest.raises(OperationRefused, match="still_being_heard"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=fine)
    view = team.appeal(view)
    team.office.tick(timedelta(days=4))
    with pytest.raises(OperationRefused, match="still_being_heard"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=fine)
    view = team.answer(view)
    view = team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=fine)
    taken = view.measures[0]
    local = taken.taken_at.date()
    assert taken.reconsider_until is not None
    assert taken.reconsider_until - local == timedelta(days=60)


def test_who_answered_before_need_not_wait_for_the_deadline(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    party = first_party(team, view)
    notice = team.notice(kind=NoticeKind.PENALTY)
    view = team.act(view.id, ActionName.GIVE_NOTICE, party=party, notice=notice)
    view = team.answer(team.appeal(view))
    fine = team.measure(MeasureKind.FINE, amount_yuan=100)
    assert team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=fine).measures


@pytest.mark.parametrize(
    ("kind", "amount", "code"),
    [
        (MeasureKind.FINE, None, "amount_missing"),
        (MeasureKind.FINE, 0, "amount_unfit"),
        (MeasureKind.GUIDE, 50, "amount_unfit"),
    ],
)
def test_only_a_fine_has_an_amount(
    team: Team, kind: MeasureKind, amount: int | None, code: str
) -> None:
    view = team.play(to=Step.ACTING)
    said = team.measure(kind, amount_yuan=amount)
    with pytest.raises(OperationRefused, match=code):
        team.act(view.id, ActionName.TAKE_MEASURE, party=first_party(team, view), measure=said)


def test_who_put_it_right_meets_no_compulsion(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    party = first_party(team, view)
    team.act(view.id, ActionName.RECORD_COMPLIANCE, party=party, complied=True)
    remove = team.measure(MeasureKind.REMOVE)
    with pytest.raises(OperationRefused, match=r"enforcement\.complied"):
        team.act(view.id, ActionName.TAKE_MEASURE, party=party, measure=remove)


def test_evidence_is_whole_and_never_changed(team: Team) -> None:
    view = team.play(to=Step.GATHERING)
    shown = view.evidence[0]
    assert shown.is_whole
    assert len(shown.digest) == 64
    row = Evidence.objects.get()
    row.place = "别处"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    Photo.objects.filter(id=row.photo_id).update(sha256=b"\1" * 32)
    assert not get(team, view).evidence[0].is_whole


def test_evidence_names_a_participant_and_no_future(team: Team) -> None:
    view = team.play(to=Step.NOTICING, member_ids=(team.lines["urban"], team.lines["market"]))
    given = team.evidence(Stage.BEFORE)
    by_other = replace(given["evidence"], taken_by_id=team.lines["helper"])
    with pytest.raises(OperationRefused, match="member_unknown"):
        team.act(view.id, ActionName.KEEP_EVIDENCE, **given | {"evidence": by_other})
    later = replace(given["evidence"], taken_at=team.at + timedelta(days=1))
    with pytest.raises(OperationRefused, match="text_unfit"):
        team.act(view.id, ActionName.KEEP_EVIDENCE, **given | {"evidence": later})


def test_the_right_way_to_object_depends_on_whether_it_is_decided(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    with pytest.raises(OperationRefused, match="nothing_decided"):
        team.appeal(view, AppealKind.RECONSIDERATION)
    view = team.step_on(view.id, ActionName.TAKE_MEASURE)
    with pytest.raises(OperationRefused, match="too_late_to_be_heard"):
        team.appeal(view, AppealKind.STATEMENT)
    assert team.appeal(view, AppealKind.RECONSIDERATION).appeals[0].outcome is None


def test_an_objection_is_answered_by_somebody_who_took_no_part(team: Team) -> None:
    view = team.appeal(team.play(to=Step.GATHERING))
    hold = team.accounts["urban"]
    hold_post(hold, Role.SHIFT_LEADER, street=team.office.place.street)
    said = AnswerInput(appeal_id=view.appeals[0].id, outcome=Outcome.REJECTED)
    with pytest.raises(OperationRefused, match="participants_may_not"):
        team.act(view.id, ActionName.ANSWER_APPEAL, "urban", answer=said, note="不采纳")
    assert team.answer(view).appeals[0].outcome is Outcome.REJECTED


def test_nothing_is_published_while_somebody_waits_for_an_answer(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    view = team.appeal(view)
    view = team.answer(view)
    for action in (ActionName.TAKE_MEASURE, ActionName.KEEP_EVIDENCE, ActionName.FINISH_ACTION):
        view = team.step_on(view.id, action)
    assert team.step_on(view.id, ActionName.CLOSE_APPEALS).step is Step.PUBLISHING


def test_the_time_to_object_is_left_where_something_was_decided(team: Team) -> None:
    view = team.play(to=Step.ACTING)
    remove = team.measure(MeasureKind.REMOVE)
    team.act(view.id, ActionName.TAKE_MEASURE, party=first_party(team, view), measure=remove)
    team.act(view.id, ActionName.KEEP_EVIDENCE, **team.evidence(Stage.AFTER))
    view = team.act(view.id, ActionName.FINISH_ACTION)
    with pytest.raises(OperationRefused, match="appeals_may_come"):
        team.act(view.id, ActionName.CLOSE_APPEALS, "leader")
    team.office.tick(timedelta(days=10))
    assert team.act(view.id, ActionName.CLOSE_APPEALS, "leader").step is Step.PUBLISHING
