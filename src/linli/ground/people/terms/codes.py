"""Words of the codes that prove a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

CODE_DIGITS = 6
VALID_FOR = timedelta(minutes=5)
MOST_TRIES = 5


class CodePurpose(StrEnum):
    """What a code was asked for; it opens nothing else."""

    SIGN_IN = "sign_in"
    CHANGE = "change"


class CodesGo(StrEnum):
    """How codes leave this installation: not at all, onto the server's log, or by SMS."""

    NOWHERE = "nowhere"
    LOG = "log"
    SMS = "sms"


@dataclass(frozen=True, kw_only=True)
class SentCode:
    """A code that went out: what it is asked back by.

    `shown` is the code itself in the demonstration, where no phone rings; else empty.
    """

    id: UUID
    phone: str
    shown: str = ""
