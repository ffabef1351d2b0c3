"""Catalogue and list at the desk: changed in drafts, approved by another, seen before they act."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.queries.drafts import get_draft
from linli.programmes.keeping.services.applying import apply_due_drafts
from linli.programmes.keeping.services.parents import enter_parent_items
from linli.programmes.keeping.terms import ParentItem
from linli.spine.cases.models import Responsibility
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import START, CategoryFactory, Office

from .conftest import SignIn, count_queries
from .keeping_steps import begin, browser, give_codes, page

KEY = "matter:06010"


@pytest.fixture
def keeper(office: Office, sign_in: SignIn) -> Client:
    """Give the browser of the keeper; the lead and the other unit have codes."""
    give_codes(office)
    return sign_in(Role.KEEPER)


@pytest.fixture
def head(office: Office) -> Client:
    """Give the browser of a leader of the sub-district."""
    return browser(AccountFactory(street_leader=True, street=office.place.street))


def item_form(**changes: object) -> dict[str, object]:
    """Fill in the form of the first item."""
    return {
        "seen": 0,
        "title": "保洁",
        "kind": "department",
        "lead": "cleansing",
        "categories": KEY,
        **changes,
    }


def category_form(**changes: object) -> dict[str, object]:
    """Fill in the form of a category."""
    return {
        "seen": 0,
        "name": "暴露垃圾",
        "name_en": "Exposed rubbish",
        "limit_amount": 8,
        "limit_unit": "working_hours",
        "checked_by": "spot",
        "is_public": "on",
        **changes,
    }


def approve(client: Client, draft: str) -> str:
    form = {"revision": Draft.objects.latest("id").revision}
    return str(client.post(f"{draft}approve", form, follow=True).content.decode())


def on_the_day(office: Office) -> Client:
    """Let the day of the drafts come, and give the keeper's browser of that day."""
    office.at = office.at.replace(month=12, day=1)
    assert apply_due_drafts(at=office.at) == 1
    return browser(office.accounts[Role.KEEPER])


def test_an_item_from_the_first_click_to_its_day(
    office: Office, keeper: Client, head: Client
) -> None:
    waiting = office.play(to=Step.DISPATCHING)
    assert "起草修订" in page(keeper, "/desk/responsibilities/")
    draft = begin(keeper, "list")
    assert "还没有改动" in page(keeper, draft)
    assert f"{draft}entries/37/" in page(keeper, "/desk/responsibilities/")
    assert 'value="保洁"' in page(keeper, f"{draft}entries/37/")
    sent = keeper.post(f"{draft}entries/37/", item_form(lead="wardens"))
    assert sent.headers["Location"] == draft
    seen = page(keeper, draft)
    assert "示例城管队" in seen
    assert waiting.number in seen
    assert f'href="/desk/cases/{waiting.number}/"' not in seen
    assert "要由另一个人批准" in seen
    assert "批准，到日子自动生效" not in seen
    assert f'href="/desk/cases/{waiting.number}/"' in page(head, draft)
    assert "修订已批准" in approve(head, draft)
    keeper = on_the_day(office)
    now = page(keeper, "/desk/responsibilities/")
    assert "2027-1" in now
    assert "示例城管队" in now
    before = page(keeper, "/desk/responsibilities/?on=2026-11-01")
    assert "示例城管队" not in before
    compared = page(keeper, "/desk/versions/list/")
    assert "<del>" in compared
    assert "示例城管队" in compared


def test_a_category_is_changed_and_its_history_reads(
    office: Office, keeper: Client, head: Client
) -> None:
    office.play(to=Step.DISPATCHING)
    draft = begin(keeper, "catalogue")
    form = category_form(limit_amount=2, limit_unit="working_days", filing_condition="有垃圾")
    assert keeper.post(f"{draft}entries/{KEY}/", form).status_code == 302
    seen = page(keeper, draft)
    assert "1 件没有办结的案件仍按受理时的时限办" in seen
    approve(head, draft)
    keeper = on_the_day(office)
    history = page(keeper, f"/desk/catalogue/{KEY}/")
    assert "这一版改了什么" in history
    assert "有垃圾" in page(keeper, "/desk/catalogue/?q=暴露")
    assert "有垃圾" not in page(keeper, "/desk/catalogue/?on=2026-11-01")
    assert "有垃圾" in page(keeper, "/desk/versions/catalogue/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"limit_amount": "0"}, "limit_amount"),
        ({"limit_unit": "fortnights"}, "limit_unit"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_evaluated_is_said_beside_its_field_and_stays_typed(
    keeper: Client, changes: dict[str, object], field: str
) -> None:
    draft = begin(keeper, "catalogue")
    form = category_form(filing_condition="我写的条件", **changes)
    answer = keeper.post(f"{draft}entries/{KEY}/", form)
    seen = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="entry_{field}-error"' in seen
    assert "我写的条件" in seen


def test_an_unknown_category_is_said_beside_the_field_of_categories(keeper: Client) -> None:
    draft = begin(keeper, "list")
    answer = keeper.post(f"{draft}entries/37/", item_form(categories="matter:99999"))
    assert answer.status_code == 422
    assert "目录中没有类别 matter:99999" in answer.content.decode()
    assert 'id="entry_categories-error"' in answer.content.decode()


def test_a_category_in_use_is_not_ended_without_a_successor(office: Office, keeper: Client) -> None:
    CategoryFactory(code="06012", name="占道")
    touch_catalogue(at=office.at)
    office.play(to=Step.DISPATCHING)
    draft = begin(keeper, "catalogue")
    refused = keeper.post(f"{draft}entries/{KEY}/end", {"seen": 0, "successor": ""})
    assert refused.status_code == 422
    assert "请指定由哪个类别接替" in refused.content.decode()
    ended = keeper.post(f"{draft}entries/{KEY}/end", {"seen": 0, "successor": "matter:06012"})
    assert ended.status_code == 302
    assert "由“占道”接替" in page(keeper, draft)


def test_two_people_on_one_item_the_second_sees_what_the_first_wrote(
    office: Office, keeper: Client
) -> None:
    other = browser(AccountFactory(keeper=True, street=office.place.street))
    draft = begin(keeper, "list")
    keeper.post(f"{draft}entries/37/", item_form(lead="wardens"))
    late = other.post(f"{draft}entries/37/", item_form(title="环境保洁"))
    seen = late.content.decode()
    assert late.status_code == 422
    assert "别人已经改了这一项" in seen
    assert "草案里现在是这样" in seen
    assert 'value="环境保洁"' in seen
    assert 'name="seen" value="1"' in seen
    again = other.post(f"{draft}entries/37/", item_form(seen=1, title="环境保洁", lead="wardens"))
    assert again.status_code == 302
    change = get_draft(Draft.objects.get().pk).find("37")
    assert change is not None
    assert dict(change.fields) == {"title": "环境保洁", "lead": "wardens"}


def test_a_new_item_is_written_dropped_and_a_day_is_put_off(keeper: Client) -> None:
    draft = begin(keeper, "list")
    new = item_form(item_no=200, title="除雪", lead="wardens")
    assert keeper.post(f"{draft}entries/new/", new).status_code == 302
    assert "除雪" in page(keeper, draft)
    assert keeper.post(f"{draft}drop", {"key": "200", "seen": "7"}).status_code == 422
    assert keeper.post(f"{draft}drop", {"key": "200", "seen": "1"}).status_code == 302
    assert keeper.post(f"{draft}day", {"effective_on": "soon"}).status_code == 422
    assert keeper.post(f"{draft}day", {"effective_on": "2026-12-09"}).status_code == 302
    assert Draft.objects.get().effective_on == date(2026, 12, 9)
    assert "一切照旧" in keeper.post(f"{draft}withdraw", follow=True).content.decode()
    assert "已经批准或结束" in page(keeper, f"{draft}entries/37/")


def test_a_new_local_category_needs_a_code_of_its_own(office: Office, keeper: Client) -> None:
    CategoryFactory(kind="local", code="L01", major_code="X1", is_extension=True, name="停水")
    touch_catalogue(at=office.at)
    draft = begin(keeper, "catalogue")
    taken = category_form(code="L01", major_code="X1", name="新的")
    answer = keeper.post(f"{draft}entries/new/", taken)
    assert answer.status_code == 422
    assert 'id="entry_code-error"' in answer.content.decode()
    new = category_form(code="L99", major_code="X1", name="占用盲道")
    assert keeper.post(f"{draft}entries/new/", new).status_code == 302
    assert "占用盲道" in page(keeper, draft)


def test_what_the_parent_list_changed_is_adopted_or_kept(office: Office, keeper: Client) -> None:
    Responsibility.objects.filter(item_no=37).update(parent_no="12")
    for version, since, title in (
        ("2025", date(2025, 1, 1), "保洁"),
        ("2026", START.date(), "环卫"),
    ):
        enter_parent_items(
            version=version,
            source="省里",
            effective_from=since,
            items=[
                ParentItem(parent_no="12", title=title, kind="department", lead="环卫"),
                *([ParentItem(parent_no="13", title="除雪")] if version == "2026" else []),
            ],
            actor=office[Role.KEEPER].actor(role=Role.KEEPER),
            at=office.at,
        )
    seen = page(keeper, "/desk/responsibilities/parent/")
    assert "2 处变动等您处理" in seen
    assert "上级改了" in seen
    assert "上级新增" in seen
    draft = begin(keeper, "list")
    assert 'value="环卫"' in page(keeper, f"{draft}entries/37/?adopt=12")
    adopted = item_form(title="环卫", parent_no="12")
    assert keeper.post(f"{draft}entries/37/?adopt=12", adopted).status_code == 302
    refused = keeper.post("/desk/responsibilities/parent/keep", {"parent_no": "13", "reason": ""})
    assert refused.status_code == 422
    kept = {"parent_no": "13", "reason": "本地没有主次干道"}
    assert keeper.post("/desk/responsibilities/parent/keep", kept).status_code == 302
    seen = page(keeper, "/desk/responsibilities/parent/")
    assert "没有等着处理的变动" in seen
    assert "本地没有主次干道" in seen
    keeper.post(f"{draft}withdraw")
    assert "1 处变动等您处理" in page(keeper, "/desk/responsibilities/parent/")


def test_each_sees_what_the_post_allows(
    office: Office, keeper: Client, head: Client, sign_in: SignIn
) -> None:
    draft = begin(keeper, "list")
    clerk, shift = sign_in(Role.INTAKE_CLERK), sign_in(Role.SHIFT_LEADER)
    for path in ("/desk/catalogue/", "/desk/responsibilities/", draft):
        assert clerk.get(path).status_code == 403
        assert "起草修订" not in page(shift, path)
    for client in (clerk, shift, head):
        assert client.get("/desk/revisions/new/list").status_code == 403
        assert client.post(f"{draft}entries/37/", item_form()).status_code == 403
        assert client.post(f"{draft}entries/37/end", {}).status_code == 403
        assert client.post(f"{draft}drop", {}).status_code == 403
        assert client.get("/desk/imports/responsibilities/").status_code == 403
    assert shift.post(f"{draft}approve", {"revision": 1}).status_code == 403
    assert head.post(f"{draft}withdraw").status_code == 302


def test_pages_take_few_statements(office: Office, keeper: Client) -> None:
    draft = begin(keeper, "list")
    keeper.post(f"{draft}entries/37/", item_form(lead="wardens"))
    office.play(to=Step.DISPATCHING)
    counted = {
        path: count_queries(keeper, path)
        for path in (
            "/desk/catalogue/",
            f"/desk/catalogue/{KEY}/",
            "/desk/responsibilities/",
            "/desk/responsibilities/parent/",
            "/desk/versions/list/",
            draft,
            f"{draft}entries/37/",
        )
    }
    office.play(to=Step.DISPATCHING)
    office.play(to=Step.DISPATCHING)
    assert count_queries(keeper, draft) == counted[draft]
    assert list(counted.values()) == [6, 6, 13, 11, 8, 24, 12]
