"""How alike two texts are, by the pairs of characters they share; no dictionary is needed."""

from __future__ import annotations

import re
import unicodedata
from operator import add

ALIKE = 0.35
_OTHER = re.compile(r"[\W_]+")


def bigrams(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring letters and figures of a text, width and case aside."""
    plain = _OTHER.sub("", unicodedata.normalize("NFKC", text).lower())
    return frozenset(map(add, plain, plain[1:]))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Give Dice's coefficient of two sets of pairs, from 0 to 1; of nothing, 0."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0
