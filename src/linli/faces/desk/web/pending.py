"""The pending register: what rests, why, who looks after it, until when; what a leader decides."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.offers import offer_areas, offer_organisations
from linli.faces.desk.pending_filters import SOON, read_filters
from linli.ground.people.terms import Action, Member
from linli.spine.cases.queries.pending import list_asked, list_register
from linli.spine.cases.terms.pending import OBSTACLE_LABELS, Obstacle


@require_GET
@staff_page(Action.CASE_LIST)
def show_register(request: HttpRequest, member: Member) -> HttpResponse:
    """List the cases on the register in my reach, oldest first, and the requests I may decide."""
    now = timezone.now()
    filters = read_filters(request.GET, at=now)
    may_decide = holds_post_for(member, Action.CASE_PENDING)
    words = {
        "page_kind": "desk",
        "now": now,
        "found": list_register(member=member, filters=filters, at=now),
        "asked": list_asked(member=member) if may_decide else [],
        "filters": filters,
        "obstacles": [(one, OBSTACLE_LABELS[one]) for one in Obstacle],
        "areas": offer_areas(member),
        "organisations": offer_organisations(),
        "soon": list(SOON.items()),
        "wakes": request.GET.get("wakes", ""),
        "is_narrowed": any(request.GET.get(one) for one in ("why", "area", "owner", "wakes")),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
    }
    return render(request, "desk/pending.html", words)
