"""The board of supervision: what is red and why, every number the length of its list."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.spine.cases.models import Case, Instruction
from linli.spine.cases.queries.supervision import build_board
from linli.spine.cases.services import climb_ladder, mark_late_tasks, plan_ladder
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.terms.supervision import REASONS, Reason, Rung, Way
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

BOARD = "/desk/supervision/"


def sweep(office: Office) -> None:
    while plan_ladder() + climb_ladder(at=office.at):
        pass


def fill(office: Office) -> None:
    """Let something be red for every reason, a week later."""
    office.report()
    office.play(to=Step.FORWARDED)
    for to in (Step.FILING, Step.DISPATCHING, Step.ACCEPTING, Step.CHECKING):
        office.play(to=to)
    busy = office.play(to=Step.HANDLING)
    office.act(
        busy.case_id,
        ActionName.ADD_TASK,
        Role.DISPATCHER,
        unit_id=office.other.pk,
        note="清走围挡",
        limit=Limit(1, Unit.WORKING_HOURS),
    )
    office.act(
        busy.case_id,
        ActionName.INSTRUCT,
        Role.SHIFT_LEADER,
        instructed_by="赵示例主任",
        way=Way.PHONE,
        note="今天办完",
    )
    Case.objects.filter(id=busy.case_id).update(return_count=2)
    office.tick(timedelta(days=7))
    mark_late_tasks(at=office.at)
    sweep(office)


def total_of(client: Client, address: str) -> int:
    """Open a list and read how many it says there are."""
    page = client.get(address.replace("&amp;", "&")).content.decode()
    found = re.search(r'<strong class="number">(\d+)', page)
    return int(found.group(1)) if found else 0


def test_every_number_is_the_length_of_the_list_it_opens(office: Office, sign_in: SignIn) -> None:
    fill(office)
    client = sign_in(Role.SUPERVISOR)
    page = client.get(BOARD).content.decode()
    links = re.findall(r'href="(/desk/cases/\?[^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    assert sum("organisation=" in address for address, _ in links) >= 5
    assert sum("area=" in address for address, _ in links) == 7
    for address, inside in links:
        number = re.search(r'class="(?:count )?number">(\d+)<', f'class="number">{inside}')
        if number is not None:
            assert total_of(client, address) == int(number.group(1)), address
        elif re.match(r"\d+", inside):
            shown = re.match(r"\d+", inside)
            assert shown is not None
            assert total_of(client, address) == int(shown.group()), address


def test_each_reason_finds_its_case(office: Office) -> None:
    fill(office)
    board = build_board(member=office[Role.SUPERVISOR], at=office.at)
    assert {reason: board.by_reason[reason] for reason in REASONS} == {
        Reason.UNASSIGNED: 3,
        Reason.NOT_ACCEPTED: 1,
        Reason.OVERDUE: 7,
        Reason.RETURNED: 1,
        Reason.REWORKED: 0,
        Reason.SILENT: 2,
        Reason.TASK_LATE: 1,
        Reason.INSTRUCTION: 1,
    }
    assert board.by_reason[Reason.ANY] == 7
    assert board.by_rung[Rung.UP] == 7
    named = {one.name: one.by_reason for one in board.organisations}
    assert named["示例城管队"][Reason.TASK_LATE] == 1
    assert named["示例环卫所"][Reason.INSTRUCTION] == 1
    assert named["示例环卫所"][Reason.NOT_ACCEPTED] == 1
    assert [one.by_reason[Reason.OVERDUE] for one in board.areas] == [7]


def test_organisations_stand_by_name_and_not_by_number(office: Office) -> None:
    fill(office)
    board = build_board(member=office[Role.SUPERVISOR], at=office.at)
    assert [one.name for one in board.organisations] == sorted(
        one.name for one in board.organisations
    )


def test_words_of_those_who_have_it_in_hand_end_the_silence_of_a_case(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.tick(timedelta(days=8))

    def silent() -> int:
        board = build_board(member=office[Role.SUPERVISOR], at=office.at)
        return board.by_reason[Reason.SILENT]

    assert silent() == 1
    office.act(reported.case_id, ActionName.COMMENT, Role.HANDLER, note="等配件")
    assert silent() == 0


def test_nothing_red_says_so(office: Office, sign_in: SignIn) -> None:
    office.report()
    page = sign_in(Role.SUPERVISOR).get(BOARD).content.decode()
    assert "没有要督办的事" in page
    assert "都在时限内" in page


@pytest.mark.parametrize("role", [Role.HANDLER, Role.DISPATCHER, Role.GRID_WORKER, Role.KEEPER])
def test_others_are_told_who_may_see_the_board(office: Office, sign_in: SignIn, role: Role) -> None:
    answer = sign_in(role).get(BOARD)
    assert answer.status_code == 403
    assert "督办" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(office: Office) -> None:
    assert Client().get(BOARD)["Location"].startswith("/accounts/")


def test_a_community_sees_its_own_part_of_the_board_and_of_its_lists(
    office: Office, sign_in: SignIn
) -> None:
    fill(office)
    client = Client()
    elsewhere = AccountFactory(community_secretary=True, area=office.place.communities[1])
    client.force_login(elsewhere)
    assert "没有要督办的事" in client.get(BOARD).content.decode()
    assert total_of(client, "/desk/cases/?watch=any") == 0
    assert "有 7 件要督办" in sign_in(Role.COMMUNITY_SECRETARY).get(BOARD).content.decode()


def test_a_handler_gets_nothing_of_the_board_by_the_address(
    office: Office, sign_in: SignIn
) -> None:
    fill(office)
    assert total_of(sign_in(Role.HANDLER), "/desk/cases/?watch=any") == 0


def test_more_red_takes_no_more_queries(office: Office, sign_in: SignIn) -> None:
    fill(office)
    client = sign_in(Role.SUPERVISOR)
    few = count_queries(client, BOARD)
    for _ in range(3):
        office.play(to=Step.ACCEPTING)
    office.tick(timedelta(days=7))
    sweep(office)
    assert count_queries(sign_in(Role.SUPERVISOR), BOARD) == few <= 12


def test_the_case_page_shows_rungs_and_instructions_and_takes_the_answer(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.HANDLING)
    case = f"/desk/cases/{reported.number}/"
    office_page = sign_in(Role.SHIFT_LEADER)
    card = office_page.post(f"{case}supervise/", {"rung": "red", "note": "今天办完"})
    assert card.status_code == 302
    typed = {"instructed_by": "赵示例主任", "way": "voice", "note": "说清楚卡在哪里"}
    refused = office_page.post(f"{case}instruct/", {**typed, "way": ""})
    assert refused.status_code == 422
    assert "说清楚卡在哪里" in refused.content.decode()
    assert office_page.post(f"{case}instruct/", typed).status_code == 302
    handler = sign_in(Role.HANDLER)
    page = handler.get(case).content.decode()
    assert "赵示例主任" in page
    assert "红牌" in page
    answered = handler.post(f"{case}answer_instruction/", {"note": "缺配件，周四到"})
    assert answered.status_code == 302
    assert Instruction.objects.get().answer == "缺配件，周四到"
    assert "缺配件，周四到" in office_page.get(case).content.decode()


def test_an_instruction_is_work_of_its_addressee(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.CHECKING)
    office.act(
        reported.case_id,
        ActionName.INSTRUCT,
        Role.SUPERVISOR,
        instructed_by="赵示例主任",
        way=Way.NOTE,
        note="报我结果",
    )
    page = sign_in(Role.HANDLER).get("/desk/").content.decode()
    assert f"/desk/cases/{reported.number}/#act-answer_instruction" in page


def test_the_way_to_the_board_is_shown_to_those_who_may(office: Office, sign_in: SignIn) -> None:
    assert BOARD in sign_in(Role.SHIFT_LEADER).get("/desk/").content.decode()
    assert BOARD not in sign_in(Role.HANDLER).get("/desk/").content.decode()
