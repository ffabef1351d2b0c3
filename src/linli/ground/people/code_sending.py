"""How a code goes to a phone; the room that sends registers itself, people knows none.

As with `holdings`, it registers when it starts (`AppConfig.ready`).
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from .terms.codes import CodesGo


class Sender(Protocol):
    """What sends codes."""

    def way(self) -> CodesGo:
        """Say how codes leave this installation."""

    def send(self, *, phone: str, code: str, minutes: int, key: UUID) -> None:
        """Send one code at once.

        Raises:
            UnableToSendCode: when it did not go.
        """


_SENDERS: list[Sender] = []


def register(sender: Sender) -> None:
    """Let this one send from now on."""
    _SENDERS[:] = [sender]


def find_sender() -> Sender | None:
    """Find who sends, if anybody does."""
    return _SENDERS[0] if _SENDERS else None


def codes_go() -> CodesGo:
    """Say how codes leave this installation."""
    sender = find_sender()
    return sender.way() if sender else CodesGo.NOWHERE
