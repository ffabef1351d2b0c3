"""What somebody chooses: by which ways they are told, and when they want quiet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from linli.ground.notices.models import Preference, QuietHours
from linli.ground.notices.sending_rules import ALWAYS, NEVER
from linli.ground.notices.terms import Channel, Topic, Way


@transaction.atomic
def choose_ways(*, account_id: int, ways: Mapping[tuple[Topic, Channel], Way]) -> None:
    """Choose the ways of these topics and channels; what can't be chosen is left as it is."""
    for (topic, channel), way in ways.items():
        if (topic, channel) in ALWAYS | NEVER:
            continue
        Preference.objects.update_or_create(
            account_id=account_id,
            topic=topic.value,
            channel=channel.value,
            defaults={"way": way.value},
        )


def choose_quiet(*, account_id: int, starts: time, ends: time) -> None:
    """Choose quiet hours in local time; equal times mean that nothing is held back."""
    QuietHours.objects.update_or_create(
        account_id=account_id, defaults={"starts": starts, "ends": ends}
    )
