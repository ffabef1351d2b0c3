"""How the replay says no."""

from __future__ import annotations


class UnableToReplay(Exception):
    """The replay can't begin or go on; the sentence says what is missing, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} · {english}")
