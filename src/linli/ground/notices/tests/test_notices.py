"""What is told, once, in both languages, and never who reported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.terms import Subject
from linli.ground.notices import queries, rules, services
from linli.ground.notices.errors import UnableToTell
from linli.ground.notices.models import Notice
from linli.ground.notices.terms import Wording
from linli.ground.notices.words import say
from linli.ground.people.tests.factories import NOW, AccountFactory

pytestmark = pytest.mark.django_db
CASE = Subject(kind="cases.Case", id="0193")


@pytest.fixture(autouse=True)
def _wordings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_WORDINGS", {})
    rules.declare(
        {"tests.sent": Wording(sentence="密码 %(number)s", address="/desk/cases/%(number)s/")}
    )


def tell(*account_ids: int, **changes: object) -> None:
    """Tell these accounts about the case, with changes."""
    asked: dict[str, object] = {
        "account_ids": account_ids,
        "kind": "tests.sent",
        "subject": CASE,
        "params": {"number": "2026-0001234"},
        "at": NOW,
    }
    services.tell(**{**asked, **changes})  # type: ignore[arg-type]


def test_each_one_is_told_once_however_often_it_happens() -> None:
    one, other = AccountFactory(), AccountFactory()
    tell(one.pk, other.pk, one.pk)
    tell(one.pk, at=NOW + timedelta(hours=1))
    assert queries.count_unread(one.pk) == queries.count_unread(other.pk) == 1
    tell(one.pk, key="a second dispatch")
    assert queries.count_unread(one.pk) == 2


def test_reading_marks_only_ones_own() -> None:
    one, other = AccountFactory(), AccountFactory()
    tell(one.pk, other.pk)
    [mine] = queries.list_notices(one.pk)
    assert services.mark_read(account_id=other.pk, at=NOW, notice_ids=[mine.id]) == 0
    assert services.mark_read(account_id=one.pk, at=NOW) == 1
    assert (queries.count_unread(one.pk), queries.count_unread(other.pk)) == (0, 1)


@pytest.mark.parametrize(
    "params",
    [
        {"name": "wang"},
        {"number": "王女士"},
        {"number": "13900001111"},
        {"number": "+8613900001111"},
        {"code": "3 单元 302 室"},
        {"door": "302"},
        {"text": "x" * 10},
        {"code": "x" * 65},
    ],
)
def test_a_notice_never_carries_who_reported_or_what_they_said(params: dict[str, str]) -> None:
    with pytest.raises(UnableToTell):
        tell(AccountFactory().pk, params=params)
    assert not Notice.objects.exists()


@given(st.text(alphabet="王李张龘😀 ", min_size=1))
def test_no_name_passes_as_a_code(name: str) -> None:
    with pytest.raises(UnableToTell):
        rules.check_params({"number": name})


def test_words_are_made_when_read() -> None:
    account = AccountFactory()
    tell(account.pk)
    [notice] = queries.list_notices(account.pk)
    assert say(notice).sentence == "密码 2026-0001234"
    assert say(notice).address == "/desk/cases/2026-0001234/"
    tell(account.pk, kind="tests.gone", params={})
    with translation.override("en"):
        newest = queries.list_notices(account.pk)[0]
        assert say(newest).sentence == "There is news in a matter you take part in."


def test_a_wording_whose_param_is_missing_still_says_there_is_news() -> None:
    account = AccountFactory()
    tell(account.pk, params={})
    [notice] = queries.list_notices(account.pk)
    assert "有了新进展" in say(notice).sentence


def test_the_list_shows_new_ones_and_opening_one_leads_to_the_matter(client: Client) -> None:
    account = AccountFactory()
    tell(account.pk)
    client.force_login(account)
    page = client.get("/notices/").content.decode()
    assert "2026-0001234" in page
    assert "未读" in page
    [notice] = queries.list_notices(account.pk)
    answer = client.get(f"/notices/{notice.id}")
    assert answer.headers["Location"] == "/desk/cases/2026-0001234/"
    assert queries.count_unread(account.pk) == 0


def test_anothers_notice_does_not_open(client: Client) -> None:
    one = AccountFactory()
    tell(one.pk)
    [notice] = queries.list_notices(one.pk)
    client.force_login(AccountFactory())
    assert client.get(f"/notices/{notice.id}").headers["Location"] == "/notices/"
    assert queries.count_unread(one.pk) == 1


def test_an_empty_list_says_what_will_come(client: Client) -> None:
    client.force_login(AccountFactory())
    assert "还没有通知" in client.get("/notices/").content.decode()


def test_all_are_marked_read_at_once(client: Client) -> None:
    account = AccountFactory()
    for number in range(3):
        tell(account.pk, key=str(number))
    client.force_login(account)
    bell, asked_by_page = "/notices/?part=bell", {"hx-request": "true"}
    assert "3 条未读" in client.get(bell, headers=asked_by_page).content.decode()
    page = client.post("/notices/read", follow=True).content.decode()
    assert "· 未读" not in page
    assert b"bell-count" not in client.get(bell, headers=asked_by_page).content


def test_older_notices_are_on_further_pages(client: Client) -> None:
    account = AccountFactory()
    for number in range(queries.PAGE_ROWS + 1):
        tell(account.pk, key=str(number), at=NOW + timedelta(minutes=number))
    client.force_login(account)
    assert "?page=2" in client.get("/notices/").content.decode()
    assert "?page=1" in client.get("/notices/?page=2").content.decode()
    assert client.get("/notices/?page=x").status_code == 200


def test_a_stranger_is_led_to_sign_in(client: Client) -> None:
    assert client.get("/notices/").headers["Location"].startswith("/accounts/login/")


def test_the_list_of_what_is_held_names_the_notices() -> None:
    account = AccountFactory()
    tell(account.pk)
    held, *_ = queries.own_holdings(account.pk, None)
    assert len(held.rows) == 1
