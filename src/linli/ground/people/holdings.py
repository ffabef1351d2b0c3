"""What is held about somebody, declared by each room for `/me` and the export.

Rooms above register a provider when they start (`AppConfig.ready`); people knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .terms import Holding

Provider = Callable[[int, int | None], Iterable[Holding]]

_PROVIDERS: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """Add a room's provider: called with (account_id, person_id or None)."""
    _PROVIDERS[room] = provider


def collect(*, account_id: int, person_id: int | None) -> tuple[Holding, ...]:
    """Ask every room, people first, then in the order of their names."""
    rooms = sorted(_PROVIDERS, key=lambda room: (room != "people", room))
    return tuple(part for room in rooms for part in _PROVIDERS[room](account_id, person_id))
