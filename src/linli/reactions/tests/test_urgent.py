"""Who is called out for urgent cases, and that nothing of a case or a person leaves the system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from linli.ground.notices.models import Alert, AlertCall, Delivery, Notice
from linli.ground.notices.services import choose_ways
from linli.ground.notices.services.planning import plan_deliveries, release_held
from linli.ground.notices.services.sending import deliver
from linli.ground.notices.terms import Channel, Topic, Way
from linli.ground.notices.tests.gateway import Gateway, gateway_running
from linli.ground.people.models import Account, DutyShift
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import middle
from linli.reactions.urgent import OVERDUE, UNACCEPTED, WAITING, call_out
from linli.spine.cases.services import mark_overdue, open_reporter, report_case
from linli.spine.cases.terms import ActionName, Contact, Point, Step
from linli.spine.cases.tests.factories import Office, make_office, new_report, resident

CANARIES = ("金丝雀", "13911112222", "7-7-777", "黄色小鸟", "十里长街", "canary")


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def on_duty(office: Office) -> Account:
    """Put the clerk on duty."""
    clerk = office.accounts[Role.INTAKE_CLERK]
    DutyShift.objects.create(
        street_code=office.place.street.code,
        role="centre",
        account=clerk,
        starts_at=office.at - timedelta(days=1),
        ends_at=office.at + timedelta(days=30),
    )
    return clerk


def kinds() -> list[tuple[str, bool]]:
    """List the alerts and whether they are open."""
    rows = Alert.objects.order_by("id").values_list("kind", "settled_at")
    return [(kind, settled_at is None) for kind, settled_at in rows]


def test_an_urgent_report_calls_the_one_on_duty(office: Office, on_duty: Account) -> None:
    office.report(is_urgent=True)
    office.report()
    for _ in range(2):
        call_out(at=office.tick())
    assert kinds() == [(WAITING, True)]
    assert list(AlertCall.objects.values_list("account_id", flat=True)) == [on_duty.pk]


def test_dispatched_and_unaccepted_calls_the_handlers_too(office: Office, on_duty: Account) -> None:
    reported = office.play(to=Step.ACCEPTING, is_urgent=True)
    call_out(at=office.tick())
    assert kinds() == [(UNACCEPTED, True)]
    called = set(AlertCall.objects.values_list("account_id", flat=True))
    assert called == {on_duty.pk, office.accounts[Role.HANDLER].pk}
    office.step_on(reported.case_id, ActionName.ACCEPT)
    call_out(at=office.tick())
    assert kinds() == [(UNACCEPTED, False)]


def test_each_step_that_waits_is_called_anew(office: Office, on_duty: Account) -> None:
    reported = office.report(is_urgent=True)
    call_out(at=office.tick())
    office.step_on(reported.case_id, ActionName.VERIFY)
    call_out(at=office.tick())
    assert [kind for kind, _ in kinds()] == [WAITING, WAITING]


def test_an_overdue_urgent_case_is_called(office: Office, on_duty: Account) -> None:
    office.play(to=Step.HANDLING, is_urgent=True)
    call_out(at=office.tick())
    assert kinds() == []
    call_out(at=office.tick(timedelta(days=2)))
    assert kinds() == [(OVERDUE, True)]


def test_what_is_not_urgent_or_long_past_calls_nobody(office: Office, on_duty: Account) -> None:
    office.report(is_urgent=True)
    office.report()
    call_out(at=office.tick(timedelta(days=4)))
    assert kinds() == []


@pytest.fixture
def gateways(settings: Settings) -> Iterator[tuple[Gateway, Gateway]]:
    """Set up SMS and robot through gateways on this machine, and e-mail."""
    with gateway_running() as sms, gateway_running() as robot:
        settings.NOTICES = {
            "LINLI_SITE": "https://linli.example",
            "LINLI_SMS": "http",
            "LINLI_SMS_URL": sms.url,
            "LINLI_SMS_KEY": "k",
            "LINLI_SMS_TEMPLATES": "default=T1",
            "LINLI_ROBOT": "wecom",
            "LINLI_ROBOT_URL": robot.url,
            "LINLI_QUIET_HOURS": "00:00-00:00",
        }
        yield sms, robot


def want_everything(accounts: list[Account], channels: tuple[Channel, ...]) -> None:
    """Let these accounts want every topic by every channel at once."""
    for account in accounts:
        Account.objects.filter(pk=account.pk).update(email=f"{account.login}@example.org")
        ways = {(topic, channel): Way.AT_ONCE for topic in Topic for channel in channels}
        choose_ways(account_id=account.pk, ways=ways)


def send_all(office: Office) -> None:
    """Run every queued job of the notices."""
    for job in ProcrastinateJob.objects.filter(task_name="notices.plan"):
        plan_deliveries(at=office.at, **job.args)
    release_held(at=office.at + timedelta(days=2))
    for job in ProcrastinateJob.objects.filter(task_name="notices.deliver"):
        deliver(delivery_id=UUID(job.args["delivery_id"]), at=office.at)


def test_nothing_of_the_case_or_the_reporter_leaves_the_system(
    office: Office, on_duty: Account, gateways: tuple[Gateway, Gateway]
) -> None:
    want_everything(list(office.accounts.values()), tuple(Channel))
    lon, lat = middle(0, 0)
    report = new_report(
        text="黄色小鸟 canary 叫个不停",
        is_urgent=True,
        point=Point(lon=lon, lat=lat),
        address="十里长街 7 号",
        contact=Contact(name="金丝雀", phone="13911112222", door="7-7-777"),
    )
    account = office.accounts[Role.RESIDENT]
    reported = report_case(report=report, actor=resident(account), at=office.tick())
    call_out(at=office.tick())
    for action in (ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH, ActionName.RETURN):
        send_all(office)
        office.step_on(reported.case_id, action)
        call_out(at=office.tick())
    send_all(office)
    office.step_on(reported.case_id, ActionName.RULE)
    office.act(reported.case_id, ActionName.CONTACT_REQUEST, Role.HANDLER, note="黄色小鸟？")
    clerk = office[Role.INTAKE_CLERK]
    open_reporter(case_id=reported.case_id, member=clerk, reason="canary", at=office.tick())
    send_all(office)
    mark_overdue(at=office.tick(timedelta(days=1)))
    call_out(at=office.tick())
    send_all(office)
    sms, robot = gateways
    payloads = [str(one) for one in (*sms.asked, *robot.asked)]
    payloads += [f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox]
    kept = [str(row) for model in (Notice, Alert, Delivery) for row in model.objects.values()]
    assert min(len(sms.asked), len(robot.asked), len(mail.outbox)) >= 5
    for canary in CANARIES:
        assert [one for one in [*payloads, *kept] if canary in one] == []
    for body in sms.bodies:
        assert set(body) == {"key", "phone", "template", "params"}
        assert set(body["params"]) == {"number", "link"}
