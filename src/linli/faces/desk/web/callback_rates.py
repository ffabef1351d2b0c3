"""The three rates with their denominators, and what is left out of them, open to all staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.callback_filters import offer_months, read_period, today
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.callback.queries.exclusions import count_exclusions, list_exclusions
from linli.programmes.callback.queries.rates import list_rates
from linli.programmes.callback.services.excluding import decide_exclusion
from linli.programmes.callback.terms import BY_LABELS

PAGE_SIZE = 30


@require_GET
@staff_page(Action.CALLBACK_RATES)
def show_rates(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the rates of a period by month, organisation or category; nothing is ranked."""
    period = read_period(request.GET, today=today())
    found = list_rates(
        member=member, by=period.by, first=period.first, last=period.last, at=timezone.now()
    )
    words = {
        "page_kind": "desk",
        "table": found,
        "period": period,
        "bys": list(BY_LABELS.items()),
        "months": offer_months(today=today()),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
        "may_read": found.may_open,
        "least": found.least,
    }
    return render(request, "desk/callback/rates.html", words)


@require_GET
@staff_page(Action.CASE_LIST)
def show_exclusions(request: HttpRequest, member: Member) -> HttpResponse:
    """List what is left out of the rates and why, for all staff."""
    return _render(request, member)


@require_POST
@staff_page(Action.CALLBACK_DECIDE)
def decide(request: HttpRequest, member: Member, exclusion_id: int) -> HttpResponse:
    """Agree, or not; the page says why not, and keeps what was typed."""
    note = request.POST.get("note", "")
    is_granted = request.POST.get("do") == "grant"
    try:
        decide_exclusion(
            exclusion_id=exclusion_id,
            is_granted=is_granted,
            note=note,
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        refused = {"id": exclusion_id, "words": refusal.words(gettext), "note": note}
        return _render(request, member, refused=refused, status=422)
    said = gettext("已同意排除。") if is_granted else gettext("已定为不排除，照常计算。")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk:callback_exclusions"))


def _render(
    request: HttpRequest,
    member: Member,
    *,
    refused: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    written = request.GET.get("page", "")
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1
    total = count_exclusions(member=member, is_waiting=False)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(number, 1), pages)
    words = {
        "page_kind": "desk",
        "now": timezone.now(),
        "waiting": list_exclusions(member=member, is_waiting=True),
        "decided": list_exclusions(
            member=member, is_waiting=False, most=PAGE_SIZE, skip=(page - 1) * PAGE_SIZE
        ),
        "page": page,
        "pages": pages,
        "may_decide": holds_post_for(member, Action.CALLBACK_DECIDE),
        "may_read": holds_post_for(member, Action.CALLBACK_READ),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
        "refused": refused,
    }
    return render(request, "desk/callback/exclusions.html", words, status=status)
