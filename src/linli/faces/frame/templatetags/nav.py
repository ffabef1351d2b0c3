"""The main navigation: the same for all who may go to the same places."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString

from linli.faces.frame.parts import write_parts

register = template.Library()
# Pages that stand in the navigation; where else somebody is, none is marked.
MARKED = frozenset(
    {
        *("/desk/", "/desk/cases/", "/desk/search", "/desk/duty/", "/desk/territory/"),
        *("/desk/responsibilities/", "/report", "/t/"),
    }
)


@dataclass(frozen=True, kw_only=True)
class SaidNav:
    """What the navigation shows, and the page of it that is open."""

    here: str
    is_staff: bool
    sees_cases: bool
    sees_duty: bool
    sees_territory: bool
    sees_kept: bool


@register.simple_tag(takes_context=True)
def main_nav(context: template.Context) -> SafeString:
    """Write the main navigation for who asks."""
    request = context.get("request")
    path, member = getattr(request, "path", ""), getattr(request, "member", None)
    said = SaidNav(
        here=path if path in MARKED else "",
        is_staff=bool(member and member.is_staff),
        sees_cases=bool(context.get("may_see_cases")),
        sees_duty=bool(context.get("may_see_duty")),
        sees_territory=bool(context.get("may_see_territory")),
        sees_kept=bool(context.get("may_see_kept")),
    )
    return write_parts("frame/nav.html", [said])
