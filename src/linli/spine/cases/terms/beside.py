"""What may lie beside a case in tables of its own."""

from __future__ import annotations

from enum import StrEnum


class Beside(StrEnum):
    """One kind of thing that a case may have; most cases have few of them."""

    PHOTOS = "photos"
    CHECKS = "checks"
    EXTENSIONS = "extensions"
    PENDINGS = "pendings"
    MARKS = "marks"
    INSTRUCTIONS = "instructions"
    RATINGS = "ratings"
    REMINDERS = "reminders"
    ORIGIN = "origin"
    # A case it joined, hangs below or was split from; those that hang below or were split off it;
    # those that joined it.
    ABOVE = "above"
    BELOW = "below"
    JOINED = "joined"


# Of a case of which nobody has asked yet what it has.
ANYTHING = frozenset(Beside)
