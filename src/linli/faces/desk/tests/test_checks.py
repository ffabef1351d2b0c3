"""The page of checks: what waits for whom, what was found; and checks on the page of a case."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Role
from linli.spine.cases.services import draw_samples, mark_unanswered, set_case_settings
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import CategoryFactory, Office

from .conftest import SignIn, count_queries

CHECKS = "/desk/checks/"


def text_of(page: bytes) -> str:
    """Read the words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_list_shows_what_was_given_to_me_first_due_first(
    office: Office, sign_in: SignIn
) -> None:
    one, other = office.play(to=Step.CHECKING), office.play(to=Step.CHECKING)
    page = sign_in(Role.GRID_WORKER).get(CHECKS).content.decode()
    assert "有 2 件等您核查" in page
    assert page.index(one.number) < page.index(other.number)
    assert "本网格的人" in page
    assert "还剩" in page


def test_a_verifier_sees_the_others_on_asking_for_them(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.CHECKING)
    client = sign_in(Role.VERIFIER)
    assert "没有等您核查的事" in client.get(CHECKS).content.decode()
    page = client.get(f"{CHECKS}?whose=all").content.decode()
    assert "辖区里有 1 件等核查" in page
    assert reported.number in page
    elsewhere = office.place.grids[1].code
    assert (
        reported.number not in client.get(f"{CHECKS}?whose=all&grid={elsewhere}").content.decode()
    )


@pytest.mark.parametrize(
    "role",
    [
        Role.INTAKE_CLERK,
        Role.DISPATCHER,
        Role.SHIFT_LEADER,
        Role.VERIFIER,
        Role.SUPERVISOR,
        Role.HANDLER,
        Role.GRID_WORKER,
        Role.COMMUNITY_SECRETARY,
        Role.KEEPER,
        Role.RESIDENT,
    ],
)
def test_who_may_not_read_checks_is_told_who_may(
    office: Office, sign_in: SignIn, role: Role
) -> None:
    expected = 200 if Action.CHECK_READ in PERMISSIONS[role] else 403
    assert sign_in(role).get(CHECKS).status_code == expected


def test_those_who_supervise_see_results_and_no_list(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.CHECKING)
    office.step_on(reported.case_id, ActionName.REWORK)
    words = text_of(sign_in(Role.SUPERVISOR).get(CHECKS).content)
    assert "核查和抽查的结果" in words
    assert "核查 1 次，1 次没有通过" in words
    assert "示例环卫所 1 1 太少" in words


@pytest.mark.parametrize("month", ["2026-10", "2026-13", "绝无此月", "9999-12", "2026-1-1"])
def test_any_month_can_be_asked_for(office: Office, sign_in: SignIn, month: str) -> None:
    answer = sign_in(Role.SUPERVISOR).get(CHECKS, {"month": month})
    assert answer.status_code == 200
    expected = "2026年10月的结果" if month == "2026-10" else "2026年11月的结果"
    assert expected in answer.content.decode()


def test_more_checks_take_no_more_queries(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.CHECKING)
    few = count_queries(sign_in(Role.GRID_WORKER), CHECKS)
    for _ in range(3):
        office.play(to=Step.CHECKING)
    assert count_queries(sign_in(Role.GRID_WORKER), CHECKS) == few <= 24


def test_the_case_says_how_often_and_to_whom_it_was_sent_back(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.CHECKING)
    office.act(reported.case_id, ActionName.REWORK, Role.VERIFIER, note="还剩一半")
    page = sign_in(Role.SUPERVISOR).get(f"/desk/cases/{reported.number}/").content
    assert "没有通过，退回示例环卫所返工" in text_of(page)
    assert "还剩一半" in text_of(page)
    assert "is-compared" in page.decode()
    listed = sign_in(Role.SUPERVISOR).get("/desk/cases/?step=reworked").content.decode()
    assert reported.number in listed


def test_the_answer_stands_on_the_case_and_not_who_gave_it(office: Office, sign_in: SignIn) -> None:
    office.category = CategoryFactory(by_reporter=True)
    reported = office.play(to=Step.HANDLING)
    office.act(reported.case_id, ActionName.FEED_BACK, Role.HANDLER, note="已劝止")
    address = f"/desk/cases/{reported.number}/"
    waiting = text_of(sign_in(Role.GRID_WORKER).get(address).content)
    assert "已请反映人回答“现在好了吗”" in waiting
    mark_unanswered(at=office.tick(timedelta(days=3)))
    late = sign_in(Role.GRID_WORKER).get(address).content.decode()
    assert "写明原因，查看联系方式，打电话问" in late
    assert 'id="reporter"' in late
    assert 'id="reporter"' not in sign_in(Role.VERIFIER).get(address).content.decode()
    office.by_code(reported, ActionName.ANSWER_CHECK, solved=False, note="还响")
    said = text_of(sign_in(Role.HANDLER).get(address).content)
    assert "反映人说：还没有好" in said
    assert "还响" in said
    assert "王示例" not in said
    assert 'id="reporter"' not in sign_in(Role.GRID_WORKER).get(address).content.decode()


def test_a_sample_is_decided_on_the_case_page(office: Office, sign_in: SignIn) -> None:
    set_case_settings(street_id=office.place.street.pk, sample_share=100)
    settled = office.play_settled()
    draw_samples(at=office.tick(timedelta(days=1)))
    client = sign_in(Role.VERIFIER)
    assert settled.number in client.get(CHECKS).content.decode()
    page = client.get(f"/desk/cases/{settled.number}/").content.decode()
    assert "该您：抽查属实" in page
    answer = client.post(
        f"/desk/cases/{settled.number}/fail_sample/",
        {"note": "还在", "category_id": office.category.pk, "version": "2"},
    )
    assert answer.status_code == 302
    shown = text_of(client.get(f"/desk/cases/{settled.number}/").content)
    assert "不实，已重开" in shown
