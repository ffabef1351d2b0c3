"""A call comes to exactly one thing, once, and leaves no word of the caller behind."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Event
from linli.ground.people.terms import Role
from linli.programmes.hotline.models import Call, Draft, TellBack
from linli.programmes.hotline.queries import count_calls, list_calls, list_to_tell
from linli.programmes.hotline.rules.refusals import (
    CallRefused,
    NoSuchDraft,
    NotForYou,
    NothingToTell,
)
from linli.programmes.hotline.services import (
    answer_call,
    drop_draft,
    file_call,
    mark_told,
    remind_by_call,
    take_up_again,
)
from linli.programmes.hotline.terms import Outcome
from linli.programmes.hotline.tests.factories import (
    add_answer,
    begin_call,
    call_words,
)
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.terms import ActionName, Channel, Step
from linli.spine.cases.tests.factories import PATHS, Office


def file(office: Office, **changes: object) -> tuple[Case, str]:
    """File a call as the clerk and give the case and its code."""
    draft_id = begin_call(office)
    filed = file_call(
        draft_id=draft_id,
        words=call_words(**changes),
        photos=(),
        member=office[Role.INTAKE_CLERK],
        at=office.tick(),
    )
    return Case.objects.get(number=filed.number), filed.tracking_code


def test_a_call_becomes_a_case_with_its_reporter_apart(office: Office) -> None:
    case, code = file(office, channel="counter", urgent=True)
    assert (case.kind, case.channel, case.is_urgent) == ("request", Channel.COUNTER, True)
    assert case.grid == office.place.grids[0]
    assert len(code) == 16
    reporter = Reporter.objects.get()
    assert (reporter.name, reporter.phone) == ("李示例", "13900001234")
    assert not Draft.objects.exists()


def test_the_log_holds_no_word_of_the_caller(office: Office) -> None:
    file(office, text="金丝雀在叫", name="金丝雀", caller="13988887777", address="金丝雀巷")
    kept = str([asdict(one) for one in list_calls(member=office[Role.INTAKE_CLERK], at=office.at)])
    kept += str(list(Call.objects.values()))
    kept += str(list(Event.objects.filter(name__startswith="hotline.").values()))
    assert "金丝雀" not in kept
    assert "13988887777" not in kept


def test_filed_twice_it_is_one_case_with_one_answer(office: Office) -> None:
    draft_id, words = begin_call(office), call_words()
    given: dict[str, Any] = {
        "draft_id": draft_id,
        "words": words,
        "photos": (),
        "member": office[Role.INTAKE_CLERK],
    }
    first = file_call(**given, at=office.tick())
    again = file_call(**given, at=office.tick())
    assert (first.number, first.tracking_code) == (again.number, again.tracking_code)
    assert Case.objects.count() == Call.objects.count() == 1


def test_what_was_never_saved_can_be_filed_at_once(office: Office) -> None:
    filed = file_call(
        draft_id=new_id(),
        words=call_words(),
        photos=(),
        member=office[Role.INTAKE_CLERK],
        at=office.at,
    )
    assert filed.outcome is Outcome.CASE
    (line,) = list_calls(member=office[Role.INTAKE_CLERK], at=office.at)
    assert line.seconds == 0


def test_a_refused_call_stays_in_hand(office: Office) -> None:
    draft_id = begin_call(office)
    with pytest.raises(ReportRefused, match="text_missing"):
        file_call(
            draft_id=draft_id,
            words=call_words(text=" "),
            photos=(),
            member=office[Role.INTAKE_CLERK],
            at=office.tick(),
        )
    assert Draft.objects.get().words["text"] == "楼下垃圾成堆，三天没人清。"
    assert not Call.objects.exists()


@pytest.mark.parametrize("kind", ["question", "suggestion", "praise"])
def test_some_kinds_need_no_place(office: Office, kind: str) -> None:
    case, _code = file(office, kind=kind, lon="", lat="")
    assert case.street == office.place.street


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lon": "", "lat": ""}, "place"),
        ({"lon": "east"}, "place"),
        ({"kind": "rumour"}, "kind"),
        ({"behalf": True}, "tell_by"),
        ({"text": "字" * 10_001}, "text"),
        ({"name": "\x00"}, "name"),
    ],
)
def test_what_is_wrong_is_named(office: Office, changes: dict[str, object], field: str) -> None:
    with pytest.raises(CallRefused) as refused:
        file(office, **changes)
    assert refused.value.field == field


def test_an_anonymous_caller_leaves_nothing(office: Office) -> None:
    file(office, anonymous=True)
    reporter = Reporter.objects.get()
    assert (reporter.is_anonymous, reporter.name, reporter.phone) == (True, "", "")


def test_an_answered_call_is_logged_with_what_was_read_out(office: Office) -> None:
    add_answer(office)
    clerk = office[Role.INTAKE_CLERK]
    from linli.programmes.hotline.queries import search_answers

    (entry,) = search_answers(text="大厅", member=clerk, at=office.at)
    draft_id = begin_call(office, kind="question")
    answer_call(
        draft_id=draft_id,
        words=call_words(kind="question"),
        version_id=entry.version_id,
        member=clerk,
        at=office.tick(),
    )
    (line,) = list_calls(member=clerk, at=office.at)
    assert (line.outcome, line.question) == (Outcome.ANSWERED, "一门式大厅几点开门")
    assert not Case.objects.exists()
    assert not Draft.objects.exists()


def test_an_answer_rewritten_meanwhile_is_not_logged(office: Office) -> None:
    with pytest.raises(CallRefused, match="answer_gone"):
        answer_call(
            draft_id=begin_call(office),
            words=call_words(kind="question"),
            version_id=4711,
            member=office[Role.INTAKE_CLERK],
            at=office.tick(),
        )


def test_a_call_about_an_earlier_number_joins_it(office: Office) -> None:
    earlier = office.play(to=Step.HANDLING)
    filed = remind_by_call(
        draft_id=begin_call(office),
        words=call_words(number=f" {earlier.number} ", text="还没人来，13900001234"),
        member=office[Role.INTAKE_CLERK],
        at=office.tick(),
    )
    assert (filed.outcome, filed.number) == (Outcome.REMINDER, earlier.number)
    assert Case.objects.count() == 1
    assert Call.objects.get().case_id == earlier.case_id


@pytest.mark.parametrize("number", ["", "2026-9999999"])
def test_a_number_nobody_knows_is_told(office: Office, number: str) -> None:
    with pytest.raises(CallRefused) as refused:
        remind_by_call(
            draft_id=begin_call(office),
            words=call_words(number=number),
            member=office[Role.INTAKE_CLERK],
            at=office.tick(),
        )
    assert refused.value.field == "number"


def test_a_call_put_aside_can_be_taken_up_again(office: Office) -> None:
    clerk, draft_id = office[Role.INTAKE_CLERK], begin_call(office)
    drop_draft(draft_id=draft_id, member=clerk, at=office.tick())
    assert count_calls(member=clerk, at=office.at).abandoned == 1
    take_up_again(draft_id=draft_id, member=clerk, at=office.tick())
    assert count_calls(member=clerk, at=office.at).total == 0
    filed = file_call(
        draft_id=draft_id, words=call_words(), photos=(), member=clerk, at=office.tick()
    )
    assert filed.number


def test_a_call_is_one_clerk_s(office: Office) -> None:
    draft_id = begin_call(office)
    given: dict[str, Any] = {
        "words": call_words(),
        "photos": (),
        "member": office[Role.SHIFT_LEADER],
    }
    with pytest.raises(NoSuchDraft):
        file_call(draft_id=draft_id, at=office.tick(), **given)


@pytest.mark.parametrize(
    "role", [Role.HANDLER, Role.DISPATCHER, Role.GRID_WORKER, Role.VERIFIER, Role.KEEPER]
)
def test_others_take_no_calls_and_see_none(office: Office, role: Role) -> None:
    with pytest.raises(NotForYou):
        list_calls(member=office[role], at=office.at)
    with pytest.raises(NotForYou):
        file_call(
            draft_id=new_id(),
            words=call_words(),
            photos=(),
            member=office[role],
            at=office.at,
        )


def test_somebody_without_a_phone_is_told_at_the_door(office: Office) -> None:
    clerk = office[Role.INTAKE_CLERK]
    case, _code = file(
        office,
        kind="incident",
        behalf=True,
        tell_by="door",
        caller="",
        door="3-2-101",
        channel="counter",
    )
    assert TellBack.objects.get().is_on_behalf
    assert list_to_tell(member=clerk) == []
    for action in PATHS[Step.CLOSED]:
        office.step_on(case.id, action)
    (waiting,) = list_to_tell(member=clerk)
    assert (waiting.number, waiting.how.value) == (case.number, "door")
    mark_told(case_id=case.id, member=clerk, at=office.tick())
    assert list_to_tell(member=clerk) == []
    with pytest.raises(NothingToTell):
        mark_told(case_id=case.id, member=clerk, at=office.tick())


def test_the_day_is_counted_by_outcome(office: Office) -> None:
    file(office)
    office.at += timedelta(minutes=5)
    drop_draft(draft_id=begin_call(office), member=office[Role.INTAKE_CLERK], at=office.at)
    figures = count_calls(member=office[Role.INTAKE_CLERK], at=office.at)
    assert (figures.total, figures.cases, figures.abandoned) == (2, 1, 1)
    yesterday = count_calls(member=office[Role.INTAKE_CLERK], at=office.at + timedelta(days=1))
    assert yesterday.total == 0


def test_a_void_path_leaves_nobody_to_tell(office: Office) -> None:
    case, _code = file(office, tell_by="post")
    office.step_on(case.id, ActionName.VOID)
    (waiting,) = list_to_tell(member=office[Role.INTAKE_CLERK])
    assert waiting.step is Step.VOID
