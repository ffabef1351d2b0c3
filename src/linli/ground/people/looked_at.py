"""Records that are about an account without naming it, so that looks at them are told on `/me`.

As with `holdings`, a room registers when it starts (`AppConfig.ready`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linli.ground.kernel.terms import Subject

Provider = Callable[[int], Iterable[Subject]]

_PROVIDERS: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """Add a room's provider: called with the id of the account."""
    _PROVIDERS[room] = provider


def list_subjects(account_id: int) -> list[Subject]:
    """List what every room keeps about an account."""
    return [one for _room, provider in sorted(_PROVIDERS.items()) for one in provider(account_id)]
