"""The three rates from counts, each count weighed by the version of the settings it came under."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linli.programmes.callback.terms import Rate, Shown, Tally

WHOLE = 100
Weigh = Callable[[Tally], tuple[int, int]]


def respond(tally: Tally) -> tuple[int, int]:
    """Weigh the response: answered in time, of all whose turn is over."""
    return WHOLE * tally.of(Shown.IN_TIME), WHOLE * tally.of(Shown.DUE)


def solve(tally: Tally) -> tuple[int, int]:
    """Weigh what was solved, of all who answered; who was not reached counts as set."""
    missed = tally.policy.missed_weight * tally.of(Shown.MISSED)
    return WHOLE * tally.of(Shown.SOLVED), WHOLE * tally.of(Shown.ANSWERED) + missed


def satisfy(tally: Tally) -> tuple[int, int]:
    """Weigh satisfaction, of all who said how satisfied; fairly counts as set."""
    missed = tally.policy.missed_weight * tally.of(Shown.MISSED)
    fairly = tally.policy.fairly_weight * tally.of(Shown.FAIRLY)
    return WHOLE * tally.of(Shown.SATISFIED) + fairly, WHOLE * tally.of(Shown.SAID) + missed


def rate(tallies: Iterable[Tally], weigh: Weigh, *, least: int) -> Rate:
    """Add up what was weighed version by version, and divide where there is enough.

    Args:
        least: so many whole ones must be in the denominator.
    """
    weighed = [weigh(one) for one in tallies]
    part, whole = sum(one for one, _ in weighed), sum(one for _, one in weighed)
    is_enough = whole >= max(least, 1) * WHOLE
    return Rate(part=part, whole=whole, permille=_round(1000 * part, whole) if is_enough else None)


def _round(part: int, whole: int) -> int:
    """Divide, half up."""
    return (2 * part + whole) // (2 * whole)
