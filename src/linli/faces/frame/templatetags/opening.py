"""Tags and filters of places with opening hours."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django import template
from django.utils.safestring import SafeString

from linli.faces.frame import opening
from linli.faces.frame.templatetags.frame import status
from linli.ground.kernel.opening import Hours

register = template.Library()


class Opened(Protocol):
    """Anything that is open or opens again."""

    @property
    def is_open(self) -> bool: ...
    @property
    def opens_at(self) -> datetime | None: ...


@register.filter
def hours(value: Hours) -> str:
    """Say when something is open."""
    return opening.hours_words(value)


@register.filter
def days(value: tuple[int, ...]) -> str:
    """Say days of the week."""
    return opening.days_words(value)


@register.simple_tag
def point_state(one: Opened, now: datetime) -> SafeString:
    """Say by shape and word whether something is open now, or when it opens next."""
    words = opening.now_words(is_open=one.is_open, opens_at=one.opens_at, now=now)
    return status("done" if one.is_open else "ended", words, "plain")
