"""The record of work handed over: read and confirmed by both, also by who holds no post now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.ground.kernel.errors import Refusal

from .queries.leaving import find_work_handover
from .services.leaving import confirm_work_handover, may_keep_work
from .terms import Member
from .terms.leaving import WorkHandoverView
from .web import signed_in


@require_GET
@signed_in
def work_handover(request: HttpRequest, member: Member, handover_id: int) -> HttpResponse:
    """Show what went from whom to whom, and whether both have confirmed it."""
    record, keeps = _find(member, handover_id)
    is_giver = member.person_id == record.giver_id
    is_taker = member.person_id == record.taker_id
    may_take = is_taker or (record.taker_id is None and keeps and not is_giver)
    shown = {
        "record": record,
        "is_giver": is_giver,
        "may_confirm": (is_giver and not record.given_at) or (may_take and not record.taken_at),
        "page_kind": "desk" if member.is_staff else "public",
    }
    return render(request, "people/work_handover.html", shown)


@require_POST
@signed_in
def confirm_work(request: HttpRequest, member: Member, handover_id: int) -> HttpResponse:
    """Confirm the record as the giver or the taker."""
    _find(member, handover_id)
    try:
        confirm_work_handover(handover_id=handover_id, member=member, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(_))
    else:
        messages.success(request, _("已确认交接。"))
    return redirect("work_handover", handover_id=handover_id)


def _find(member: Member, handover_id: int) -> tuple[WorkHandoverView, bool]:
    """Find a record for one of both, or for whoever keeps the post."""
    record = find_work_handover(handover_id)
    if record is None:
        raise Http404
    keeps = may_keep_work(member, record.role, record.area_code)
    concerned = member.person_id is not None and member.person_id in (
        record.giver_id,
        record.taker_id,
    )
    if not (concerned or keeps):
        raise Http404
    return record, keeps
