"""Each message goes once, by the reader's choice, also when a worker dies."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.ground.notices import sending_rules, services
from linli.ground.notices.models import Delivery, Notice
from linli.ground.notices.services.planning import deliver_later, plan_deliveries
from linli.ground.notices.services.sending import deliver
from linli.ground.notices.terms import Channel, DeliveryState, Topic, Way
from linli.ground.people.models import Account
from linli.ground.people.tests.factories import NOW, AccountFactory

from .conftest import Configure, RunJobs
from .gateway import Gateway, Reply
from .telling import choose, states, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wordings")]


@pytest.fixture
def robot(configure: Configure, gateway: Gateway) -> Gateway:
    """Set up the robot of the work group."""
    configure(LINLI_ROBOT="wecom", LINLI_ROBOT_URL=gateway.url)
    return gateway


def test_the_telling_itself_sends_nothing(handler: Account, sms: Gateway) -> None:
    choose(handler, Channel.SMS)
    tell(handler)
    assert sms.asked == []
    assert Delivery.objects.count() == 0
    assert ProcrastinateJob.objects.filter(task_name="notices.plan").count() == 1


def test_a_message_goes_by_the_chosen_way(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    tell(handler)
    assert run_jobs(NOW) == []
    [notice] = Notice.objects.all()
    [body] = sms.bodies
    assert body["params"] == {
        "number": "2026-0001234",
        "link": f"https://linli.example/notices/{notice.pk}",
    }
    [delivery] = Delivery.objects.all()
    assert (delivery.state, delivery.tries, delivery.sent_at) == ("sent", 1, NOW)


def test_nothing_goes_twice(handler: Account, sms: Gateway, run_jobs: RunJobs) -> None:
    choose(handler, Channel.SMS)
    for _ in range(3):
        tell(handler)
        run_jobs(NOW)
    plan_deliveries(key=Notice.objects.get().key, at=NOW)
    deliver(delivery_id=Delivery.objects.get().id, at=NOW)
    assert len(sms.asked) == 1


def test_the_group_hears_a_thing_once_however_many_are_told(
    handler: Account, robot: Gateway, run_jobs: RunJobs
) -> None:
    tell(handler, AccountFactory(handler=True), AccountFactory(handler=True))
    run_jobs(NOW)
    [body] = robot.bodies
    assert body["text"]["content"] == (
        "【邻里】交给我办的事 2026-0001234\nhttps://linli.example/desk/cases/2026-0001234/"
    )


def test_the_group_hears_nothing_of_what_somebody_reported(
    handler: Account, robot: Gateway, run_jobs: RunJobs
) -> None:
    services.choose_ways(account_id=handler.pk, ways={(Topic.OWN, Channel.ROBOT): Way.AT_ONCE})
    tell(handler, AccountFactory(), topic=Topic.OWN)
    run_jobs(NOW)
    assert robot.asked == []


def test_a_resident_gets_an_email_in_their_language(
    configure: Configure, run_jobs: RunJobs
) -> None:
    configure(LINLI_EMAIL="on")
    tell(AccountFactory(email="r@example.org", language="en"), topic=Topic.OWN)
    run_jobs(NOW)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["r@example.org"], "[Linli] What I reported 2026-0001234")


def test_who_cannot_be_reached_is_planned_nothing(configure: Configure, run_jobs: RunJobs) -> None:
    configure(LINLI_EMAIL="on", LINLI_SMS="console")
    unreachable = AccountFactory(handler=True, person__phone="")
    choose(unreachable, Channel.SMS)
    tell(unreachable)
    run_jobs(NOW)
    assert states() == []


def test_what_fails_is_tried_again_later_and_later(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    sms.answer(Reply(status=500), Reply(status=429, headers=(("Retry-After", "300"),)), Reply())
    tell(handler)
    assert run_jobs(NOW) == [30]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.fault) == ("waiting", 1, "notices.broken")
    deliver_later([delivery.id])
    assert run_jobs(NOW) == [300]
    deliver_later([delivery.id])
    assert run_jobs(NOW) == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.fault) == ("sent", 3, "")
    assert sms.messages_sent == 1


def test_it_is_given_up_after_many_tries(handler: Account, sms: Gateway, run_jobs: RunJobs) -> None:
    choose(handler, Channel.SMS)
    sms.answer(Reply(status=500))
    tell(handler)
    waits = run_jobs(NOW)
    while Delivery.objects.get().state == DeliveryState.WAITING.value:
        deliver_later([Delivery.objects.get().id])
        waits += run_jobs(NOW)
    assert len(sms.asked) == sending_rules.MOST_TRIES
    assert waits == sorted(waits)
    assert Delivery.objects.get().state == "failed"


def test_a_refusal_is_final_and_kept_in_words(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    sms.answer(Reply(status=403))
    tell(handler)
    assert run_jobs(NOW) == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.fault_params) == ("failed", {"status": 403})


def test_a_channel_that_became_unfit_fails_in_words(
    handler: Account, sms: Gateway, configure: Configure, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    tell(handler)
    plan_deliveries(key=Notice.objects.get().key, at=NOW)
    configure(LINLI_SMS="http", LINLI_SMS_URL=sms.url)
    deliver(delivery_id=Delivery.objects.get().id, at=NOW)
    delivery = Delivery.objects.get()
    assert delivery.fault == "notices.unfit"
    assert delivery.fault_params == {"setting": "LINLI_SMS_KEY"}


class Killed(BaseException):
    """The worker is gone between sending and marking."""


def kill_after_sending(monkeypatch: pytest.MonkeyPatch, delivery_id: UUID) -> None:
    """Send a message and die before it is marked."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("linli.ground.notices.services.sending._finish", die)
        with pytest.raises(Killed):
            deliver(delivery_id=delivery_id, at=NOW)


def test_a_worker_killed_after_sending_sends_the_same_key_again(
    handler: Account, sms: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(handler, Channel.SMS)
    tell(handler)
    plan_deliveries(key=Notice.objects.get().key, at=NOW)
    delivery = Delivery.objects.get()
    kill_after_sending(monkeypatch, delivery.id)
    deliver(delivery_id=delivery.id, at=NOW)
    assert len(sms.asked) == 2
    assert sms.messages_sent == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("sent", 2)


def test_where_keys_are_not_kept_nobody_is_disturbed_twice(
    handler: Account, robot: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(handler)
    plan_deliveries(key=Notice.objects.get().key, at=NOW)
    delivery = Delivery.objects.get()
    kill_after_sending(monkeypatch, delivery.id)
    deliver(delivery_id=delivery.id, at=NOW)
    assert len(robot.asked) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.fault) == ("failed", "notices.outcome_unknown")


def test_what_was_read_meanwhile_is_not_sent(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    tell(handler)
    services.mark_read(account_id=handler.pk, at=NOW)
    run_jobs(NOW)
    assert sms.asked == []
    assert states() == ["needless"]


def test_what_was_told_long_ago_does_not_leave_the_system(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    tell(handler, at=NOW - timedelta(days=2))
    run_jobs(NOW)
    assert states() == []


def test_laid_history_stays_within(handler: Account) -> None:
    with services.told_within_only():
        tell(handler)
    assert Notice.objects.count() == 1
    assert not ProcrastinateJob.objects.exists()


def test_what_was_read_a_year_ago_is_forgotten(handler: Account) -> None:
    tell(handler)
    services.mark_read(account_id=handler.pk, at=NOW)
    assert services.forget_old(at=NOW + timedelta(days=300)) == 0
    assert services.forget_old(at=NOW + timedelta(days=366)) == 1


def test_waits_grow_to_an_hour_at_most() -> None:
    waits = [sending_rules.wait_before(tries) for tries in range(1, 12)]
    assert waits[:3] == [30, 60, 120]
    assert waits == sorted(waits)
    assert waits[-1] == sending_rules.LONGEST_WAIT_S
