"""What a case page says of a courier's half-hour."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from linli.faces.desk.access import holds_post_for, member_of
from linli.ground.people.terms import Action
from linli.programmes.couriers.queries.reports import find_asked
from linli.programmes.couriers.terms import PassedTo
from linli.spine.cases.terms import CaseView, Channel

register = template.Library()


@register.inclusion_tag("desk/case/courier.html", takes_context=True)
def courier_of(context: template.Context, case: CaseView) -> dict[str, Any]:
    """Show what is asked about a courier's report; nothing for other cases, in no statement."""
    member = member_of(context["request"])
    if member is None or case.channel is not Channel.COURIER:
        return {"asked": None}
    return {
        "case": case,
        "asked": find_asked(case_id=case.id),
        "may_answer": holds_post_for(member, Action.COURIER_ANSWER),
        "targets": list(PassedTo),
        "csrf_token": context.get("csrf_token"),
        "now": timezone.now(),
    }
