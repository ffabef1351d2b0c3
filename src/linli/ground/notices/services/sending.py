"""One message handed to its adaptor: begun, sent, marked; what is cut off between is known."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.ground.notices.channels import Adaptor, SendAgain, SendRefused, adaptor_for
from linli.ground.notices.channels.faults import Unsent
from linli.ground.notices.configuration import UnfitConfiguration, configured
from linli.ground.notices.models import Delivery, Notice
from linli.ground.notices.sending_rules import MOST_TRIES, wait_before
from linli.ground.notices.terms import Channel, DeliveryState, Message
from linli.ground.notices.writing import write_digest, write_message


class TryLater(Exception):
    """The message did not go and is to be tried again.

    Args:
        after_s: seconds to wait first.
    """

    def __init__(self, after_s: int) -> None:
        self.after_s = after_s
        super().__init__(f"again in {after_s} s")


def deliver(*, delivery_id: UUID, at: datetime) -> None:
    """Send one message unless that was done, or is needless by now.

    A try that was cut off (the worker was killed between sending and marking) is known by
    `begun_at`. It is repeated where the other side drops a key it has seen, and where it is
    urgent; else it is left, since nobody knows whether it arrived.

    Raises:
        TryLater: when it is to be tried again.
    """
    begun = _begin(delivery_id, at)
    if begun is None:
        return
    adaptor, message = begun
    try:
        adaptor.send(message)
    except SendAgain as fault:
        _put_off(delivery_id, fault)
    except SendRefused as fault:
        _fail(delivery_id, fault)
    else:
        _finish(delivery_id, DeliveryState.SENT, at)


@transaction.atomic
def _begin(delivery_id: UUID, at: datetime) -> tuple[Adaptor, Message] | None:
    row = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("notice__alert")
        .filter(id=delivery_id, state=DeliveryState.WAITING.value)
        .first()
    )
    if row is None:
        return None
    try:
        adaptor = _adaptor(row)
        message = _message(row)
    except SendRefused as fault:
        _fail(delivery_id, fault)
        return None
    if message is None:
        _finish(delivery_id, DeliveryState.NEEDLESS, at)
        return None
    Delivery.objects.filter(id=row.id).update(begun_at=at, tries=row.tries + 1)
    return adaptor, message


def _adaptor(row: Delivery) -> Adaptor:
    try:
        configuration = configured()
    except UnfitConfiguration as error:
        setting = str(error.params.get("name", "LINLI_SMS_TEMPLATES"))
        raise SendRefused("notices.unfit", setting=setting) from error
    channel = Channel(row.channel)
    if not configuration.is_on(channel):
        raise SendRefused("notices.switched_off")
    adaptor = adaptor_for(channel, configuration)
    if row.begun_at is not None and not adaptor.keeps_keys and not row.is_urgent:
        raise SendRefused("notices.outcome_unknown")
    return adaptor


def _message(row: Delivery) -> Message | None:
    """Write the message, or None when it is needless by now."""
    if row.notice is None:
        parts = Notice.objects.filter(deliveries__digest_id=row.id, read_at=None)
        unread = list(parts.order_by("created_at", "id"))
        return write_digest(row, unread) if unread else None
    return None if _is_known(row.notice) else write_message(row, row.notice)


def _is_known(notice: Notice) -> bool:
    """Tell whether the notice was read; an urgent one, whether it is over."""
    if notice.alert is None:
        return notice.read_at is not None
    return notice.alert.acknowledged_at is not None or notice.alert.settled_at is not None


def _finish(delivery_id: UUID, state: DeliveryState, at: datetime) -> None:
    sent_at = at if state is DeliveryState.SENT else None
    _with_parts(delivery_id).update(
        state=state.value, sent_at=sent_at, begun_at=None, fault="", fault_params={}
    )


def _put_off(delivery_id: UUID, fault: SendAgain) -> None:
    tries = Delivery.objects.values_list("tries", flat=True).get(id=delivery_id)
    if tries >= MOST_TRIES:
        _fail(delivery_id, fault)
        return
    Delivery.objects.filter(id=delivery_id).update(
        begun_at=None, fault=fault.code, fault_params=fault.params
    )
    raise TryLater(wait_before(tries, fault.after_s))


def _fail(delivery_id: UUID, fault: Unsent) -> None:
    _with_parts(delivery_id).update(
        state=DeliveryState.FAILED.value,
        begun_at=None,
        fault=fault.code,
        fault_params=fault.params,
    )


def _with_parts(delivery_id: UUID) -> QuerySet[Delivery]:
    return Delivery.objects.filter(Q(id=delivery_id) | Q(digest_id=delivery_id))
