"""What leaves the system for a notice, to whom, by which channel and when; each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.ids import new_id
from linli.ground.notices.configuration import Configuration, configured
from linli.ground.notices.models import AlertCall, Delivery, Notice
from linli.ground.notices.queries.choices import list_choices
from linli.ground.notices.queries.quiet import get_quiet
from linli.ground.notices.rules import wording_of
from linli.ground.notices.sending_rules import STALE, choose_way, next_digest, quiet_until
from linli.ground.notices.terms import Channel, Choices, DeliveryState, Quiet, Topic, Way
from linli.ground.people.queries import find_member
from linli.ground.people.queries.contacts import find_contact
from linli.ground.people.terms import Member

GROUP = "group"
MANY = 500


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One who is told: who they are, what they chose, and whether they can be reached."""

    member: Member
    choices: Choices
    has_phone: bool
    has_email: bool

    @property
    def zone(self) -> str:
        """The time zone of the reader's first post, else the house's."""
        streets = self.member.street_codes
        return get_calendar(streets[0]).zone if streets else settings.TIME_ZONE

    @property
    def usual_quiet(self) -> Quiet:
        """The quiet hours of those who chose none: the sub-district's, else the house's."""
        return get_quiet(self.member.street_codes)

    def can_get(self, channel: Channel) -> bool:
        """Whether the channel reaches this reader; a robot speaks only to staff."""
        reached = {
            Channel.EMAIL: self.has_email,
            Channel.SMS: self.has_phone,
            Channel.ROBOT: self.member.is_staff,
        }
        return reached[channel]


@transaction.atomic
def plan_deliveries(*, key: str, at: datetime, call: int = 0) -> None:
    """Plan once what leaves the system for the notices of this key; may be called again.

    Args:
        call: number of the call of an urgent notice; each one is sent anew.
    """
    notices = list(_notices(key, call, at))
    choices = list_choices(notice.account_id for notice in notices)
    rows = [
        row
        for notice in notices
        if (reader := _reader(notice, choices, at)) is not None
        for row in _rows(notice, reader, call, at)
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    deliver_later(row.id for row in rows if row.state == DeliveryState.WAITING.value)


def plan_recent(*, at: datetime, most: int) -> None:
    """Plan the newest notices anew, as after a channel was set up; what was planned stays.

    Args:
        most: how many keys at most.
    """
    rows = Notice.objects.filter(created_at__gte=at - STALE, alert=None).order_by("-created_at")
    keys = dict.fromkeys(rows.values_list("key", flat=True)[: 20 * most])
    for key in list(keys)[:most]:
        plan_deliveries(key=key, at=at)


@transaction.atomic
def release_held(*, at: datetime) -> int:
    """Let go what waited for the end of quiet hours, and make the digests that are due.

    Returns:
        How many messages go.
    """
    due = Delivery.objects.select_for_update(skip_locked=True).filter(
        state=DeliveryState.HELD.value, send_after__lte=at, digest=None
    )
    rows = list(due.order_by("recipient", "channel", "created_at")[:MANY])
    single = [row.id for row in rows if not row.in_digest]
    Delivery.objects.filter(id__in=single).update(state=DeliveryState.WAITING.value)
    parts = [row for row in rows if row.in_digest]
    digests = [
        _digest(list(group), at)
        for _, group in groupby(parts, key=lambda row: (row.recipient, row.channel))
    ]
    deliver_later([*single, *digests])
    return len(single) + len(digests)


def deliver_later(delivery_ids: Iterable[UUID]) -> None:
    """Queue a job for each message; one message is never in two hands at once."""
    from linli.ground.notices.jobs import deliver

    for delivery_id in delivery_ids:
        deliver.configure(lock=f"notices.deliver:{delivery_id}").defer(delivery_id=str(delivery_id))


def _notices(key: str, call: int, at: datetime) -> Iterable[Notice]:
    rows = Notice.objects.filter(key=key).filter(
        Q(alert=None, created_at__gte=at - STALE) | Q(alert__isnull=False)
    )
    called = AlertCall.objects.filter(alert__key=key, round=call, account__isnull=False)
    return rows.filter(Q(alert=None) | Q(account_id__in=called.values("account_id"))).order_by("id")


def _reader(notice: Notice, choices: dict[int, Choices], at: datetime) -> Reader | None:
    member = find_member(notice.account_id, at)
    contact = find_contact(notice.account_id)
    if member is None or contact is None:
        return None
    return Reader(
        member=member,
        choices=choices[notice.account_id],
        has_phone=bool(contact.phone),
        has_email=bool(contact.email),
    )


def _rows(notice: Notice, reader: Reader, call: int, at: datetime) -> Iterator[Delivery]:
    is_urgent = notice.alert_id is not None
    topic = Topic.URGENT if is_urgent else wording_of(notice.kind).topic
    configuration = configured()
    for channel in Channel:
        way = choose_way(reader.choices, reader.member.roles, topic, channel)
        if way is Way.OFF or not configuration.is_on(channel) or not reader.can_get(channel):
            continue
        row = _row(notice, channel, topic, call, at)
        in_digest = way is Way.DIGEST and channel is not Channel.ROBOT
        if not is_urgent:
            _hold(row, reader, configuration, in_digest=in_digest)
        yield row


def _row(notice: Notice, channel: Channel, topic: Topic, call: int, at: datetime) -> Delivery:
    to_group = channel is Channel.ROBOT
    return Delivery(
        id=new_id(),
        notice=notice,
        account_id=None if to_group else notice.account_id,
        recipient=GROUP if to_group else str(notice.account_id),
        channel=channel.value,
        key=f"{notice.key}#{call}",
        topic=topic.value,
        state=DeliveryState.WAITING.value,
        round=call,
        is_urgent=notice.alert_id is not None,
        created_at=at,
    )


def _hold(row: Delivery, reader: Reader, configuration: Configuration, *, in_digest: bool) -> None:
    usual = reader.usual_quiet
    chosen = reader.choices.quiet if reader.choices.is_quiet_chosen else usual
    quiet = usual if row.channel == Channel.ROBOT else chosen
    if in_digest:
        row.in_digest = True
        after = next_digest(row.created_at, configuration.digest_times, reader.zone)
        row.send_after = quiet_until(after, quiet, reader.zone) or after
    else:
        row.send_after = quiet_until(row.created_at, quiet, reader.zone)
    if row.send_after is not None:
        row.state = DeliveryState.HELD.value


def _digest(parts: Sequence[Delivery], at: datetime) -> UUID:
    """Make the one message that stands for these, once for each of the digest's times."""
    first = parts[0]
    made = Delivery(
        id=new_id(),
        account_id=first.account_id,
        recipient=first.recipient,
        channel=first.channel,
        key=f"digest:{first.id}",
        topic=Topic.OTHER.value,
        state=DeliveryState.WAITING.value,
        in_digest=True,
        created_at=at,
    )
    made.save(force_insert=True)
    Delivery.objects.filter(id__in=[part.id for part in parts]).update(digest=made)
    return made.id
