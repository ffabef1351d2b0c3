"""The library of answers as clerks read it and the shift leader keeps it."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Role
from linli.programmes.hotline.models import AnswerVersion, WantedAnswer
from linli.programmes.hotline.services import want_answer
from linli.programmes.hotline.tests.factories import add_answer, call_words
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

LIBRARY = "/desk/answers/"


def entry(**changes: object) -> dict[str, object]:
    """Fill the form of an entry."""
    usual: dict[str, object] = {
        "question": "老年卡在哪年检",
        "text": "到社区窗口，带老年卡。",
        "keywords": "老年卡 年检",
        "valid_from": "2026-01-01",
    }
    return usual | changes


def ask(office: Office) -> WantedAnswer:
    """Let a caller ask what the library does not know."""
    want_answer(
        draft_id=new_id(),
        words=call_words(kind="question", text="老年卡在哪年检"),
        member=office[Role.INTAKE_CLERK],
        at=office.tick(),
    )
    return WantedAnswer.objects.get()


def test_an_empty_library_says_what_to_do(office: Office, sign_in: SignIn) -> None:
    page = sign_in(Role.INTAKE_CLERK).get(LIBRARY).content.decode()
    assert "答案库还是空的" in page
    assert "写一条答案" not in page


def test_the_leader_writes_the_answer_that_was_wanted(office: Office, sign_in: SignIn) -> None:
    wish, leader = ask(office), sign_in(Role.SHIFT_LEADER)
    assert "老年卡在哪年检" in leader.get(f"{LIBRARY}new/?for={wish.pk}").content.decode()
    page = leader.post(f"{LIBRARY}new/?for={wish.pk}", entry(), follow=True).content.decode()
    assert "到社区窗口，带老年卡。" in page
    assert "等着补的答案" not in page


def test_a_wish_is_dropped(office: Office, sign_in: SignIn) -> None:
    wish = ask(office)
    page = sign_in(Role.SHIFT_LEADER).post(f"{LIBRARY}wanted/{wish.pk}/drop/", follow=True)
    assert "等着补的答案" not in page.content.decode()


def test_an_entry_is_rewritten_and_its_versions_stay(office: Office, sign_in: SignIn) -> None:
    answer_id, leader = add_answer(office), sign_in(Role.SHIFT_LEADER)
    address = f"{LIBRARY}{answer_id}/"
    page = leader.post(address, entry(text="新口径。", version="1"), follow=True).content.decode()
    assert "新口径。" in page
    assert "工作日上午八点到十二点" in page
    late = leader.post(address, entry(text="更晚的", version="1"))
    assert late.status_code == 422
    assert "更晚的</textarea>" in late.content.decode()
    assert AnswerVersion.objects.count() == 2


def test_what_is_wrong_is_said_and_the_rest_kept(office: Office, sign_in: SignIn) -> None:
    answer = sign_in(Role.SHIFT_LEADER).post(
        f"{LIBRARY}new/", entry(valid_from="2026-05-01", valid_to="2026-01-01")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "截止日期不能早于开始日期" in page
    assert "到社区窗口，带老年卡。" in page


def test_a_retired_entry_stands_apart(office: Office, sign_in: SignIn) -> None:
    answer_id = add_answer(office)
    leader = sign_in(Role.SHIFT_LEADER)
    page = leader.post(f"{LIBRARY}{answer_id}/retire/", follow=True).content.decode()
    assert "没到日子、过了日子或已停用的" in page


def test_a_clerk_reads_versions_and_changes_nothing(office: Office, sign_in: SignIn) -> None:
    answer_id, clerk = add_answer(office), sign_in(Role.INTAKE_CLERK)
    address = f"{LIBRARY}{answer_id}/"
    assert "历次版本" in clerk.get(address).content.decode()
    for path in (address, f"{address}retire/", f"{LIBRARY}new/"):
        assert clerk.post(path, entry(version="1")).status_code == 403
    assert AnswerVersion.objects.count() == 1
    assert clerk.get(f"{LIBRARY}987654/").status_code == 404


def test_the_library_is_searched_as_on_the_phone(office: Office, sign_in: SignIn) -> None:
    add_answer(office)
    clerk: Client = sign_in(Role.INTAKE_CLERK)
    assert "一门式大厅几点开门" in clerk.get(LIBRARY, {"q": "ymsdt"}).content.decode()
    assert "答案库里没有" in clerk.get(LIBRARY, {"q": "飞碟"}).content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(office: Office, sign_in: SignIn) -> None:
    clerk = sign_in(Role.INTAKE_CLERK)
    add_answer(office)
    one = count_queries(clerk, LIBRARY)
    for number in range(6):
        add_answer(office, question=f"问题{number}", review_on=office.at.date() - timedelta(days=1))
    assert count_queries(clerk, LIBRARY) == one
