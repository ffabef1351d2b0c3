"""What is under way near by: public, without anybody's words, and "I met it too" counted once."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.ground.kernel.queries import list_occurrences
from linli.ground.notices.models import Notice
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.spine.cases.gathering_events import MetItTakenBack, OtherMetIt
from linli.spine.cases.models import Case, MetToo
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services import act_by_code
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    CaseKind,
    Contact,
    Reported,
    Step,
    Visibility,
    case_subject,
)
from linli.spine.cases.tests.factories import Office, resident

WORDS = "我家门口的路灯坏了，电话 13900001234"


def place_of(reported: Reported) -> dict[str, str]:
    """Give the point of a case."""
    case = Case.objects.get(id=reported.case_id)
    assert case.lon is not None
    assert case.lat is not None
    return {"lon": str(case.lon), "lat": str(case.lat)}


def around(client: Client, reported: Reported) -> str:
    """Read what is under way around a case."""
    return str(client.get("/near", place_of(reported)).content.decode())


def say(client: Client, reported: Reported) -> str:
    """Say that I met it too, and read the page that follows."""
    sent = {"case": str(reported.case_id), **place_of(reported)}
    return str(client.post("/near/met", sent, follow=True).content.decode())


def take_back(client: Client, reported: Reported) -> str:
    """Take it back, and read the page that follows."""
    sent = {"case": str(reported.case_id), **place_of(reported)}
    return str(client.post("/near/met/back", sent, follow=True).content.decode())


def test_it_asks_where_and_finds_places_without_a_script(client: Client, office: Office) -> None:
    page = client.get("/near").content.decode()
    assert 'name="q"' in page
    assert "没有找到这个地方" in client.get("/near", {"q": "没有的地方"}).content.decode()


def test_public_cases_under_way_are_listed_without_words_or_names(
    client: Client, office: Office
) -> None:
    made = office.report(text=WORDS, contact=Contact(name="示例姓名", phone="13900001234"))
    page = around(client, made)
    assert made.number in page
    for held_back in ("路灯坏了", "13900001234", "示例姓名", made.tracking_code):
        assert held_back not in page


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": Visibility.STAFF.value},
        {"kind": CaseKind.COMPLAINT.value},
        {"is_suspicious_place": True, "grid": None},
    ],
)
def test_what_is_not_public_is_neither_listed_nor_met(
    client: Client, office: Office, change: dict[str, object]
) -> None:
    made = office.report()
    Case.objects.filter(id=made.case_id).update(**change)
    assert made.number not in around(client, made)
    points = client.get("/near/points.json", place_of(made)).json()
    assert points["features"] == []


def test_what_is_over_is_not_listed_and_says_so(client: Client, office: Office) -> None:
    made = office.play(to=Step.CLOSED)
    assert made.number not in around(client, made)
    assert "已经办完" in say(client, made)
    assert not MetToo.objects.exists()


def test_points_are_rounded_and_lead_to_the_line(client: Client, office: Office) -> None:
    made = office.report()
    (feature,) = client.get("/near/points.json", place_of(made)).json()["features"]
    assert feature["properties"]["url"] == f"#case-{made.number}"
    assert all(round(degrees, 4) == degrees for degrees in feature["geometry"]["coordinates"])


def test_far_away_nothing_is_listed(client: Client, office: Office) -> None:
    made = office.report()
    place = place_of(made)
    page = client.get("/near", {**place, "lat": str(float(place["lat"]) + 0.006)}).content.decode()
    assert made.number not in page
    assert "这里没有公开的、正在办的事" in page
    assert 'href="/field/"' in page


def test_one_browser_counts_once(client: Client, office: Office) -> None:
    made = office.report()
    assert "一共 1 人也遇到了" in say(client, made)
    assert "不重复计数" in say(client, made)
    assert MetToo.objects.count() == 1
    assert client.cookies["linli_device"]["httponly"]
    assert "一共 2 人也遇到了" in say(Client(), made)
    assert "2 人也遇到了" in around(client, made)


def test_what_was_said_is_taken_back_by_whoever_said_it_and_nobody_else(
    client: Client, office: Office
) -> None:
    made, account, stranger = office.report(), AccountFactory(), Client()
    say(client, made)
    assert "您说过也遇到了" in around(client, made)
    assert "您没有说过" in take_back(stranger, made)
    client.force_login(account)
    say(client, made)
    assert MetToo.objects.count() == 1

    assert "收回了" in take_back(client, made)

    assert not MetToo.objects.exists()
    assert "您说过也遇到了" not in around(client, made)
    last = list_occurrences(case_subject(made.case_id))[-1]
    assert last.event == MetItTakenBack(count=0, due_at=last.event.due_at)  # type: ignore[attr-defined]
    assert replayed_state(made.case_id) == live_state(made.case_id)


def test_what_is_over_is_taken_back_from_the_own_list(client: Client, office: Office) -> None:
    made = office.play(to=Step.CLOSING)
    client.force_login(AccountFactory())
    say(client, made)
    office.step_on(made.case_id, ActionName.CLOSE)

    answer = client.post("/near/met/back", {"case": str(made.case_id)}, follow=True)

    assert answer.redirect_chain[-1][0] == "/me/reports"
    assert "我也遇到了的" not in answer.content.decode()
    assert not MetToo.objects.exists()


def test_one_account_counts_once_on_all_its_devices(office: Office) -> None:
    made, account = office.report(), AccountFactory()
    phone, tablet = Client(), Client()
    for device in (phone, tablet):
        device.force_login(account)
    say(phone, made)
    assert "不重复计数" in say(tablet, made)
    assert MetToo.objects.count() == 1


def test_who_signs_in_later_is_told_and_counts_no_more(client: Client, office: Office) -> None:
    made, account = office.report(), AccountFactory()
    say(client, made)
    client.force_login(account)
    say(client, made)
    assert MetToo.objects.get().account_id == account.pk


def test_ones_own_report_is_not_met_too(client: Client, office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    made = office.report(actor=resident(account))
    client.force_login(account)
    assert "就是您报的" in say(client, made)
    assert not MetToo.objects.exists()


def test_it_is_an_event_that_names_nobody_and_replays(client: Client, office: Office) -> None:
    made = office.report()
    client.force_login(AccountFactory())
    say(client, made)
    last = list_occurrences(case_subject(made.case_id))[-1]
    assert last.event == OtherMetIt(count=1, due_at=last.event.due_at)  # type: ignore[attr-defined]
    assert last.actor.account_id is None
    assert replayed_state(made.case_id) == live_state(made.case_id)


def test_who_met_it_is_told_when_it_ends_and_when_it_is_taken_up_again(
    client: Client, office: Office
) -> None:
    made = office.play(to=Step.CLOSING)
    account = AccountFactory()
    client.force_login(account)
    say(client, made)
    assert made.number in client.get("/me/reports").content.decode()
    office.step_on(made.case_id, ActionName.CLOSE)
    form = ActionInput(note="又坏了")
    code, at = made.tracking_code, office.tick()
    act_by_code(code=code, action=ActionName.REOPEN, form=form, at=at)
    kinds = Notice.objects.filter(account=account).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["cases.closed_for_followers", "cases.reopened_for_followers"]


def test_a_closed_account_leaves_only_the_count(client: Client, office: Office) -> None:
    made, account = office.report(), AccountFactory()
    client.force_login(account)
    say(client, made)
    before = bytes(MetToo.objects.get().key)
    client.post("/me/close", {"sure": "on"})
    row = MetToo.objects.get()
    assert row.account_id is None
    assert bytes(row.key) != before


@pytest.mark.parametrize("case", ["", "no-id", "019a0000-0000-7000-8000-000000000009"])
def test_a_case_that_is_not_there_is_refused(client: Client, office: Office, case: str) -> None:
    answer = client.post("/near/met", {"case": case, "lon": "125.3", "lat": "43.8"})
    assert answer.status_code in (302, 404)
    assert not MetToo.objects.exists()


def test_a_point_that_is_none_is_told(client: Client, office: Office) -> None:
    assert client.get("/near", {"lon": "999", "lat": "43"}).status_code == 422
    assert client.get("/near", {"lon": "x", "lat": "y"}).status_code == 200


def test_one_address_does_not_say_it_without_end(office: Office) -> None:
    made = office.report()
    sent = {"case": str(made.case_id), **place_of(made)}
    answers = {Client().post("/near/met", sent).status_code for _visit in range(31)}
    assert answers == {302, 429}
    assert MetToo.objects.count() == 30
