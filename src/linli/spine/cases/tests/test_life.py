"""The life of a case: the straight path and every turn off it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, Clock
from linli.spine.cases.queries import get_case, public_case
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.services import accept_silently, mark_overdue, set_case_settings
from linli.spine.cases.terms import (
    ActionName,
    AssignmentState,
    CaseKind,
    Channel,
    Duty,
    Step,
)

from .factories import CategoryFactory, Office, give_post, make_photo


def step_of(office: Office, case_id: UUID) -> Step:
    return Step(Case.objects.values_list("step", flat=True).get(id=case_id))


@pytest.mark.parametrize("step", list(Step))
def test_a_case_can_be_taken_to_every_step(office: Office, step: Step) -> None:
    reported = office.play(to=step)
    assert step_of(office, reported.case_id) is step


def test_the_straight_path_ends_closed_with_every_clock_stopped(office: Office) -> None:
    reported = office.play(to=Step.CLOSED)
    clocks = Clock.objects.filter(case_id=reported.case_id)
    assert set(clocks.values_list("name", flat=True)) == {
        "verify", "file", "dispatch", "accept", "handle", "check", "close",
    }  # fmt: skip
    assert not clocks.filter(stopped_at=None).exists()
    assert not Assignment.objects.filter(
        case_id=reported.case_id, state__in=["offered", "accepted"]
    ).exists()


def test_what_staff_found_needs_no_verifying(office: Office) -> None:
    worker = office[Role.GRID_WORKER]
    reported = office.report(actor=worker.actor(role=Role.GRID_WORKER), channel=Channel.PATROL)
    assert reported.step is Step.FILING


def test_a_question_leaves_nothing_to_look_at_and_goes_to_filing(office: Office) -> None:
    assert office.report(kind=CaseKind.QUESTION).step is Step.FILING


def test_a_refuted_report_still_waits_for_a_person_to_decide(office: Office) -> None:
    reported = office.report()
    view = office.step_on(reported.case_id, ActionName.REFUTE)
    assert view.step is Step.FILING


def test_dispatch_follows_the_list_and_says_so(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    lead = Assignment.objects.get(case_id=reported.case_id, duty=Duty.LEAD)
    assert lead.responsibility_id == office.responsibility.pk
    view = get_case(case_id=reported.case_id, member=office[Role.DISPATCHER], at=office.at)
    assert "37" in view.assignments[0].reason
    assert "2026-1" in view.assignments[0].reason


def test_another_lead_than_proposed_is_marked_as_a_person_s_choice(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    view = office.act(
        reported.case_id, ActionName.DISPATCH, Role.DISPATCHER, lead_id=office.other.pk
    )
    assert view.assignments[0].reason == "由派遣员指定。"


def test_a_return_cites_a_responsibility_and_a_second_one_is_ruled_out(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    office.step_on(reported.case_id, ActionName.RETURN)
    with pytest.raises(ActionRefused, match=r"cases\.ruling_needed"):
        office.step_on(reported.case_id, ActionName.DISPATCH)
    view = office.step_on(reported.case_id, ActionName.RULE)
    assert (view.step, view.return_count) == (Step.HANDLING, 1)
    assert view.assignments[-1].is_binding
    with pytest.raises(ActionRefused, match=r"cases\.not_at_this_step"):
        office.step_on(reported.case_id, ActionName.RETURN)


def test_a_ruling_needs_a_return(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    with pytest.raises(ActionRefused, match=r"cases\.nothing_to_rule"):
        office.step_on(reported.case_id, ActionName.RULE)


def test_the_promise_stays_while_the_due_time_moves_with_a_new_dispatch(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    first = Case.objects.get(id=reported.case_id)
    office.step_on(reported.case_id, ActionName.RETURN)
    office.tick(timedelta(hours=2))
    view = office.step_on(reported.case_id, ActionName.RULE)
    assert view.promised_at == first.promised_at
    assert view.handle_due_at is not None
    assert first.handle_due_at is not None
    assert view.handle_due_at > first.handle_due_at


def test_a_return_after_the_window_is_too_late(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    office.tick(timedelta(days=2))
    with pytest.raises(ActionRefused, match=r"cases\.return_window_over"):
        office.step_on(reported.case_id, ActionName.RETURN)


def test_silence_is_acceptance_and_the_clock_has_run_since_dispatch(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    due = Case.objects.get(id=reported.case_id).handle_due_at
    assert accept_silently(at=office.tick()) == 0
    assert accept_silently(at=office.tick(timedelta(days=2))) == 1
    view = get_case(case_id=reported.case_id, member=office[Role.HANDLER], at=office.at)
    assert (view.step, view.due_at) == (Step.HANDLING, due)
    assert view.assignments[0].state is AssignmentState.ACCEPTED


def test_rework_is_counted_and_leaves_the_due_time_as_it_was(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    before = Case.objects.get(id=reported.case_id).handle_due_at
    view = office.step_on(reported.case_id, ActionName.REWORK)
    assert (view.step, view.rework_count, view.due_at) == (Step.HANDLING, 1, before)
    office.step_on(reported.case_id, ActionName.FEED_BACK)
    assert office.step_on(reported.case_id, ActionName.PASS_CHECK).step is Step.CLOSING


def test_the_handler_never_checks_the_own_work(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    give_post(office, office.accounts[Role.VERIFIER], Role.HANDLER, office.lead)
    with pytest.raises(ActionRefused, match=r"cases\.handler_may_not_check"):
        office.step_on(reported.case_id, ActionName.PASS_CHECK)


def test_noise_is_checked_by_asking_and_needs_words_instead_of_photos(office: Office) -> None:
    office.category = CategoryFactory(by_reporter=True)
    reported = office.play(to=Step.HANDLING)
    office.act(reported.case_id, ActionName.FEED_BACK, Role.HANDLER, note="已劝止")
    with pytest.raises(ActionRefused, match=r"cases\.note_missing"):
        office.act(reported.case_id, ActionName.PASS_CHECK, Role.VERIFIER)
    view = office.act(reported.case_id, ActionName.PASS_CHECK, Role.VERIFIER, note="反映人说已安静")
    assert view.step is Step.CLOSING


def test_handling_without_a_photo_is_refused(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    with pytest.raises(ActionRefused, match=r"cases\.photos_missing"):
        office.act(reported.case_id, ActionName.FEED_BACK, Role.HANDLER, note="好了")


def test_the_reporter_reopens_within_seven_days_and_not_later(office: Office) -> None:
    reported = office.play(to=Step.CLOSED)
    office.tick(timedelta(days=6, hours=23))
    seen = office.by_code(reported, ActionName.REOPEN, note="又堆起来了")
    assert seen.step is Step.DISPATCHING
    late = office.play(to=Step.CLOSED)
    office.tick(timedelta(days=7))
    with pytest.raises(ActionRefused, match=r"cases\.reopen_window_over"):
        office.by_code(late, ActionName.REOPEN, note="又堆起来了")


def test_how_long_a_case_may_be_reopened_is_a_setting(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, reopen_days=1)
    reported = office.play(to=Step.CLOSED)
    office.tick(timedelta(days=2))
    with pytest.raises(ActionRefused, match=r"cases\.reopen_window_over"):
        office.by_code(reported, ActionName.REOPEN, note="又堆起来了")


def test_a_refused_report_says_where_else_to_go_and_may_be_reviewed(office: Office) -> None:
    reported = office.play(to=Step.DECLINED)
    seen = public_case(code=reported.tracking_code, at=office.at)
    assert (seen.elsewhere, seen.can_reopen) == ("供热服务热线", True)
    assert office.by_code(reported, ActionName.REOPEN, note="请再看看").step is Step.FILING


def test_a_closed_case_is_rated_once(office: Office) -> None:
    reported = office.play(to=Step.CLOSED)
    seen = office.by_code(reported, ActionName.RATE, solved=True, satisfaction=3)
    assert (seen.solved, seen.satisfaction, seen.can_rate) == (True, 3, False)
    with pytest.raises(ActionRefused, match=r"cases\.already_rated"):
        office.by_code(reported, ActionName.RATE, solved=True, satisfaction=3)


@pytest.mark.parametrize("satisfaction", [0, 4, -1])
def test_satisfaction_is_one_to_three(office: Office, satisfaction: int) -> None:
    reported = office.play(to=Step.CLOSED)
    with pytest.raises(ActionRefused, match=r"cases\.satisfaction_out_of_range"):
        office.by_code(reported, ActionName.RATE, solved=True, satisfaction=satisfaction)


def test_only_the_finder_settles_at_once(office: Office) -> None:
    worker = office[Role.GRID_WORKER]
    reported = office.report(actor=worker.actor(role=Role.GRID_WORKER), channel=Channel.PATROL)
    with pytest.raises(ActionRefused, match=r"cases\.only_the_finder"):
        office.act(
            reported.case_id,
            ActionName.SETTLE,
            Role.VERIFIER,
            before_photos=(make_photo(),),
            photos=(make_photo(),),
        )
    with pytest.raises(ActionRefused, match=r"cases\.before_photos_missing"):
        office.act(reported.case_id, ActionName.SETTLE, Role.GRID_WORKER, photos=(make_photo(),))


def test_a_settled_case_never_had_a_dispatch_and_no_clock_runs(office: Office) -> None:
    reported = office.play(to=Step.SETTLED)
    case = Case.objects.get(id=reported.case_id)
    assert (case.dispatched_at, case.due_at) == (None, None)
    assert not Clock.objects.filter(case=case, stopped_at=None).exists()


def test_a_comment_moves_no_clock_and_no_version(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    before = Case.objects.get(id=reported.case_id)
    office.act(reported.case_id, ActionName.COMMENT, Role.HANDLER, note="明早去")
    after = Case.objects.get(id=reported.case_id)
    assert (after.due_at, after.version, after.step) == (
        before.due_at,
        before.version,
        before.step,
    )


def test_the_second_of_two_people_is_told_who_did_what(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    seen = Case.objects.get(id=reported.case_id).version
    office.act(
        reported.case_id,
        ActionName.DISPATCH,
        Role.DISPATCHER,
        lead_id=office.lead.pk,
        seen_version=seen,
    )
    with pytest.raises(ActionRefused) as told:
        office.act(
            reported.case_id,
            ActionName.DISPATCH,
            Role.SHIFT_LEADER,
            lead_id=office.other.pk,
            seen_version=seen,
        )
    name = office[Role.DISPATCHER].name
    assert told.value.code == "cases.already_done"
    assert f"派遣员 {name}" in told.value.words()
    assert "派给示例环卫所" in told.value.words()


def test_recategorising_and_relocating_run_routing_once_again(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    other = CategoryFactory(name="占道经营")
    view = office.act(
        reported.case_id, ActionName.RECATEGORISE, Role.INTAKE_CLERK, category_id=other.pk
    )
    assert (view.category_id, view.step) == (other.pk, Step.DISPATCHING)


def test_a_case_out_of_reach_is_not_found(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    with pytest.raises(NoSuchCase, match=r"cases\.not_found"):
        office.act(reported.case_id, ActionName.ACCEPT, Role.HANDLER)


def test_somebody_without_the_right_is_refused(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    with pytest.raises(ActionRefused, match=r"cases\.not_your_turn"):
        office.act(reported.case_id, ActionName.DISPATCH, Role.VERIFIER, lead_id=office.lead.pk)


def test_an_overdue_case_is_marked_once(office: Office) -> None:
    office.play(to=Step.HANDLING)
    assert mark_overdue(at=office.tick(timedelta(days=30))) == 1
    assert mark_overdue(at=office.tick()) == 0


def test_a_complaint_about_a_unit_is_never_given_to_it(office: Office) -> None:
    reported = office.report(
        kind=CaseKind.COMPLAINT, about_organisation_id=office.lead.pk, is_anonymous=True
    )
    office.act(
        reported.case_id,
        ActionName.FILE,
        Role.INTAKE_CLERK,
        category_id=office.category.pk,
    )
    with pytest.raises(ActionRefused, match=r"cases\.lead_is_complained_about"):
        office.step_on(reported.case_id, ActionName.DISPATCH)
