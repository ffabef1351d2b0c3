"""Every address of the house, as its resolver knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

_GAP = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, kw_only=True)
class Address:
    """One pattern: its name with its namespaces, its route, and the view behind it."""

    name: str
    route: str
    view: Any

    @property
    def gaps(self) -> tuple[str, ...]:
        """What has to be filled in."""
        return tuple(_GAP.findall(self.route))

    @property
    def is_pattern(self) -> bool:
        """Whether the route is a regular expression, which nobody fills in by rule."""
        return bool(re.search(r"[\^$(*\\]", self.route))

    def fill(self, words: Mapping[str, object]) -> str:
        """Write the address with these words in its gaps."""
        return "/" + _GAP.sub(lambda gap: str(words[gap.group(1)]), self.route)


def list_addresses() -> list[Address]:
    """List every address of the house."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], space: str, route: str) -> Iterator[Address]:
    for one in patterns:
        longer = route + _route_of(one)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, longer)
        elif isinstance(one, URLPattern):
            yield Address(name=f"{space}{one.name or longer}", route=longer, view=one.callback)


def _route_of(one: URLPattern | URLResolver) -> str:
    text = str(one.pattern)
    return text.rstrip("$").lstrip("^") if _is_simple(one, text) else text


def _is_simple(one: URLPattern | URLResolver, text: str) -> bool:
    """Tell a plain route that is merely written as a regular expression."""
    return isinstance(one.pattern, RegexPattern) and text.strip("^$") == ""
