"""Lists to choose from that many pages show: written as HTML once, then only marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator

from linli.faces.frame.rendering import choose, write_rows

Row = tuple[str, Any]


@dataclass(frozen=True, eq=False)
class Kept(BaseChoiceIterator):
    """Choices in one language, their HTML kept as long as they are.

    Args:
        rows: (value, label), or (heading, list of those below it).
    """

    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @cached_property
    def written(self) -> str:
        """The options, none of them chosen."""
        return write_rows(self.rows)


class Offer(BaseChoiceIterator):
    """The choices of a field, put together of kept ones and of rows of its own."""

    def __init__(self, *parts: Kept | Row) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[Row]:
        for part in self.parts:
            if isinstance(part, Kept):
                yield from part
            else:
                yield part

    def write(self) -> str:
        """Write the options, none of them chosen."""
        return "".join(
            part.written if isinstance(part, Kept) else write_rows((part,)) for part in self.parts
        )


class OfferSelect(forms.Select):
    """A list to choose from whose choices may be an `Offer`."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give what the list is written from."""
        if not isinstance(self.choices, Offer):
            return super().get_context(name, value, attrs)
        context = forms.Widget.get_context(self, name, value, attrs)
        context["widget"]["options"] = choose(self.choices.write(), context["widget"]["value"])
        return context
