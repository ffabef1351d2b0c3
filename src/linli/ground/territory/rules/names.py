"""Checks of a name before it is entered, and what places are found by."""

from __future__ import annotations

from itertools import pairwise

from linli.ground.kernel.pinyin import first_letters, spelled_out
from linli.ground.kernel.tokens import plain, tokens_of
from linli.ground.territory.terms import NewPlaceName

LONGEST_NAME = 100


def find_name_fault(name: NewPlaceName) -> str:
    """Find what is wrong with a name by itself: a code of `UnableToNamePlace`, or empty."""
    has_point = name.lon is not None and name.lat is not None
    tests = (
        (not name.name.strip(), "territory.name_missing"),
        (len(name.name) > LONGEST_NAME, "territory.name_too_long"),
        (len(name.address) > LONGEST_NAME, "territory.name_too_long"),
        ("\0" in name.name + name.address, "territory.name_unreadable"),
        (not tokens_of(name.name), "territory.name_unreadable"),
        (bool(name.area_code) and has_point, "territory.name_twofold"),
        (not name.area_code and not has_point, "territory.name_nowhere"),
    )
    return next((code for is_wrong, code in tests if is_wrong), "")


def asked_signs(text: str) -> str:
    """Bring what was typed into the form places are compared in: no spaces, no case."""
    return "".join(plain(text).replace("\0", "").split())


def asked_neighbours(signs: str) -> list[str]:
    """List the pairs of signs a place must have to be asked for by these; one sign stands alone.

    The database keeps every sign and every pair of neighbours of a place's texts
    (`territory_words` in the migration), so that a stretch is found wherever it begins.
    """
    return list(dict.fromkeys("".join(pair) for pair in pairwise(signs))) or [*signs]


def spellings(*texts: str) -> str:
    """Give pinyin initials and the whole pinyin of names, for the search."""
    return " ".join(
        one for text in texts if text for one in (first_letters(text), spelled_out(text))
    )
