"""The centre's rulings that hold for such matters again: a list, and taking one out of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, staff_page
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.spine.cases.queries.precedents import list_precedents
from linli.spine.cases.services import withdraw_precedent


@require_GET
@staff_page(Action.CASE_RULE)
def show_precedents(request: HttpRequest, member: Member) -> HttpResponse:
    """List the precedents of the member's streets, those withdrawn at the end."""
    return _render(request, member)


@require_POST
@staff_page(Action.PRECEDENT_WITHDRAW)
def withdraw(request: HttpRequest, member: Member, precedent_id: int) -> HttpResponse:
    """Withdraw a precedent with a reason; the page says why not, and keeps what was typed."""
    note = request.POST.get("note", "")
    try:
        withdraw_precedent(precedent_id=precedent_id, member=member, at=timezone.now(), note=note)
    except Refusal as refusal:
        refused = {"id": precedent_id, "words": refusal.words(gettext), "note": note}
        return _render(request, member, refused=refused, status=422)
    messages.success(request, gettext("先例已撤销。"))
    return HttpResponseRedirect(reverse("desk:precedents"))


def _render(
    request: HttpRequest,
    member: Member,
    *,
    refused: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = list_precedents(member=member, with_withdrawn=True)
    words = {
        "page_kind": "desk",
        "precedents": sorted(found, key=lambda one: one.withdrawn_at is not None),
        "may_withdraw": holds_post_for(member, Action.PRECEDENT_WITHDRAW),
        "refused": refused,
    }
    return render(request, "desk/precedents.html", words, status=status)
