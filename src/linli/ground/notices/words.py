"""Notices in words, in the language of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.utils.translation import gettext

from .rules import wording_of
from .terms import NoticeView, Topic


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


def say(notice: NoticeView) -> NoticeWords:
    """Put a notice into words; a param that is missing leaves the plain "there is news"."""
    wording = wording_of(notice.kind)
    try:
        sentence = gettext(wording.sentence) % dict(notice.params)
        address = wording.address % {k: quote(str(v)) for k, v in notice.params.items()}
    except KeyError:
        sentence, address = gettext(wording_of("").sentence), ""
    is_urgent = notice.alert_id is not None
    return NoticeWords(
        id=notice.id,
        sentence=sentence,
        address=address,
        topic=(Topic.URGENT if is_urgent else wording.topic).label,
        created_at=notice.created_at,
        is_new=notice.read_at is None,
        is_urgent=is_urgent,
        is_calling=is_urgent and notice.alert_ended_at is None,
    )
