"""The life of a call-back: made at closing, tried on three days, answered, redone, left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from linli.ground.kernel.models import Look
from linli.ground.people.terms import Role
from linli.programmes.callback.models import Callback, CallbackTry, Exclusion
from linli.programmes.callback.queries.callbacks import get_callback, list_callbacks_of_case
from linli.programmes.callback.queries.replay import live_state, replayed_state
from linli.programmes.callback.rules.refusals import CallbackRefused, NoSuchCallback
from linli.programmes.callback.services.calling import (
    log_try,
    open_number,
    order_redo,
    take,
    take_next,
    waive_redo,
)
from linli.programmes.callback.services.excluding import ask_exclusion, decide_exclusion
from linli.programmes.callback.terms import Cause, Redo, Result, Step, TryInput, Way
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.models import Case
from linli.spine.cases.queries.case import allowed_actions, get_case
from linli.spine.cases.queries.history import timeline
from linli.spine.cases.queries.replay import live_state as live_case
from linli.spine.cases.queries.replay import replayed_state as replayed_case
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import erase_reporter
from linli.spine.cases.services.calling_back import redo_after_callback
from linli.spine.cases.terms import ActionName
from linli.spine.cases.terms import Step as CaseStep

from .factories import DAY, NO_ANSWER, NOBODY, REACHED, UNSOLVED, Crew


def test_closing_makes_one_where_the_reporter_can_be_reached(crew: Crew) -> None:
    reported = crew.close()
    row = crew.callback_of(reported)
    case = Case.objects.get(id=reported.case_id)
    assert (row.step, row.closed_at) == (Step.WAITING, case.closed_at)
    assert row.organisation_id == crew.office.lead.pk
    assert row.due_at > row.closed_at
    assert replayed_state(row.id) == live_state(row.id)
    anonymous = crew.close(contact=NOBODY)
    assert not Callback.objects.filter(case_id=anonymous.case_id).exists()


def test_declined_and_settled_cases_are_not_called_back(crew: Crew) -> None:
    crew.office.play(to=CaseStep.DECLINED)
    crew.office.play_settled()
    assert not Callback.objects.exists()


def test_a_clerk_takes_the_most_urgent_and_reads_the_number_on_record(crew: Crew) -> None:
    first, second = crew.made(), crew.made()
    assert take_next(member=crew["clerk"], at=crew.tick()) == first
    assert take_next(member=crew["colleague"], at=crew.tick()) == second
    opened = open_number(callback_id=first, member=crew["clerk"], at=crew.tick())
    assert opened.phone == "13900001234"
    look = Look.objects.latest("recorded_at")
    assert (look.actor_id, look.actor_role) == (crew["clerk"].account_id, "callback_clerk")
    assert look.reason.startswith("回访")
    with pytest.raises(CallbackRefused, match="held_by_another"):
        open_number(callback_id=second, member=crew["clerk"], at=crew.tick())


def test_nobody_reads_a_number_without_taking_the_call(crew: Crew) -> None:
    made = crew.made()
    with pytest.raises(CallbackRefused, match="not_held"):
        open_number(callback_id=made, member=crew["clerk"], at=crew.tick())
    with pytest.raises(CallbackRefused, match="not_held"):
        log_try(callback_id=made, member=crew["clerk"], form=REACHED, at=crew.tick())


def test_three_tries_on_three_days_and_then_it_ends(crew: Crew) -> None:
    made = crew.made()
    assert crew.attempt(made, NO_ANSWER) is Step.WAITING
    with pytest.raises(CallbackRefused, match="tried_today"):
        crew.attempt(made, NO_ANSWER)
    crew.tick(DAY)
    sent = TryInput(way=Way.MESSAGE, result=Result.SENT)
    assert crew.attempt(made, sent) is Step.WAITING
    crew.tick(DAY)
    assert crew.attempt(made, replace(NO_ANSWER, result=Result.WRONG_NUMBER)) is Step.MISSED
    crew.tick(DAY)
    with pytest.raises(CallbackRefused, match="ended"):
        crew.attempt(made)
    assert [one.no for one in CallbackTry.objects.filter(callback=made)] == [1, 2, 3]
    assert replayed_state(made) == live_state(made)


def test_the_database_keeps_a_second_try_of_a_day_out(crew: Crew) -> None:
    made = crew.made()
    crew.attempt(made, NO_ANSWER)
    one = CallbackTry.objects.get()
    one.pk, one.no = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_what_was_tried_today_is_not_next(crew: Crew) -> None:
    made = crew.made()
    crew.attempt(made, NO_ANSWER)
    with pytest.raises(CallbackRefused, match="nothing_waits"):
        take_next(member=crew["clerk"], at=crew.tick())
    assert take_next(member=crew["clerk"], at=crew.tick(DAY)) == made


def test_an_answer_ends_it(crew: Crew) -> None:
    made = crew.made()
    assert crew.attempt(made) is Step.ANSWERED
    row = Callback.objects.get(id=made)
    assert (row.solved, row.satisfaction, row.way, row.redo) == (True, 3, "phone", "")
    assert replayed_state(made) == live_state(made)


def test_what_does_not_fit_is_refused_at_its_field(crew: Crew) -> None:
    made = crew.made()
    for form, code in (
        (replace(NO_ANSWER, way=Way.LINK), "way_does_not_fit"),
        (replace(NO_ANSWER, way=Way.MESSAGE), "way_does_not_fit"),
        (replace(NO_ANSWER, result=Result.SENT), "way_does_not_fit"),
        (replace(REACHED, solved=None), "solved_missing"),
        (replace(REACHED, satisfaction=None), "satisfaction_missing"),
        (replace(UNSOLVED, redo_note=" "), "redo_note_missing"),
        (replace(REACHED, note="\x00"), "text_unfit"),
    ):
        with pytest.raises(CallbackRefused, match=code):
            crew.attempt(made, form)


def test_not_solved_goes_back_to_the_centre_in_neutral_words(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    crew.attempt(made, UNSOLVED)
    case = Case.objects.get(id=reported.case_id)
    assert (case.step, case.rework_count, case.closed_at) == (CaseStep.DISPATCHING, 1, None)
    assert Callback.objects.get(id=made).redo == Redo.ORDERED
    assert replayed_case(reported.case_id) == live_case(reported.case_id)
    assert replayed_state(made) == live_state(made)
    told = timeline(case_id=reported.case_id, audience=Audience.STAFF)[-1]
    assert told.note == UNSOLVED.redo_note
    assert UNSOLVED.note not in str(timeline(case_id=reported.case_id, audience=Audience.STAFF))
    for action in (ActionName.DISPATCH, ActionName.ACCEPT, ActionName.FEED_BACK):
        crew.office.step_on(reported.case_id, action)
    for action in (ActionName.PASS_CHECK, ActionName.CLOSE):
        crew.office.step_on(reported.case_id, action)
    assert crew.callback_of(reported).id != made


def test_a_rating_on_the_own_page_is_the_answer(crew: Crew) -> None:
    reported = crew.close()
    crew.rate(reported, satisfaction=2)
    row = crew.callback_of(reported)
    assert (row.step, row.way, row.satisfaction) == (Step.ANSWERED, Way.LINK, 2)
    assert replayed_state(row.id) == live_state(row.id)


def test_a_rating_still_answers_what_nobody_picked_up(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    for _ in range(3):
        crew.attempt(made, NO_ANSWER)
        crew.tick(DAY)
    crew.rate(reported)
    assert Callback.objects.get(id=made).step == Step.ANSWERED
    assert replayed_state(made) == live_state(made)


def test_a_rating_after_the_days_set_changes_nothing(crew: Crew) -> None:
    reported = crew.close()
    crew.tick(DAY * 20)
    crew.rate(reported)
    assert crew.callback_of(reported).step == Step.WAITING


def test_reopening_by_the_own_reporter_is_an_answer_of_not_solved(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    crew.reopen(reported)
    row = Callback.objects.get(id=made)
    assert (row.solved, row.satisfaction, row.redo) == (False, None, Redo.REOPENED)
    assert replayed_state(made) == live_state(made)


def test_reopening_by_staff_ends_it_without_an_answer(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    crew.office.act(reported.case_id, ActionName.REOPEN, Role.SUPERVISOR, note="漏了一处")
    assert Callback.objects.get(id=made).step == Step.CANCELLED
    assert replayed_state(made) == live_state(made)


def test_not_solved_by_the_link_waits_for_a_clerk_to_order_it(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    crew.rate(reported, solved=False, satisfaction=1)
    with pytest.raises(CallbackRefused, match="reason_missing"):
        order_redo(callback_id=made, member=crew["clerk"], note="", at=crew.tick())
    order_redo(callback_id=made, member=crew["clerk"], note="还差一处", at=crew.tick())
    assert Case.objects.get(id=reported.case_id).step == CaseStep.DISPATCHING
    with pytest.raises(CallbackRefused, match="no_redo"):
        order_redo(callback_id=made, member=crew["clerk"], note="还差一处", at=crew.tick())
    assert replayed_state(made) == live_state(made)


def test_only_another_waives_a_redo_and_says_why(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    crew.rate(reported, solved=False, satisfaction=1)
    with pytest.raises(CallbackRefused, match="not_yours"):
        waive_redo(callback_id=made, member=crew["clerk"], note="办不了", at=crew.tick())
    waive_redo(callback_id=made, member=crew["supervisor"], note="要等大修", at=crew.tick())
    assert Case.objects.get(id=reported.case_id).step == CaseStep.CLOSED
    assert replayed_state(made) == live_state(made)


def test_a_reopening_overtakes_a_redo_nobody_ordered(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    crew.rate(reported, solved=False, satisfaction=1)
    crew.reopen(reported)
    assert Callback.objects.get(id=made).redo == Redo.REOPENED
    assert replayed_state(made) == live_state(made)


def test_who_handled_it_neither_asks_nor_reads_the_answer(crew: Crew) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    for name in ("both", "handler", "intake", "resident", "keeper"):
        with pytest.raises(NoSuchCallback):
            take(callback_id=made, member=crew[name], at=crew.tick())
        with pytest.raises(NoSuchCallback):
            get_callback(callback_id=made, member=crew[name], at=crew.at)
        assert list_callbacks_of_case(case_id=reported.case_id, member=crew[name], at=crew.at) == ()
    with pytest.raises(CallbackRefused, match="nothing_waits"):
        take_next(member=crew["both"], at=crew.tick())
    with pytest.raises(CallbackRefused, match="not_yours"):
        take(callback_id=made, member=crew["supervisor"], at=crew.tick())


def test_a_case_is_redone_by_a_call_back_alone(crew: Crew) -> None:
    reported = crew.close()
    names = {
        one.name
        for one in allowed_actions(case_id=reported.case_id, member=crew["clerk"], at=crew.at)
    }
    assert ActionName.REDO_AFTER_CALLBACK not in names
    with pytest.raises(ActionRefused, match="not_your_turn"):
        redo_after_callback(
            case_id=reported.case_id, member=crew["both"], note="再办", at=crew.tick()
        )


def test_an_exclusion_is_asked_by_one_and_decided_by_another(crew: Crew) -> None:
    made = crew.made()
    asked = ask_exclusion(
        callback_id=made,
        cause=Cause.REFUSED,
        note="说不用再问",
        member=crew["shift"],
        at=crew.tick(),
    )
    for name, code in (("shift", "asker_does_not_decide"), ("clerk", "not_yours")):
        with pytest.raises(CallbackRefused, match=code):
            decide_exclusion(
                exclusion_id=asked, is_granted=True, note="同意", member=crew[name], at=crew.tick()
            )
    decide_exclusion(
        exclusion_id=asked,
        is_granted=True,
        note="同意",
        member=crew["supervisor"],
        at=crew.tick(),
    )
    row = Callback.objects.get(id=made)
    assert (row.step, row.is_excluded) == (Step.EXCLUDED, True)
    assert replayed_state(made) == live_state(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.update(decided_by=crew.accounts["shift"])


def test_an_excluded_answer_is_still_on_record(crew: Crew) -> None:
    made = crew.made()
    crew.attempt(made)
    asked = ask_exclusion(
        callback_id=made,
        cause=Cause.DUPLICATE,
        note="同一件事两个号码",
        member=crew["clerk"],
        at=crew.tick(),
    )
    decide_exclusion(
        exclusion_id=asked, is_granted=True, note="属实", member=crew["shift"], at=crew.tick()
    )
    seen = get_callback(callback_id=made, member=crew["clerk"], at=crew.at)
    assert (seen.row.step, seen.row.solved, seen.row.is_excluded) == (Step.ANSWERED, True, True)
    assert seen.exclusions[0].is_answered
    assert replayed_state(made) == live_state(made)


def test_a_refused_exclusion_counts_and_may_be_asked_again(crew: Crew) -> None:
    made = crew.made()
    for _ in range(2):
        asked = ask_exclusion(
            callback_id=made, cause=Cause.OTHER, note="再看看", member=crew["clerk"], at=crew.tick()
        )
        decide_exclusion(
            exclusion_id=asked, is_granted=False, note="不算", member=crew["shift"], at=crew.tick()
        )
    assert not Callback.objects.get(id=made).is_excluded
    assert replayed_state(made) == live_state(made)


def test_refusing_to_answer_ends_the_calls(crew: Crew) -> None:
    made = crew.made()
    assert crew.attempt(made, replace(NO_ANSWER, result=Result.REFUSED)) is Step.MISSED


def test_erasing_the_reporter_erases_what_was_said_and_calls_nobody(crew: Crew) -> None:
    reported, waiting = crew.close(), crew.close()
    made = crew.callback_of(reported).id
    crew.attempt(made, replace(REACHED, note="谢谢你们"))
    for one in (reported, waiting):
        erase_reporter(case_id=one.case_id, at=crew.tick())
    assert get_callback(callback_id=made, member=crew["clerk"], at=crew.at).note == ""
    assert crew.callback_of(waiting).step == Step.CANCELLED
    assert replayed_state(made) == live_state(made)


def test_those_who_handled_it_are_not_told_how_it_was_rated(crew: Crew) -> None:
    reported = crew.close()
    crew.rate(reported, satisfaction=1)
    handler, clerk = crew.office[Role.HANDLER], crew["clerk"]
    hidden = get_case(case_id=reported.case_id, member=handler, at=crew.at)
    shown = get_case(case_id=reported.case_id, member=clerk, at=crew.at)
    assert (hidden.solved, hidden.satisfaction, hidden.shows_ratings) == (None, None, False)
    assert (shown.solved, shown.satisfaction, shown.shows_ratings) == (True, 1, True)
    told = timeline(
        case_id=reported.case_id, audience=Audience.STAFF, shows_ratings=hidden.shows_ratings
    )
    assert "cases.rated" not in {one.name for one in told}
