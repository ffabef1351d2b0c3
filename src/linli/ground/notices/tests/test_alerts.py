"""What is urgent: the one on duty first, then the stand-in, then one up, until it is known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from linli.ground.kernel.terms import Subject
from linli.ground.notices import queries, services
from linli.ground.notices.models import Alert, AlertCall, Delivery, Notice
from linli.ground.notices.terms import AlertLevel, Topic
from linli.ground.people.models import Account, DutyShift
from linli.ground.people.terms.duty import DutyRole
from linli.ground.people.tests.factories import NOW, AccountFactory
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import STREET_CODE, AreaFactory

from .conftest import Configure, RunJobs
from .gateway import Gateway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wordings")]
CASE = Subject(kind="cases.Case", id="0193")
FIVE = timedelta(minutes=5)


@pytest.fixture
def street(configure: Configure) -> Area:
    return AreaFactory(code=STREET_CODE)


def put_on_duty(account: Account, role: DutyRole) -> Account:
    """Put somebody on duty today."""
    DutyShift.objects.create(
        street_code=STREET_CODE,
        role=role.value,
        account=account,
        starts_at=NOW - timedelta(hours=8),
        ends_at=NOW + timedelta(hours=16),
    )
    return account


@pytest.fixture
def centre(street: Area) -> Account:
    return put_on_duty(AccountFactory(intake_clerk=True, street=street), DutyRole.CENTRE)


@pytest.fixture
def stand_in(street: Area) -> Account:
    return put_on_duty(AccountFactory(dispatcher=True, street=street), DutyRole.STAND_IN)


@pytest.fixture
def leader(street: Area) -> Account:
    return put_on_duty(AccountFactory(street_leader=True, street=street), DutyRole.LEADER)


def raise_alert(*account_ids: int, at: datetime = NOW, **changes: Any) -> Alert:
    """Raise an alert in the street."""
    asked: dict[str, Any] = {
        "account_ids": account_ids,
        "kind": f"tests.{Topic.URGENT.value}",
        "subject": CASE,
        "params": {"number": "2026-0001234"},
        "urgent": True,
        "street_code": STREET_CODE,
        "at": at,
    }
    services.tell(**{**asked, **changes})
    return Alert.objects.latest("id")


def called() -> list[tuple[str, int | None]]:
    """List who was called as what, in order."""
    return list(AlertCall.objects.order_by("id").values_list("level", "account_id"))


def test_the_call_goes_up_step_by_step_until_nobody_is_left(
    centre: Account, stand_in: Account, leader: Account
) -> None:
    raise_alert()
    for number in range(1, 9):
        services.call_again(at=NOW + number * FIVE)
    assert called() == [
        ("on_duty", centre.pk),
        ("on_duty", centre.pk),
        ("stand_in", stand_in.pk),
        ("stand_in", stand_in.pk),
        ("above", leader.pk),
        ("above", leader.pk),
    ]
    alert = Alert.objects.get()
    assert (alert.next_at, alert.acknowledged_at) == (None, None)
    assert [one.id for one in queries.list_open_alerts([STREET_CODE])] == [alert.pk]


def test_it_is_repeated_at_its_interval_and_not_before(centre: Account) -> None:
    raise_alert()
    assert services.call_again(at=NOW + FIVE - timedelta(seconds=1)) == 0
    assert [services.call_again(at=NOW + FIVE), services.call_again(at=NOW + FIVE)] == [1, 0]


def test_interval_and_number_are_settings(
    centre: Account, stand_in: Account, configure: Configure
) -> None:
    configure(LINLI_URGENT_MINUTES="1", LINLI_URGENT_TIMES="1")
    raise_alert()
    services.call_again(at=NOW + timedelta(minutes=1))
    assert called() == [("on_duty", centre.pk), ("stand_in", stand_in.pk)]


def test_acknowledging_ends_the_calls(centre: Account, stand_in: Account) -> None:
    raise_alert()
    [notice] = queries.list_calling(centre.pk)
    assert services.acknowledge(account_id=centre.pk, notice_id=notice.id, at=NOW + FIVE)
    assert services.call_again(at=NOW + 3 * FIVE) == 0
    assert queries.list_calling(centre.pk) == []
    assert called() == [("on_duty", centre.pk)]
    assert not services.acknowledge(account_id=centre.pk, notice_id=notice.id, at=NOW + FIVE)
    seen = queries.find_alert(Alert.objects.get().pk)
    assert seen is not None
    assert (seen.acknowledged_by_id, seen.acknowledged_at) == (centre.pk, NOW + FIVE)
    assert seen.calls[0].read_at == NOW + FIVE


def test_nobody_acknowledges_what_was_told_to_another(centre: Account) -> None:
    raise_alert()
    [notice] = queries.list_calling(centre.pk)
    stranger = AccountFactory()
    assert not services.acknowledge(account_id=stranger.pk, notice_id=notice.id, at=NOW)
    assert Alert.objects.get().acknowledged_at is None


def test_reading_alone_does_not_end_the_calls(centre: Account) -> None:
    raise_alert()
    services.mark_read(account_id=centre.pk, at=NOW)
    assert services.call_again(at=NOW + FIVE) == 1


def test_a_gap_in_the_roster_leads_to_the_next_level(leader: Account) -> None:
    raise_alert()
    assert called() == [("on_duty", None), ("stand_in", None), ("above", leader.pk)]


def test_without_a_roster_shift_leader_and_street_leader_are_called(street: Area) -> None:
    above = {
        AccountFactory(shift_leader=True, street=street).pk,
        AccountFactory(street_leader=True, street=street).pk,
    }
    raise_alert()
    reached = {one for level, one in called() if level == AlertLevel.ABOVE.value}
    assert reached == above


def test_with_nobody_at_all_it_stays_open_and_is_shown(street: Area) -> None:
    alert = raise_alert()
    assert alert.next_at is None
    assert called()[-1] == ("above", None)
    assert queries.list_open_alerts([STREET_CODE])


def test_those_it_concerns_are_called_with_the_one_on_duty(
    centre: Account, stand_in: Account
) -> None:
    handler = AccountFactory(handler=True)
    raise_alert(handler.pk)
    assert {one for _, one in called()} == {handler.pk, centre.pk}
    services.call_again(at=NOW + FIVE)
    assert called()[2:] == [("on_duty", centre.pk)]


def test_raised_twice_it_is_called_once(centre: Account) -> None:
    for _ in range(3):
        raise_alert()
    assert called() == [("on_duty", centre.pk)]


def test_a_matter_that_moved_on_calls_nobody_any_more(centre: Account) -> None:
    raise_alert()
    assert services.settle_alerts(subject=CASE, at=NOW, kind="tests.other") == 0
    assert services.settle_alerts(subject=CASE, at=NOW) == 1
    assert services.call_again(at=NOW + FIVE) == 0
    assert queries.list_open_alerts([STREET_CODE]) == []


def test_urgent_messages_break_quiet_hours_and_go_again_with_every_call(
    centre: Account, configure: Configure, gateway: Gateway, run_jobs: RunJobs
) -> None:
    configure(
        LINLI_SMS="http",
        LINLI_SMS_URL=gateway.url,
        LINLI_SMS_KEY="k",
        LINLI_SMS_TEMPLATES="default=T1,urgent=T9",
        LINLI_QUIET_HOURS="00:00-23:59",
    )
    raise_alert()
    run_jobs(NOW)
    services.call_again(at=NOW + FIVE)
    run_jobs(NOW + FIVE)
    assert [body["template"] for body in gateway.bodies] == ["T9", "T9"]
    assert gateway.messages_sent == 2
    assert Notice.objects.count() == 1


def test_a_message_not_sent_yet_is_dropped_when_it_is_known(
    centre: Account, configure: Configure, gateway: Gateway, run_jobs: RunJobs
) -> None:
    configure(LINLI_ROBOT="wecom", LINLI_ROBOT_URL=gateway.url)
    raise_alert()
    [notice] = queries.list_calling(centre.pk)
    services.acknowledge(account_id=centre.pk, notice_id=notice.id, at=NOW)
    run_jobs(NOW)
    assert gateway.asked == []
    assert Delivery.objects.get().state == "needless"


def test_one_click_in_bell_and_page_acknowledges(centre: Account, client: Client) -> None:
    raise_alert()
    client.force_login(centre)
    bell = client.get("/notices/?part=bell", headers={"hx-request": "true"}).content.decode()
    [notice] = queries.list_calling(centre.pk)
    address = f"/notices/{notice.id}/acknowledge"
    assert address in bell
    assert address in client.get("/notices/").content.decode()
    assert client.post(address).status_code == 302
    assert address not in client.get("/notices/").content.decode()
    log = client.get(f"/notices/{notice.id}/reached").content.decode()
    assert "值班人员" in log
    assert centre.get_full_name() in log


def test_the_log_is_closed_to_those_who_were_not_called(centre: Account, client: Client) -> None:
    raise_alert()
    [notice] = queries.list_calling(centre.pk)
    client.force_login(AccountFactory())
    assert client.get(f"/notices/{notice.id}/reached").status_code == 404
    assert client.post(f"/notices/{notice.id}/acknowledge").status_code == 302
    assert Alert.objects.get().acknowledged_at is None


def test_the_bell_shows_one_call_and_leaves_the_page_of_notices_to_itself(
    centre: Account, client: Client
) -> None:
    raise_alert()
    raise_alert(subject=Subject(kind="cases.Case", id="another"))
    client.force_login(centre)
    asked = {"hx-request": "true", "hx-current-url": "http://testserver/desk/cases/"}
    bell = client.get("/notices/?part=bell", headers=asked).content.decode()
    assert bell.count("/acknowledge") == 1
    assert "还有 1 条急报没有人知悉" in bell
    there = asked | {"hx-current-url": "http://testserver/notices/?show=urgent"}
    assert "/acknowledge" not in client.get("/notices/?part=bell", headers=there).content.decode()
