"""The working calendar at the desk: a year is seen, written into a draft, foreseen, approved."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from linli.ground.kernel.calendar_store import set_calendar, set_day
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.tests.factories import STREET_CODE
from linli.programmes.keeping.queries.drafts import get_draft
from linli.programmes.keeping.services.applying import apply_due_drafts
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries
from .keeping_steps import begin, browser, page
from .test_keeping import approve

REST = {"first": "2027-02-08", "last": "2027-02-12", "work": "rest", "note": "春节"}


@pytest.fixture
def keeper(office: Office, sign_in: SignIn) -> Client:
    """Give the browser of the keeper."""
    return sign_in(Role.KEEPER)


def number_of(draft: str) -> int:
    return int(draft.rstrip("/").rpartition("/")[2])


def test_a_year_from_the_first_click_to_its_day(office: Office, keeper: Client) -> None:
    office.play(to=Step.HANDLING)
    assert "起草修订" in page(keeper, "/desk/calendar/?year=2027")
    draft = begin(keeper, "calendar")
    assert f"{draft}entries/2027-02-08/" in page(keeper, "/desk/calendar/?year=2027")
    assert f"{draft}entries/2026-11-24/" not in page(keeper, "/desk/calendar/")
    assert keeper.get(f"{draft}entries/new/").headers["Location"] == f"{draft}days/"
    assert keeper.post(f"{draft}days/", REST).headers["Location"] == draft
    hours = {"seen": 0, "opens_1": "08:30", "closes_1": "12:00"}
    hours |= {"opens_2": "13:30", "closes_2": "18:00"}
    assert keeper.post(f"{draft}entries/hours/", hours).status_code == 302
    seen = page(keeper, draft)
    assert "2027年2月8日 周一" in seen
    assert "08:30–12:00、13:30–18:00" in seen
    assert "时限会怎样" in seen
    assert "碰到改动的时限" in seen
    assert "已通知可以批准的人" in str(keeper.post(f"{draft}ask", follow=True).content.decode())
    assert "已请人批准，正在等" in page(keeper, draft)
    head = browser(AccountFactory(street_leader=True, street=office.place.street))
    assert "修订已批准" in approve(head, draft)
    assert apply_due_drafts(at=datetime(2026, 12, 1, 2, tzinfo=UTC)) == 1
    assert not get_calendar(STREET_CODE).is_workday(date(2027, 2, 8))
    shown = page(keeper, "/desk/calendar/?year=2027")
    assert "这一年特别安排的 5 天" in shown
    assert "08:30–12:00、13:30–18:00" in shown
    compared = page(keeper, "/desk/versions/calendar/").replace("\u2009", "")
    assert "6 处改动" in compared
    assert "2027年2月8日" in compared
    assert "08:00–12:00、14:00–18:00" in compared
    assert "两版一样" in page(keeper, "/desk/versions/calendar/?before=2026-12-01")


def test_a_day_is_changed_taken_back_and_ended(office: Office, keeper: Client) -> None:
    set_calendar(street_code=STREET_CODE)
    set_day(street_code=STREET_CODE, day=date(2027, 1, 1), is_workday=False, note="元旦")
    draft = begin(keeper, "calendar")
    entry = f"{draft}entries/2027-01-01/"
    assert 'value="元旦"' in page(keeper, entry)
    assert keeper.post(entry, {"seen": 0, "work": "work", "note": "值班"}).status_code == 302
    assert keeper.post(f"{entry}end", {"seen": 0}).status_code == 422
    assert keeper.post(f"{entry}end", {"seen": 1}).status_code == 302
    (change,) = get_draft(number_of(draft)).changes
    assert change.op.value == "end"


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("days/", REST | {"last": "2027-02-01"}, "最后一天不能早于第一天"),
        ("days/", REST | {"first": ""}, "必填"),
        ("days/", REST | {"first": "2026-11-25", "last": "2026-11-25"}, "不能改以前的日子"),
        ("fill", {"year": "2031"}, "还不知道 2031 年的放假安排"),
        ("entries/hours/", {"opens_1": "09:00"}, "起止时间填全"),
        (
            "entries/hours/",
            {"opens_1": "09:00", "closes_1": "12:00", "opens_2": "11:00", "closes_2": "18:00"},
            "不能重叠",
        ),
        ("entries/2027-02-08/", {"work": "", "note": "春节"}, "必填"),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_stays(
    keeper: Client, path: str, form: dict[str, str], said: str
) -> None:
    draft = begin(keeper, "calendar")
    refused = keeper.post(f"{draft}{path}", form)
    assert refused.status_code == 422
    shown = refused.content.decode().replace("\u2009", " ")
    assert said in shown
    assert all(f'value="{value}"' in shown for value in form.values() if value)
    assert get_draft(number_of(draft)).changes == ()


def test_what_is_no_day_is_not_there_and_other_drafts_have_no_days(keeper: Client) -> None:
    calendar, catalogue = begin(keeper, "calendar"), begin(keeper, "catalogue")
    assert keeper.get(f"{calendar}entries/37/").status_code == 404
    assert keeper.get(f"{catalogue}days/").status_code == 404
    assert keeper.get("/desk/versions/nothing/").status_code == 404


def test_a_calendar_that_was_never_revised_has_nothing_to_compare(keeper: Client) -> None:
    assert "还没有修订生效过" in page(keeper, "/desk/versions/calendar/")
    keeper.cookies["language"] = "en"
    assert "08:00–12:00, 14:00–18:00" in page(keeper, "/desk/calendar/")


def test_who_does_not_keep_reads_no_draft_and_writes_none(
    office: Office, keeper: Client, sign_in: SignIn
) -> None:
    draft = begin(keeper, "calendar")
    clerk = sign_in(Role.INTAKE_CLERK)
    assert clerk.get("/desk/calendar/").status_code == 403
    assert clerk.post(f"{draft}days/", REST).status_code == 403


def test_years_out_of_reach_and_nonsense_show_a_year_all_the_same(keeper: Client) -> None:
    assert "工作日历" in page(keeper, "/desk/calendar/?year=1900")
    assert "工作日历" in page(keeper, "/desk/calendar/?year=two")


def test_a_year_costs_the_same_however_many_days_differ(keeper: Client) -> None:
    set_calendar(street_code=STREET_CODE)
    few = count_queries(keeper, "/desk/calendar/")
    for day in range(1, 25):
        set_day(street_code=STREET_CODE, day=date(2026, 12, day), is_workday=False)
    assert count_queries(keeper, "/desk/calendar/") == few
