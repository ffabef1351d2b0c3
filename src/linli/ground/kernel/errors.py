"""How a command says no: a stable code for machines, a sentence for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar


class Refusal(Exception):
    """A command that would not be right, refused in words.

    A subclass gives its sentences in `messages`, by code; one refusal may bring its own as
    `message`. Sentences are Chinese msgids with `%(name)s` places, translated at the edge.

    Args:
        code: stable id, `room.what`, e.g. `cases.not_your_turn`.
        message: the msgid, when the class does not list the code.
        field: name of the input the refusal is about, or empty.
        params: what the places in the sentence stand for.
    """

    messages: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, message: str = "", *, field: str = "", **params: object) -> None:
        self.code = code
        self.field = field
        self.params = params
        self.message = message or self.messages.get(code, code)
        super().__init__(code)

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Say the sentence, translated by the caller's `gettext`."""
        return translate(self.message) % self.params if self.params else translate(self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.words()}"
