"""The recorded voices of a case, for those who may listen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template

from linli.faces.desk.access import holds_post_for, member_of
from linli.ground.people.terms import Action
from linli.programmes.hotline.queries import list_recordings

register = template.Library()


@register.inclusion_tag("desk/case/voices.html", takes_context=True)
def voices_of(context: template.Context, case_id: UUID) -> dict[str, Any]:
    """Show the voices of a case; others do not learn that there are any."""
    member = member_of(context["request"])
    may_listen = member is not None and holds_post_for(member, Action.RECORDING_LISTEN)
    return {"voices": list_recordings(case_id=case_id) if may_listen else []}
