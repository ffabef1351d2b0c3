"""Tags of the desk's lists and forms."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from linli.faces.desk.access import holds_post_for
from linli.faces.desk.filters import ORDERS
from linli.ground.kernel.tokens import pieces_found
from linli.ground.people.terms import Action, Member

register = template.Library()


@register.filter
def control(bound: BoundField) -> SafeString:
    """Draw a field's control in the frame's style, tied to its error."""
    kind = getattr(bound.field.widget, "input_type", "")
    attrs: dict[str, str | bool] = {"class": "form-select" if kind == "select" else "form-control"}
    if bound.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}-error"}
    return bound.as_widget(attrs=attrs)


@register.simple_tag
def may_do(member: Member | None, action: str) -> bool:
    """Tell whether one of the member's posts gives a right, by its name, e.g. `case.link`."""
    return member is not None and bool(member) and holds_post_for(member, Action(action))


@register.simple_tag
def found_in(text: str, asked: str) -> SafeString:
    """Show a text with what was asked for marked in it; both may be anything."""
    pieces = pieces_found(text, asked)
    shown = (format_html("<mark>{}</mark>" if hit else "{}", piece) for piece, hit in pieces)
    return format_html_join("", "{}", ((piece,) for piece in shown))


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, name: str, label: str) -> SafeString:
    """Draw a table head that sorts by `name`: once upward, once more downward."""
    order = context["order"]
    query = context["request"].GET.copy()
    query["order"] = f"-{name}" if order == name and f"-{name}" in ORDERS else name
    query.pop("page", None)
    sorted_as, arrow = {name: ("ascending", "↑"), f"-{name}": ("descending", "↓")}.get(
        order, ("", "")
    )
    return format_html(
        '<th scope="col"{}><a class="sort" href="?{}">{}'
        '<span aria-hidden="true">{}</span></a></th>',
        format_html(' aria-sort="{}"', sorted_as) if sorted_as else "",
        query.urlencode(),
        label,
        arrow,
    )
