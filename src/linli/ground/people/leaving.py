"""What hangs on somebody who leaves a post: each room says so itself, people knows none of them.

A room registers when it starts (`AppConfig.ready`), as with `holdings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from linli.ground.kernel.terms import Actor

from .terms.leaving import Leaver, Work


class Keeper(Protocol):
    """What a room does with the work of somebody who leaves."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List the open work that hangs on the leaver in that post."""

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """Give it to a successor, or back to the unit without one, in the caller's transaction."""

    def count_orphans(self, *, at: datetime) -> int:
        """Count open work that hangs on somebody who holds no post any more."""


_KEEPERS: dict[str, Keeper] = {}


def register(room: str, keeper: Keeper) -> None:
    """Add a room's keeper of work."""
    _KEEPERS[room] = keeper


def keepers() -> Iterator[tuple[str, Keeper]]:
    """Give the rooms in the order of their names."""
    yield from sorted(_KEEPERS.items())


def count_orphans(*, at: datetime) -> int:
    """Count open work anywhere that hangs on somebody who holds no post any more; 0 always."""
    return sum(keeper.count_orphans(at=at) for _room, keeper in keepers())
