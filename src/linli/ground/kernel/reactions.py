"""Consequences of events: at once within the transaction, or afterwards as a job.

`reactions/` of the house declares them; the kernel only runs them. A `within` reaction that
fails undoes the act. An `after` reaction may run twice and must have its effect once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from .terms import Happened, Occurrence

Reaction = Callable[[Occurrence], None]

_WITHIN: dict[type[Happened], list[Reaction]] = defaultdict(list)
_AFTER: dict[type[Happened], dict[str, Reaction]] = defaultdict(dict)


def within(*events: type[Happened]) -> Callable[[Reaction], Reaction]:
    """Run the decorated function in the transaction of each of these events."""

    def register(reaction: Reaction) -> Reaction:
        for event in events:
            _WITHIN[event].append(reaction)
        return reaction

    return register


def after(*events: type[Happened]) -> Callable[[Reaction], Reaction]:
    """Run the decorated function as a job once the transaction of the event has committed."""

    def register(reaction: Reaction) -> Reaction:
        for event in events:
            _AFTER[event][f"{reaction.__module__}.{reaction.__qualname__}"] = reaction
        return reaction

    return register


def has_reactions(event: type[Happened]) -> bool:
    """Say whether anything follows from an event."""
    return bool(_WITHIN.get(event) or _AFTER.get(event))


def react(occurrence: Occurrence) -> None:
    """Run the reactions within, and queue those after, of one recorded event."""
    from .jobs import run_reaction

    for reaction in _WITHIN[type(occurrence.event)]:
        reaction(occurrence)
    for name in _AFTER[type(occurrence.event)]:
        run_reaction.defer(
            name=name, event_id=str(occurrence.id), recorded_at=occurrence.at.isoformat()
        )


def find_after(event: type[Happened], name: str) -> Reaction | None:
    """Find a queued reaction by its name, or None when the code no longer has it."""
    return _AFTER[event].get(name)
