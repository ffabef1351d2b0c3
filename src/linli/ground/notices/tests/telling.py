"""Telling somebody of a case, as the tests of deliveries do it."""

from __future__ import annotations

from typing import Any

from linli.ground.kernel.terms import Subject
from linli.ground.notices import services
from linli.ground.notices.models import Delivery
from linli.ground.notices.terms import Channel, Topic, Way
from linli.ground.people.models import Account
from linli.ground.people.tests.factories import NOW

CASE = Subject(kind="cases.Case", id="0193")


def tell(*accounts: Account, topic: Topic = Topic.WORK, **changes: Any) -> None:
    """Tell these accounts of a case under a topic."""
    asked: dict[str, Any] = {
        "account_ids": [account.pk for account in accounts],
        "kind": f"tests.{topic.value}",
        "subject": CASE,
        "params": {"number": "2026-0001234"},
        "at": NOW,
    }
    services.tell(**{**asked, **changes})


def choose(account: Account, channel: Channel, way: Way = Way.AT_ONCE) -> None:
    """Let somebody choose a way for work."""
    services.choose_ways(account_id=account.pk, ways={(Topic.WORK, channel): way})


def states() -> list[str]:
    """List the states of all deliveries."""
    return list(Delivery.objects.order_by("created_at", "id").values_list("state", flat=True))
