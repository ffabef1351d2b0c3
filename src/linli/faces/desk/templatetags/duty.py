"""What the home of the desk says of duty: who is on, what was handed over, what nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils import timezone

from linli.faces.desk.duty_days import describe_now, may_in
from linli.ground.notices.queries import list_open_alerts
from linli.ground.notices.terms import AlertView
from linli.ground.notices.words import AlertWords, say_alert
from linli.ground.people.terms import Action, Member
from linli.programmes.shifts.queries import find_current, list_open_points

register = template.Library()


def _say_once(alerts: Iterable[AlertView]) -> list[AlertWords]:
    """Say each thing once, however many are called out for it: as of the first of them."""
    once: dict[tuple[str, str], AlertWords] = {}
    for one in map(say_alert, alerts):
        once.setdefault((one.address, one.sentence), one)
    return list(once.values())


@register.filter
def of(names: Mapping[int, str], account_id: int | None) -> str:
    """Give the name of an account, or an empty text."""
    return names.get(account_id or 0, "")


@register.inclusion_tag("desk/duty/strip.html", takes_context=True)
def duty_strip(context: template.Context) -> dict[str, Any]:
    """Show who is on duty, open alerts, and points handed over; nothing for whom it is closed."""
    request = context["request"]
    member: Member = request.member
    now = timezone.now()
    duty = describe_now(member, at=now)
    if duty is None:
        return {"duty": None}
    street_code = duty.street_code
    may_hand_over = may_in(member, Action.HANDOVER_READ, street_code)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token", ""),
        "now": now,
        "duty": duty,
        "may_hand_over": may_hand_over,
        "may_tick": may_in(member, Action.HANDOVER_WRITE, street_code),
        "points": list_open_points(street_codes=[street_code]) if may_hand_over else [],
        "current": find_current(street_code=street_code, member=member),
        "me": member.account_id,
        "alerts": _say_once(list_open_alerts([street_code])),
    }
