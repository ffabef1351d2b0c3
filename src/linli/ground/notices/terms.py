"""Words of the notices room: kinds of notices and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.ground.kernel.terms import Subject


def N_(msgid: str) -> str:
    """Mark a msgid for the translators; it is translated at the edge."""
    return msgid


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How one kind of notice reads: a sentence with places for params, and where it leads.

    Args:
        sentence: msgid such as `案件 %(number)s 已派给您的单位。`; only params stand in it.
        address: path with places of the same form, or empty.
    """

    sentence: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """One notice as faces show it: words are made at the edge from `kind` and `params`."""

    id: int
    kind: str
    params: Mapping[str, str | int]
    subject: Subject
    created_at: datetime
    read_at: datetime | None
