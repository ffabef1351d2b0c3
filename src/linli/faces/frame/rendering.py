"""Fields of forms written straight as HTML: Django's own templates, which are many small includes,
took half the time of a page full of forms. What is written is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

FOLDER = "django/forms/widgets/"
INPUTS = (
    *("input", "text", "number", "email", "url", "password", "hidden", "file", "search", "tel"),
    *("date", "datetime", "time", "checkbox"),
)
Widget = Mapping[str, Any]


class PlainRenderer(DjangoTemplates):
    """Writes the usual fields itself and leaves all others to Django's templates."""

    def render(self, template_name: str, context: dict[str, Any], request: object = None) -> str:
        """Write one field."""
        write = WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)  # type: ignore[arg-type]
        return mark_safe(write(context["widget"]))  # noqa: S308 - every part is escaped below


def write_input(widget: Widget) -> str:
    """Write a box to type or tick."""
    value = widget["value"]
    given = "" if value is None else f' value="{_said(value)}"'
    name, kind = escape(widget["name"]), escape(widget["type"])
    return f'<input type="{kind}" name="{name}"{given}{_attributes(widget)}>'


def write_textarea(widget: Widget) -> str:
    """Write a box for several lines."""
    value = conditional_escape(widget["value"] or "")
    name = escape(widget["name"])
    return f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>'


def write_select(widget: Widget) -> str:
    """Write a list to choose from, under its headings."""
    parts = [f'<select name="{escape(widget["name"])}"{_attributes(widget)}>']
    for heading, options, _index in widget["optgroups"]:
        if heading:
            parts.append(f'\n  <optgroup label="{conditional_escape(heading)}">')
        parts += map(_option, options)
        if heading:
            parts.append("\n  </optgroup>")
    return "".join((*parts, "\n</select>"))


def write_choices(widget: Widget) -> str:
    """Write choices one below the other, each to be ticked."""
    attrs = widget["attrs"]
    marks = [f' {name}="{_said(attrs[name])}"' for name in ("id", "class") if attrs.get(name)]
    parts = [f"<div{''.join(marks)}>"]
    for heading, options, _index in widget["optgroups"]:
        parts.append(f"\n  <div><label>{conditional_escape(heading)}</label>" if heading else "")
        parts += (f"<div>\n    {_choice(option)}</div>" for option in options)
        parts.append("\n  </div>" if heading else "")
    return "".join((*parts, "\n</div>"))


def _option(widget: Widget) -> str:
    value, label = _said(widget["value"]), conditional_escape(widget["label"])
    return f'\n  <option value="{value}"{_attributes(widget)}>{label}</option>'


def _choice(widget: Widget) -> str:
    if not widget.get("wrap_label"):
        return write_input(widget)
    own = widget["attrs"].get("id")
    meant = f' for="{_said(own)}"' if own else ""
    label = conditional_escape(widget["label"])
    return f"<label{meant}>{write_input(widget)} {label}</label>"


def _attributes(widget: Widget) -> str:
    attrs: Mapping[str, object] = widget["attrs"]
    return "".join(_written(attrs.items())) if attrs else ""


def _written(attrs: Iterable[tuple[str, object]]) -> Iterable[str]:
    for name, value in attrs:
        if value is not False:
            yield f" {escape(name)}" if value is True else f' {escape(name)}="{_said(value)}"'


def _said(value: object) -> str:
    """Write a value as text, as Django's `stringformat:"s"` does."""
    return value if isinstance(value, SafeString) else escape(str(value))


WRITERS: Mapping[str, Callable[[Widget], str]] = {
    **{f"{FOLDER}{name}.html": write_input for name in INPUTS},
    f"{FOLDER}textarea.html": write_textarea,
    f"{FOLDER}select.html": write_select,
    f"{FOLDER}radio.html": write_choices,
    f"{FOLDER}checkbox_select.html": write_choices,
}
