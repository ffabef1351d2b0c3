"""How the command says what is missing: one sentence, Chinese first, then English."""

from __future__ import annotations


class UnableToStart(Exception):
    """Something Linli needs is missing or wrong, told in one sentence per language."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} · {english}")
        self.chinese = chinese
        self.english = english
