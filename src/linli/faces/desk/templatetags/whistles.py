"""The whistles of a case for those who may see them, and the figures of a year."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for, member_of
from linli.ground.people.terms import Action
from linli.programmes.whistle.queries.lists import list_whistles_of_case
from linli.programmes.whistle.terms import SHOWN_LABELS, Shown, YearLine
from linli.spine.cases.terms import ENDS, CaseView

register = template.Library()


@register.inclusion_tag("desk/case/whistles.html", takes_context=True)
def whistles_of(context: template.Context, case: CaseView) -> dict[str, Any]:
    """Show the whistles blown for a case; nothing for whom they are closed."""
    member = member_of(context["request"])
    if member is None or not holds_post_for(member, Action.WHISTLE_READ):
        return {"rows": [], "may_blow": False}
    return {
        "case": case,
        "rows": list_whistles_of_case(case_id=case.id, member=member),
        "may_blow": holds_post_for(member, Action.WHISTLE_BLOW) and case.step not in ENDS,
        "now": timezone.now(),
    }


@register.simple_tag
def figure(line: YearLine, year: int, over: str, under: str = "") -> SafeString:
    """Show a count, perhaps over its denominator; each opens the list it counts.

    Args:
        over, under: names of figures of the line.
    """
    shown = [_linked(line, year, name) for name in (over, under) if name]
    if None in shown:
        return format_html('<span class="quiet">{}</span>', gettext("不计"))
    return format_html_join(" / ", "{}", ((one,) for one in shown))


def _linked(line: YearLine, year: int, name: str) -> SafeString | None:
    count: int | None = getattr(line, name)
    if count is None:
        return None
    if not count:
        return format_html('<span class="number">{}</span>', 0)
    query = urlencode({"organisation": line.organisation_id, "year": year, "shown": name})
    label = f"{line.name} {gettext(SHOWN_LABELS[Shown(name)])} {count}"
    return format_html(
        '<a class="number" href="{}?{}" aria-label="{}">{}</a>',
        reverse("desk:whistles"),
        query,
        label,
        count,
    )
