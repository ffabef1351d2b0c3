"""Notices in words, in the language of the moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.utils.translation import gettext

from linli.ground.kernel.dates import say_day

from .rules import wording_of
from .terms import AlertView, NoticeView, Topic

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, kw_only=True)
class NoticeWords:
    """One notice as it is read; `is_calling` when it is urgent and nobody has acknowledged it."""

    id: int
    sentence: str
    address: str
    topic: str
    created_at: datetime
    is_new: bool
    is_urgent: bool
    is_calling: bool


@dataclass(frozen=True, kw_only=True)
class AlertWords:
    """One open alert as a desk shows it; `is_over_calling` when everybody was called in vain."""

    sentence: str
    address: str
    created_at: datetime
    is_over_calling: bool


def say(notice: NoticeView) -> NoticeWords:
    """Put a notice into words; a param that is missing leaves the plain "there is news"."""
    sentence, address = _words(notice.kind, notice.params)
    is_urgent = notice.alert_id is not None
    return NoticeWords(
        id=notice.id,
        sentence=sentence,
        address=address,
        topic=(Topic.URGENT if is_urgent else wording_of(notice.kind).topic).label,
        created_at=notice.created_at,
        is_new=notice.read_at is None,
        is_urgent=is_urgent,
        is_calling=is_urgent and notice.alert_ended_at is None,
    )


def say_alert(alert: AlertView) -> AlertWords:
    """Put an alert into words."""
    sentence, address = _words(alert.kind, alert.params)
    return AlertWords(
        sentence=sentence,
        address=address,
        created_at=alert.created_at,
        is_over_calling=alert.next_at is None,
    )


def _said(value: str | int) -> str | int:
    if isinstance(value, str) and A_DAY.fullmatch(value):
        return say_day(date.fromisoformat(value))
    return value


def _words(kind: str, params: Mapping[str, str | int]) -> tuple[str, str]:
    wording = wording_of(kind)
    try:
        sentence = gettext(wording.sentence) % {k: _said(v) for k, v in params.items()}
        return sentence, wording.address % {k: quote(str(v)) for k, v in params.items()}
    except KeyError:
        return gettext(wording_of("").sentence), ""
