"""Notices in words, in the language of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.utils.translation import gettext

from .rules import wording_of
from .terms import NoticeView


@dataclass(frozen=True, kw_only=True)
class NoticeWords:
    """One notice as it is read."""

    id: int
    sentence: str
    address: str
    created_at: datetime
    is_new: bool


def say(notice: NoticeView) -> NoticeWords:
    """Put a notice into words; a param that is missing leaves the plain "there is news"."""
    wording = wording_of(notice.kind)
    try:
        sentence = gettext(wording.sentence) % dict(notice.params)
        address = wording.address % {k: quote(str(v)) for k, v in notice.params.items()}
    except KeyError:
        sentence, address = gettext(wording_of("").sentence), ""
    return NoticeWords(
        id=notice.id,
        sentence=sentence,
        address=address,
        created_at=notice.created_at,
        is_new=notice.read_at is None,
    )
