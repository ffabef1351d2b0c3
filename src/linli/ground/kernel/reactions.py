"""Consequences of events: at once within the transaction, or afterwards as a job.

`reactions/` of the house declares them; the kernel only runs them. A `within` reaction that
fails undoes the act. An `after` reaction may run twice and must have its effect once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

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


def react_at_once(occurrence: Occurrence) -> None:
    """Run everything that reacts to an event here and now, as when history is laid."""
    kind = type(occurrence.event)
    for reaction in (*_WITHIN[kind], *_AFTER[kind].values()):
        reaction(occurrence)


def react_later(occurrences: Sequence[Occurrence]) -> None:
    """Queue what reacts after many recorded events, as one job.

    Raises:
        ValueError: when something must react to one of them within the transaction.
    """
    from .jobs import run_reactions

    kinds = {type(one.event) for one in occurrences}
    if any(_WITHIN[kind] for kind in kinds):
        raise ValueError("what reacts within a transaction can't wait for a job")
    waited_for = [one for one in occurrences if _AFTER[type(one.event)]]
    if waited_for:
        run_reactions.defer(events=[(str(one.id), one.at.isoformat()) for one in waited_for])


def list_after(event: type[Happened]) -> list[Reaction]:
    """List what reacts after an event."""
    return list(_AFTER[event].values())


def find_after(event: type[Happened], name: str) -> Reaction | None:
    """Find a queued reaction by its name, or None when the code no longer has it."""
    return _AFTER[event].get(name)
