"""The call-backs of a case for those who may read answers, and the figures of the rates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for, member_of
from linli.ground.people.terms import Action
from linli.programmes.callback.queries.callbacks import list_callbacks_of_case
from linli.programmes.callback.terms import SHOWN_LABELS, Rate, RateLine, RateTable, Shown
from linli.spine.cases.terms import CaseView

register = template.Library()


@register.inclusion_tag("desk/case/callbacks.html", takes_context=True)
def callbacks_of(context: template.Context, case: CaseView) -> dict[str, Any]:
    """Show how the reporter was called back; nothing for whom answers are closed."""
    member = member_of(context["request"])
    was_closed = case.closed_at is not None or case.rework_count > 0
    if member is None or not was_closed or not holds_post_for(member, Action.CALLBACK_READ):
        return {"rows": ()}
    now = timezone.now()
    return {"rows": list_callbacks_of_case(case_id=case.id, member=member, at=now), "now": now}


@register.filter
def percent(rate: Rate) -> str:
    """Say a rate, or that there is too little to divide."""
    if rate.permille is None:
        return gettext("样本不足")
    return f"{rate.permille / 10:.1f}%"


@register.filter
def weighed(hundredths: int) -> str:
    """Say a weighed count: hundredths as a number with as many digits as it needs."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


@register.simple_tag
def count_of(line: RateLine, table: RateTable, name: str) -> SafeString:
    """Show one count; it opens the list it counts, for those who may read it."""
    shown = Shown(name)
    number = line.counts[shown] if line.counts is not None else 0
    if not number or not table.may_open:
        return format_html('<span class="number">{}</span>', number)
    first, last = line.first or table.first, line.last or table.last
    query: dict[str, object] = {
        "shown": shown.value,
        "first": f"{first:%Y-%m}",
        "last": f"{last:%Y-%m}",
    }
    if line.organisation_id is not None:
        query["organisation"] = line.organisation_id
    if line.category_id is not None:
        query["category"] = line.category_id
    label = f"{line.name} {gettext(SHOWN_LABELS[shown])} {number}"
    return format_html(
        '<a class="number" href="{}?{}" aria-label="{}">{}</a>',
        reverse("desk:callback_list"),
        urlencode(query),
        label,
        number,
    )
