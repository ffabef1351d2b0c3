"""A matter said at a point becomes a case or is answered at once; its answer hangs there, dated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.people.errors import NotPermitted
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.talk.models import Matter
from linli.programmes.talk.queries import boards
from linli.programmes.talk.rules.refusals import TalkRefused
from linli.programmes.talk.services.matters import answer_at_once, answer_matter, enter_case
from linli.programmes.talk.services.points import close_point
from linli.programmes.talk.terms import HANGS_FOR, Board, Entered, NewMatter
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.terms import ActionName, CaseKind, Step
from linli.spine.cases.tests.factories import PATHS, START, new_report

from .conftest import Corner

ASKED = "3 号楼楼道灯不亮"


def matter(**changes: Any) -> NewMatter:
    given: dict[str, Any] = {"id": new_id(), "asked": ASKED, **changes}
    return NewMatter(**given)


def enter(corner: Corner, said: NewMatter | None = None, **report: Any) -> Entered:
    return enter_case(
        point_id=corner.point_id,
        matter=said or matter(),
        report=new_report(**report),
        member=corner.host,
        at=corner.office.tick(),
    )


def answer(corner: Corner, matter_id: Any, words: str = "已换新灯") -> None:
    answer_matter(
        point_id=corner.point_id,
        matter_id=matter_id,
        answer=words,
        member=corner.host,
        at=corner.office.tick(),
    )


def board(corner: Corner) -> Board:
    return boards.show_board(point_id=corner.point_id, at=corner.office.at)


def close(corner: Corner, entered: Entered) -> None:
    for action in PATHS[Step.CLOSED]:
        corner.office.step_on(entered.matter_id, action)


def test_what_is_said_becomes_a_case_with_number_owner_and_term(corner: Corner) -> None:
    entered = enter(corner)
    case = Case.objects.get(pk=entered.matter_id)
    assert (case.number, case.channel) == (entered.number, "talk_point")
    reporter = Reporter.objects.get(case=case)
    assert (reporter.name, reporter.account_id) == ("王示例", None)
    for action in PATHS[Step.ACCEPTING]:
        corner.office.step_on(case.id, action)
    (line,) = board(corner).open_ones
    assert (line.number, line.asked, line.answered_by) == (entered.number, ASKED, "示例环卫所")
    assert line.until == Case.objects.get(pk=case.id).promised_at
    assert line.until is not None


def test_the_board_never_shows_what_stands_in_the_case(corner: Corner) -> None:
    enter(corner, text="王大娘家门口的灯坏了，电话 13900001234")
    (line,) = board(corner).open_ones
    assert "王大娘" not in str(line)


def test_sent_twice_it_is_one_case(corner: Corner) -> None:
    said = matter()
    assert enter(corner, said) == enter(corner, said)
    assert Matter.objects.count() == Case.objects.count() == 1


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.REPORT])
def test_a_complaint_never_hangs_on_the_wall(corner: Corner, kind: CaseKind) -> None:
    enter(corner, kind=kind)
    assert board(corner).open_ones == ()
    own = boards.show_own_board(point_id=corner.point_id, at=corner.office.at)
    assert [one.is_posted for one in own.open_ones] == [False]


@pytest.mark.parametrize("asked", ["请打 13900001234", "写信到 wang@example.org"])
def test_numbers_of_somebody_are_not_hung_up(corner: Corner, asked: str) -> None:
    with pytest.raises(TalkRefused) as refusal:
        enter(corner, matter(asked=asked))
    assert (refusal.value.code, refusal.value.field) == ("talk.names_somebody", "asked")
    assert Case.objects.count() == 0


def test_a_question_is_answered_on_the_spot_with_the_points_own_number(corner: Corner) -> None:
    said = matter(asked="几点供暖", answer="10 月 20 日零点起")
    entered = answer_at_once(
        point_id=corner.point_id, matter=said, member=corner.host, at=corner.office.tick()
    )
    again = answer_at_once(
        point_id=corner.point_id, matter=said, member=corner.host, at=corner.office.tick()
    )
    assert entered == again
    assert (entered.number, entered.tracking_code) == (f"{corner.point_id}-1", "")
    assert Case.objects.count() == 0
    (line,) = board(corner).answered
    assert (line.answer, line.is_case) == ("10 月 20 日零点起", False)
    assert line.answered_at is not None


def test_an_answer_hangs_only_when_the_case_is_over(corner: Corner) -> None:
    entered = enter(corner)
    with pytest.raises(TalkRefused) as refusal:
        answer(corner, entered.matter_id)
    assert refusal.value.code == "talk.not_over"
    close(corner, entered)
    own = boards.show_own_board(point_id=corner.point_id, at=corner.office.at)
    assert [one.number for one in own.owed] == [entered.number]
    assert boards.count_owed(point_ids=[corner.point_id]) == {corner.point_id: 1}
    answer(corner, entered.matter_id)
    assert boards.count_owed(point_ids=[corner.point_id]) == {}
    (line,) = board(corner).answered
    assert (line.answer, line.until, line.answered_at) == ("已换新灯", None, corner.office.at)


def test_answers_come_down_after_a_month_and_stay_to_be_read(corner: Corner) -> None:
    entered = enter(corner)
    close(corner, entered)
    answer(corner, entered.matter_id)
    later = corner.office.at + HANGS_FOR + timedelta(minutes=1)
    shown = boards.show_board(point_id=corner.point_id, at=later)
    assert (shown.answered, shown.earlier) == ((), 1)
    lines, found = boards.list_earlier(point_id=corner.point_id, at=later, page=1)
    assert ([one.number for one in lines], found.total) == ([entered.number], 1)


def test_changes_since_the_sheet_was_printed_are_counted(corner: Corner) -> None:
    before = corner.office.at
    entered = enter(corner)
    assert boards.count_changes(point_id=corner.point_id, since=before) == 1
    assert boards.count_changes(point_id=corner.point_id, since=corner.office.at) == 0
    assert entered.number


def test_only_who_receives_people_there_writes_for_them(corner: Corner) -> None:
    building_leader = AccountFactory(building_leader=True, area=corner.office.place.grids[1])
    for account in (building_leader, corner.office.accounts[Role.INTAKE_CLERK]):
        with pytest.raises(NotPermitted):
            enter_case(
                point_id=corner.point_id,
                matter=matter(),
                report=new_report(),
                member=member_of(account, at=START),
                at=corner.office.tick(),
            )


def test_nothing_is_entered_at_a_point_given_up_but_answers_owed_are(corner: Corner) -> None:
    entered = enter(corner)
    close(corner, entered)
    close_point(point_id=corner.point_id, member=corner.secretary, at=corner.office.tick())
    with pytest.raises(TalkRefused) as refusal:
        enter(corner)
    assert refusal.value.code == "talk.closed"
    answer(corner, entered.matter_id)
    assert [one.answer for one in board(corner).answered] == ["已换新灯"]


def test_a_matter_of_another_point_is_not_answered_here(corner: Corner) -> None:
    with pytest.raises(TalkRefused) as refusal:
        answer(corner, new_id())
    assert refusal.value.code == "talk.matter_not_found"


def test_a_case_declined_owes_an_answer_too(corner: Corner) -> None:
    entered = enter(corner)
    for action in (ActionName.VERIFY, ActionName.DECLINE):
        corner.office.step_on(entered.matter_id, action)
    assert boards.count_owed(point_ids=[corner.point_id]) == {corner.point_id: 1}
