"""Urgent matters and who was reached when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from linli.ground.kernel.compiled import Compiled
from linli.ground.notices.models import Alert, AlertCall, Delivery, Notice
from linli.ground.notices.terms import (
    AlertLevel,
    AlertView,
    CallLine,
    Channel,
    DeliveryState,
    DeliveryView,
)

MOST_OPEN = 20
_Deliveries = dict[tuple[int | None, int], list[DeliveryView]]


def find_alert(alert_id: int) -> AlertView | None:
    """Find one alert with every call, who read it and what was sent, in four statements."""
    alert = Alert.objects.filter(id=alert_id).first()
    if alert is None:
        return None
    read = dict(Notice.objects.filter(alert=alert).values_list("account_id", "read_at"))
    sent = _deliveries(alert)
    calls = AlertCall.objects.filter(alert=alert).order_by("called_at", "id")
    return _view(alert, tuple(_line(call, read, sent) for call in calls))


def list_open_alerts(street_codes: Iterable[str]) -> list[AlertView]:
    """List the alerts of these streets that are open, oldest first, without their calls."""
    return [_view(row, ()) for row in _OPEN.rows(codes=list(street_codes))]


_OPEN = Compiled(
    lambda codes: Alert.objects.filter(
        street_code__among=codes, acknowledged_at=None, settled_at=None
    ).order_by("created_at", "id")[:MOST_OPEN]
)


def list_open_subjects(*, kind: str, subject_kind: str) -> list[str]:
    """List the ids of the matters for which an alert of this kind is open."""
    rows = Alert.objects.filter(
        kind=kind, subject_kind=subject_kind, acknowledged_at=None, settled_at=None
    )
    return list(rows.values_list("subject_id", flat=True).distinct())


def _deliveries(alert: Alert) -> _Deliveries:
    found: _Deliveries = defaultdict(list)
    for row in Delivery.objects.filter(notice__alert=alert).order_by("created_at", "channel"):
        found[row.account_id, row.round].append(
            DeliveryView(
                channel=Channel(row.channel),
                state=DeliveryState(row.state),
                round=row.round,
                tries=row.tries,
                fault=row.fault,
                fault_params=row.fault_params,
                sent_at=row.sent_at,
            )
        )
    return found


def _line(call: AlertCall, read: dict[int, datetime | None], sent: _Deliveries) -> CallLine:
    return CallLine(
        level=AlertLevel(call.level),
        round=call.round,
        account_id=call.account_id,
        called_at=call.called_at,
        read_at=read.get(call.account_id) if call.account_id else None,
        deliveries=tuple(sent.get((call.account_id, call.round), ())) if call.account_id else (),
    )


def _view(alert: Alert, calls: tuple[CallLine, ...]) -> AlertView:
    return AlertView(
        id=alert.pk,
        kind=alert.kind,
        params=alert.params,
        street_code=alert.street_code,
        created_at=alert.created_at,
        next_at=alert.next_at,
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by_id=alert.acknowledged_by_id,
        settled_at=alert.settled_at,
        calls=calls,
    )
