"""Tags and filters of every page: statuses, clocks, dates, form fields."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from linli.faces.frame import words
from linli.faces.frame.terms import SHAPES, ClockWords, Status
from linli.ground.kernel.dates import say_day_of_year

register = template.Library()
# Of each language; a clock says something else every minute, or day.
MOST_KEPT = 4_096


@register.simple_tag
@lru_cache(maxsize=MOST_KEPT, typed=True)
def status(kind: str, word: str, look: str = "chip") -> SafeString:
    """Show a status by colour, shape and word.

    Args:
        kind: a `terms.Status` value: in-hand, today, overdue, done, sent-back, ended.
        word: the word, already translated.
        look: `chip` with a ground, or `plain`.
    """
    return format_html(
        '<span class="status is-{} is-{}">{}{}</span>', kind, look, shape(kind), word
    )


@register.simple_tag
@lru_cache(maxsize=MOST_KEPT)
def shape(kind: str) -> SafeString:
    """Draw the shape of a status; it says nothing to a screen reader, the word does."""
    return format_html(
        '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>', SHAPES[Status(kind)]
    )


@register.simple_tag
def clock(
    due_at: datetime | None, now: datetime | None = None, stopped_at: datetime | None = None
) -> SafeString:
    """Say what is left of a clock, the due instant on hover; empty without a due time."""
    if due_at is None:
        return SafeString("")
    said = words.clock_words(now=now or timezone.now(), due_at=due_at, stopped_at=stopped_at)
    return _write_clock(due_at, said, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _write_clock(due_at: datetime, said: ClockWords, _language: str | None) -> SafeString:
    return format_html(
        '<time class="clock status is-{} is-plain" datetime="{}" title="{}">{}{}</time>',
        said.status,
        due_at.isoformat(),
        gettext("应于 %(instant)s 前完成") % {"instant": words.instant_words(due_at)},
        shape(said.status),
        said.words,
    )


@register.simple_tag
def moment(instant: datetime | None, now: datetime | None = None) -> SafeString:
    """Say an instant briefly, with the whole of it on hover; empty for None."""
    if instant is None:
        return SafeString("")
    return _write_moment(instant, timezone.localdate(now), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _write_moment(instant: datetime, today: date, _language: str | None) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        instant.isoformat(),
        words.instant_words(instant),
        words.instant_words_on(today, instant),
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """Say a day: 2026年11月22日."""
    return words.day_words(_as_instant(value)) if value else ""


@register.filter
def day_of_year(value: date) -> str:
    """Say a day without its year: 11月22日."""
    return say_day_of_year(value)


@register.filter
def month(value: date | datetime | None) -> str:
    """Say a month: 2026年11月."""
    return words.month_words(_as_instant(value)) if value else ""


def _as_instant(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


@register.filter
def instant(value: datetime | None) -> str:
    """Say an instant in full: 2026年11月22日 14:05."""
    return words.instant_words(value) if value else ""


@register.filter
def span(minutes: float | None) -> str:
    """Say a length of time given in minutes: 3 小时 20 分."""
    return words.span_words(minutes=int(minutes or 0))


@register.filter
def metres(value: float | None) -> str:
    """Say a distance given in metres: 32 米."""
    return words.distance_words(value) if value is not None else ""


@register.filter
def thin(value: object) -> str:
    """Put a thin space where Chinese meets Latin letters or figures."""
    return words.space_thinly(str(value))


@register.filter
def said(value: object) -> str:
    """Translate a label that a room's terms give as a message id."""
    return gettext(str(value)) if value else ""


@register.inclusion_tag("frame/field.html")
def field(bound: BoundField, hint: str = "", optional: bool = False) -> dict[str, Any]:
    """Show one form field with label, hint and errors, tied together for screen readers."""
    described = [
        name
        for name, there in (
            (f"{bound.auto_id}-hint", hint or bound.help_text),
            (f"{bound.auto_id}-error", bound.errors),
        )
        if there
    ]
    attrs: dict[str, str | bool] = {"class": _css(bound)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "hint": hint or bound.help_text,
        "optional": optional or not (bound.field.required or _is_asked(bound)),
        "is_choice": getattr(bound.field.widget, "input_type", "") == "checkbox",
    }


def _is_asked(bound: BoundField) -> bool:
    return bool(getattr(bound.field, "is_asked", False))


def _css(bound: BoundField) -> str:
    kind = getattr(bound.field.widget, "input_type", "")
    own = bound.field.widget.attrs.get("class", "")
    base = {"select": "form-select", "checkbox": "", "radio": ""}.get(kind, "form-control")
    return f"{base} {own}".strip()


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """Give the present address's query with these parameters changed (None takes one away)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"
