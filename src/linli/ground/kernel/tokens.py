"""What is kept of a text so that it can be found, and what is asked for: words cut into tokens.

Chinese has no spaces between words, so every two neighbouring characters are a token (a bigram),
and every character is one for who asks by a single one. Latin words and figures are kept whole
and by their beginnings, a beginning marked by `*`. Marks that a room adds beside the words (where
a row belongs, whose it is) begin with a sign that no token of a text has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

LONGEST_BEGINNING = 12
LONGEST_WORD = 40
MOST_ASKED = 24
MOST_TELLING = 4

_CHINESE = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<chinese>[{_CHINESE}]+)|(?P<word>[^\W_{_CHINESE}]+)")


class _Run(NamedTuple):
    """Neighbouring signs of one kind; `bound`: a word with the Chinese character it touches."""

    is_chinese: bool
    signs: str
    bound: str


def plain(text: str) -> str:
    """Bring a text into the one form that is compared: full width, case and signs do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens_of(text: str) -> set[str]:
    """Cut a text into everything it can be found by."""
    found: set[str] = set()
    for run in _runs(plain(text)):
        if run.is_chinese:
            found.update(run.signs, _bigrams(run.signs))
        else:
            found.update(_beginnings(run.signs))
        if run.bound:
            found.add(run.bound)
    return found


def asked_tokens(text: str) -> tuple[str, ...]:
    """Cut what somebody asks for into the tokens a text must all have, in their order.

    The last word is still being typed, so its beginning is enough.
    """
    runs = list(_runs(plain(text)))
    asked: list[str] = []
    for run in runs:
        if run.is_chinese:
            asked += _bigrams(run.signs) or [run.signs]
        elif run.bound:
            asked.append(run.bound)
        else:
            asked.append(_asked_word(run.signs, is_last=run is runs[-1]))
    return tuple(dict.fromkeys(asked))[:MOST_ASKED]


def telling_tokens(text: str) -> tuple[str, ...]:
    """Choose of `asked_tokens` the few a first look is taken with: each more makes it slower.

    Of neighbours that share a sign every second one; those with figures first, which are rarer.
    """
    asked = asked_tokens(text)
    if len(asked) <= MOST_TELLING:
        return asked
    left_out: set[str] = set()
    for run in _runs(plain(text)):
        bigrams = _bigrams(run.signs) if run.is_chinese else []
        left_out.update(bigrams[1:-1:2])
    telling = [token for token in asked if token not in left_out]
    telling.sort(key=lambda token: not any(sign.isdecimal() for sign in token))
    return tuple(telling[:MOST_TELLING])


def one_edit_away(code: str, *, alphabet: str = "0123456789") -> list[str]:
    """List the codes one slip of the finger away: a sign missing, wrong, too many, or two swapped.

    Args:
        alphabet: the signs that could have been meant.
    """
    cuts = [(code[:place], code[place:]) for place in range(len(code) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    wrong = [a + sign + b[1:] for a, b in cuts if b for sign in alphabet]
    missing = [a + sign + b for a, b in cuts for sign in alphabet]
    too_many = [a + b[1:] for a, b in cuts if b]
    found = dict.fromkeys([*swapped, *wrong, *missing, *too_many])
    return [meant for meant in found if meant not in (code, "")]


def is_one_edit_away(code: str, other: str) -> bool:
    """Say whether two codes differ by one such slip."""
    if code == other or abs(len(code) - len(other)) > 1:
        return False
    same = next(
        (n for n, (a, b) in enumerate(zip(code, other, strict=False)) if a != b),
        min(len(code), len(other)),
    )
    rest, meant = code[same:], other[same:]
    is_swapped = len(rest) > 1 and rest[1::-1] + rest[2:] == meant
    return is_swapped or rest[1:] == meant[1:] or rest == meant[1:] or rest[1:] == meant


def vector_text(tokens: Iterable[str]) -> str:
    """Write tokens as the database reads a `tsvector`."""
    return " ".join(_quoted(token) for token in sorted(set(tokens)))


def query_text(tokens: Iterable[str]) -> str:
    """Write tokens that must all be there as the database reads a `tsquery`."""
    return " & ".join(_quoted(token) for token in tokens)


def any_text(queries: Iterable[str]) -> str:
    """Join queries of which one must hold."""
    return " | ".join(f"({query})" for query in queries)


def mark_text(mark: str) -> str:
    """Write one mark as the database reads it in a query."""
    return _quoted(mark)


def pieces_found(text: str, asked: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces and say of each whether it is what was asked for, for highlights.

    Words are compared as they stand, without case and width; where one is not there as a whole,
    its parts of two signs and more are marked. Together the pieces are the text.
    """
    compared = plain(text)
    if len(compared) != len(text):
        return [(text, False)]
    is_hit = [False] * len(text)
    for word in plain(asked).split():
        parts = [word] if word in compared else [run.signs for run in _runs(word)]
        for part in parts if parts == [word] else [one for one in parts if len(one) > 1]:
            for hit in re.finditer(re.escape(part), compared):
                is_hit[hit.start() : hit.end()] = [True] * len(part)
    return _joined(text, is_hit)


def _joined(text: str, is_hit: list[bool]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for sign, hit in zip(text, is_hit, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + sign, hit)
        else:
            pieces.append((sign, hit))
    return pieces


def _runs(text: str) -> Iterator[_Run]:
    found = list(_RUN.finditer(text))
    for match, after in zip(found, [*found[1:], None], strict=False):
        signs = match["chinese"] or match["word"][:LONGEST_WORD]
        touched = after if after and after["chinese"] and after.start() == match.end() else None
        is_chinese = bool(match["chinese"])
        yield _Run(is_chinese, signs, signs + touched[0][0] if touched and not is_chinese else "")


def _bigrams(run: str) -> list[str]:
    return ["".join(pair) for pair in pairwise(run)]


def _beginnings(word: str) -> Iterator[str]:
    yield word
    for length in range(1, min(len(word), LONGEST_BEGINNING) + 1):
        yield word[:length] + "*"


def _asked_word(word: str, *, is_last: bool) -> str:
    return word + "*" if is_last and len(word) <= LONGEST_BEGINNING else word


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
