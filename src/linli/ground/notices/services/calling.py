"""Urgent matters: called out again and again, the one on duty first, until acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from linli.ground.kernel.terms import Subject
from linli.ground.notices.configuration import configured
from linli.ground.notices.models import Alert, AlertCall, Delivery, Notice
from linli.ground.notices.sending_rules import next_level
from linli.ground.notices.terms import AlertLevel, DeliveryState
from linli.ground.people.queries import list_account_ids
from linli.ground.people.queries.duty import on_duty
from linli.ground.people.terms import Role
from linli.ground.people.terms.duty import DutyRole

MANY = 100
_ON_ROSTER = {
    AlertLevel.ON_DUTY: DutyRole.CENTRE,
    AlertLevel.STAND_IN: DutyRole.STAND_IN,
    AlertLevel.ABOVE: DutyRole.LEADER,
}
_ABOVE = (Role.SHIFT_LEADER, Role.STREET_LEADER)


def raise_alert(
    *,
    account_ids: Iterable[int],
    kind: str,
    subject: Subject,
    params: Mapping[str, str | int],
    street_code: str,
    key: str,
    at: datetime,
    calls_out: bool = True,
) -> None:
    """Raise an alert once and make its first call, in the caller's transaction.

    Args:
        calls_out: without it the alert stays within the system and is not repeated.
    """
    alert = Alert(
        kind=kind,
        params=dict(params),
        subject_kind=subject.kind,
        subject_id=subject.id,
        key=key,
        street_code=street_code,
        level=AlertLevel.ON_DUTY.value,
        created_at=at,
    )
    Alert.objects.bulk_create([alert], ignore_conflicts=True)
    raised = Alert.objects.select_for_update().get(key=key)
    if raised.round == 0 and not raised.calls.exists():
        _call(raised, at=at, besides=list(account_ids), calls_out=calls_out)


def call_again(*, at: datetime) -> int:
    """Make the next call of every alert that nobody has acknowledged; return how many."""
    with transaction.atomic():
        due = Alert.objects.select_for_update(skip_locked=True).filter(next_at__lte=at)
        alerts = list(due.order_by("next_at")[:MANY])
        for alert in alerts:
            _call_next(alert, at)
    return len(alerts)


@transaction.atomic
def acknowledge(*, account_id: int, notice_id: int, at: datetime) -> bool:
    """Say that somebody who was called knows of it; all calls end.

    Returns:
        False when it is no urgent notice of this account, or was over already.
    """
    notice = Notice.objects.filter(id=notice_id, account_id=account_id).first()
    if notice is None or notice.alert_id is None:
        return False
    alert = Alert.objects.select_for_update().get(id=notice.alert_id)
    Notice.objects.filter(id=notice_id, read_at=None).update(read_at=at)
    if alert.acknowledged_at is not None or alert.settled_at is not None:
        return False
    alert.acknowledged_at, alert.acknowledged_by_id, alert.next_at = at, account_id, None
    alert.save(update_fields=["acknowledged_at", "acknowledged_by", "next_at"])
    _drop_waiting([alert.pk])
    return True


@transaction.atomic
def settle_alerts(*, subject: Subject, at: datetime, kind: str = "") -> int:
    """End the open alerts of a matter that has moved on; return how many.

    Args:
        kind: only alerts of this kind.
    """
    rows = Alert.objects.select_for_update().filter(
        subject_kind=subject.kind,
        subject_id=subject.id,
        acknowledged_at=None,
        settled_at=None,
        **({"kind": kind} if kind else {}),
    )
    ids = [row.pk for row in rows]
    Alert.objects.filter(id__in=ids).update(settled_at=at, next_at=None)
    _drop_waiting(ids)
    return len(ids)


def _call_next(alert: Alert, at: datetime) -> None:
    alert.round += 1
    level: AlertLevel | None = AlertLevel(alert.level)
    if alert.calls_at_level >= configured().urgent_times:
        level = next_level(AlertLevel(alert.level))
        alert.calls_at_level = 0
    if level is None:
        alert.next_at = None
        alert.save(update_fields=["next_at"])
        return
    alert.level = level.value
    _call(alert, at=at)


def _call(
    alert: Alert, *, at: datetime, besides: Iterable[int] = (), calls_out: bool = True
) -> None:
    """Call the people of the alert's level; where nobody is, those of the next."""
    called = list(dict.fromkeys([*besides, *_people_at(alert, at)]))
    while not called and (above := next_level(AlertLevel(alert.level))) is not None:
        _log(alert, [None], at)
        alert.level, alert.calls_at_level = above.value, 0
        called = _people_at(alert, at)
    _log(alert, called or [None], at)
    _notify(alert, called, at)
    alert.calls_at_level += 1
    alert.next_at = at + configured().urgent_interval if called and calls_out else None
    alert.save(update_fields=["level", "round", "calls_at_level", "next_at"])
    if called and calls_out:
        _plan_later(alert)


def _people_at(alert: Alert, at: datetime) -> list[int]:
    level = AlertLevel(alert.level)
    roster = on_duty(alert.street_code, at)
    found = [one.account_id for one in roster if one.role is _ON_ROSTER[level]]
    if found or level is not AlertLevel.ABOVE:
        return found
    return list_account_ids(at=at, roles=_ABOVE, covering_code=alert.street_code)


def _log(alert: Alert, account_ids: Iterable[int | None], at: datetime) -> None:
    AlertCall.objects.bulk_create(
        (
            AlertCall(
                alert=alert,
                account_id=account_id,
                level=alert.level,
                round=alert.round,
                called_at=at,
            )
            for account_id in account_ids
        ),
        ignore_conflicts=True,
    )


def _notify(alert: Alert, account_ids: Iterable[int], at: datetime) -> None:
    Notice.objects.bulk_create(
        (
            Notice(
                account_id=account_id,
                kind=alert.kind,
                params=alert.params,
                subject_kind=alert.subject_kind,
                subject_id=alert.subject_id,
                key=alert.key,
                alert=alert,
                created_at=at,
            )
            for account_id in account_ids
        ),
        ignore_conflicts=True,
    )


def _drop_waiting(alert_ids: Iterable[int]) -> None:
    waiting = Delivery.objects.filter(
        notice__alert_id__in=list(alert_ids),
        state=DeliveryState.WAITING.value,
        begun_at=None,
    )
    waiting.update(state=DeliveryState.NEEDLESS.value)


def _plan_later(alert: Alert) -> None:
    from linli.ground.notices.jobs import plan

    plan.defer(key=alert.key, call=alert.round)
