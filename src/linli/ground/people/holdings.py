"""What is held about somebody, declared by each room for `/me` and the export.

Rooms above register a provider when they start (`AppConfig.ready`); people knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .terms import Holding
from .terms.records import HeldPhoto

Provider = Callable[[int, int | None], Iterable[Holding]]

PhotoProvider = Callable[[int], Iterable[HeldPhoto]]

_PHOTOS: dict[str, PhotoProvider] = {}
_PROVIDERS: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """Add a room's provider: called with (account_id, person_id or None)."""
    _PROVIDERS[room] = provider


def collect(*, account_id: int, person_id: int | None) -> tuple[Holding, ...]:
    """Ask every room, people first, then in the order of their names."""
    rooms = sorted(_PROVIDERS, key=lambda room: (room != "people", room))
    return tuple(part for room in rooms for part in _PROVIDERS[room](account_id, person_id))


def register_photos(room: str, provider: PhotoProvider) -> None:
    """Add what names the photos somebody sent: called with the id of the account."""
    _PHOTOS[room] = provider


def list_photos(account_id: int) -> Iterable[HeldPhoto]:
    """List the photos somebody sent, in the order of the rooms' names."""
    for _room, provider in sorted(_PHOTOS.items()):
        yield from provider(account_id)
