"""Fields of forms written straight as HTML: Django's own templates, which are many small includes,
took half the time of a page full of forms. What is written is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
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
    value = _said(widget["value"] or "")
    name = escape(widget["name"])
    return f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>'


def write_select(widget: Widget) -> str:
    """Write a list to choose from, under its headings."""
    begun = f'<select name="{escape(widget["name"])}"{_attributes(widget)}>'
    if "options" in widget:
        return f"{begun}{widget['options']}\n</select>"
    groups = (
        _group(heading, map(_option, options)) for heading, options, _index in widget["optgroups"]
    )
    return "".join((begun, *groups, "\n</select>"))


def write_rows(rows: Iterable[tuple[Any, Any]]) -> str:
    """Write what a list offers, none of it chosen.

    Args:
        rows: (value, label), or (heading, list of those below it).
    """
    return "".join(
        _group(value, (_plain_option(*row) for row in label))
        if isinstance(label, list | tuple)
        else _plain_option(value, label)
        for value, label in rows
    )


def choose(options: str, values: Iterable[str]) -> str:
    """Mark what is chosen in what `write_rows` has written; what is not offered is not marked."""
    for value in values:
        plain = f' value="{escape(value)}">'
        options = options.replace(plain, f"{plain[:-1]} selected>", 1)
    return options


def write_choices(widget: Widget) -> str:
    """Write choices one below the other, each to be ticked."""
    attrs = widget["attrs"]
    marks = [f' {name}="{_said(attrs[name])}"' for name in ("id", "class") if attrs.get(name)]
    parts = [f"<div{''.join(marks)}>"]
    for heading, options, _index in widget["optgroups"]:
        parts.append(f"\n  <div><label>{_said(heading)}</label>" if heading else "")
        parts += (f"<div>\n    {write_choice(option)}</div>" for option in options)
        parts.append("\n  </div>" if heading else "")
    return "".join((*parts, "\n</div>"))


def _group(heading: object, options: Iterable[str]) -> str:
    if not heading:
        return "".join(options)
    head = f'\n  <optgroup label="{_said(heading)}">'
    return "".join((head, *options, "\n  </optgroup>"))


def _plain_option(value: object, label: object) -> str:
    return f'\n  <option value="{_said(value)}">{_said(label)}</option>'


def _option(widget: Widget) -> str:
    value, label = _said(widget["value"]), _said(widget["label"])
    return f'\n  <option value="{value}"{_attributes(widget)}>{label}</option>'


def write_choice(widget: Widget) -> str:
    """Write one of several choices, in its label where that is asked for."""
    if not widget.get("wrap_label"):
        return write_input(widget)
    own = widget["attrs"].get("id")
    meant = f' for="{_said(own)}"' if own else ""
    label = _said(widget["label"])
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
    text = str(value)
    return text if isinstance(text, SafeString) else escape(text)


WRITERS: Mapping[str, Callable[[Widget], str]] = {
    **{f"{FOLDER}{name}.html": write_input for name in INPUTS},
    f"{FOLDER}textarea.html": write_textarea,
    f"{FOLDER}select.html": write_select,
    f"{FOLDER}radio.html": write_choices,
    f"{FOLDER}checkbox_select.html": write_choices,
    f"{FOLDER}radio_option.html": write_choice,
    f"{FOLDER}checkbox_option.html": write_choice,
}
