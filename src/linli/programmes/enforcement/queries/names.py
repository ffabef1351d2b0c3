"""Names in the language of the request."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language


class Named(Protocol):
    """Anything with a Chinese and an English name."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def is_english() -> bool:
    """Say whether the request is read in English."""
    return (get_language() or "").startswith("en")


def name_of(thing: Named | None) -> str:
    """Give a thing's name in the language of the request, or an empty text for none."""
    if thing is None:
        return ""
    return (thing.name_en or thing.name) if is_english() else thing.name


def either(chinese: str, english: str) -> str:
    """Give the words in the language of the request, Chinese where there is no English."""
    return (english or chinese) if is_english() else chinese
