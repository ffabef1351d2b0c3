"""Words of the pages about forms of the office above."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(people: Mapping[int, str], account_id: int | None) -> str:
    """Name whose account it is."""
    return people.get(account_id or 0, "—")
