"""How alike two texts are, by the pairs of characters they share; no dictionary is needed."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

ALIKE = 0.35


def bigrams(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring letters and figures of a text, width and case aside."""
    plain = [letter for letter in unicodedata.normalize("NFKC", text).lower() if letter.isalnum()]
    return frozenset(first + second for first, second in pairwise(plain))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Give Dice's coefficient of two sets of pairs, from 0 to 1; of nothing, 0."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0
