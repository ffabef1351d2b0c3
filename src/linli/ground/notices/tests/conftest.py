"""What the tests of notices share: a gateway on this machine, and jobs run by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from linli.ground.notices import rules
from linli.ground.notices.services.planning import plan_deliveries
from linli.ground.notices.services.sending import TryLater, deliver
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.models import Account
from linli.ground.people.tests.factories import AccountFactory

from .gateway import Gateway, gateway_running

Configure = Callable[..., None]
RunJobs = Callable[[datetime], list[int]]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Give a gateway that takes everything."""
    with gateway_running() as running:
        yield running


@pytest.fixture
def configure(settings: Settings) -> Configure:
    """Set up the ways out, all off but those that are named."""

    def set_up(**given: str) -> None:
        off = {"LINLI_SMS": "off", "LINLI_ROBOT": "off", "LINLI_EMAIL": "off"}
        settings.NOTICES = {**off, "LINLI_SITE": "https://linli.example", **given}

    set_up()
    return set_up


@pytest.fixture
def run_jobs(db: None) -> RunJobs:
    """Run the queued jobs of this room at an instant until none is left.

    Gives the seconds after which messages are to be tried again; those stay queued.
    """

    def run(at: datetime) -> list[int]:
        later: list[int] = []
        while job := ProcrastinateJob.objects.filter(status="todo").order_by("id").first():
            _take(job)
            try:
                _do(job.task_name, job.args, at)
            except TryLater as put_off:
                later.append(put_off.after_s)
        return later

    return run


def _take(job: ProcrastinateJob) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.id])


def _do(task: str, args: dict[str, Any], at: datetime) -> None:
    if task == "notices.plan":
        plan_deliveries(at=at, **args)
    elif task == "notices.deliver":
        deliver(delivery_id=UUID(args["delivery_id"]), at=at)


@pytest.fixture
def wordings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know one kind of each topic: `tests.work` and so on."""
    monkeypatch.setattr(rules, "_WORDINGS", {})
    rules.declare(
        {
            f"tests.{topic.value}": Wording(
                sentence="案件 %(number)s", address="/desk/cases/%(number)s/", topic=topic
            )
            for topic in Topic
        }
    )


@pytest.fixture
def handler(configure: Configure) -> Account:
    """Give a handler with telephone and e-mail; every way is off but what a test sets up."""
    return AccountFactory(handler=True, email="handler@example.org")


@pytest.fixture
def sms(configure: Configure, gateway: Gateway) -> Gateway:
    """Set up SMS through the gateway."""
    configure(
        LINLI_SMS="http",
        LINLI_SMS_URL=gateway.url,
        LINLI_SMS_KEY="k",
        LINLI_SMS_TEMPLATES="default=T1,digest=T3",
    )
    return gateway
