"""What each room forgets of somebody who closes the account, and what it must keep.

As with `holdings`, a room registers when it starts (`AppConfig.ready`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

Eraser = Callable[[int, datetime], None]


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What goes and what stays in a room, as message ids."""

    goes: str
    stays: str = ""


_ERASERS: dict[str, tuple[Erasure, Eraser]] = {}


def register(room: str, erasure: Erasure, eraser: Eraser) -> None:
    """Add a room's eraser: called with (account_id, at) in the transaction of closing."""
    _ERASERS[room] = erasure, eraser


def list_erasures() -> Iterator[Erasure]:
    """Say what goes and stays, in the order of the rooms' names."""
    for _room, (erasure, _eraser) in sorted(_ERASERS.items()):
        yield erasure


def erase(account_id: int, at: datetime) -> None:
    """Let every room forget an account."""
    for _room, (_erasure, eraser) in sorted(_ERASERS.items()):
        eraser(account_id, at)
