"""What somebody signed in reported, how it stands, and what was left with their phone before."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from linli.faces.frame import standing
from linli.ground.people.queries.own_record import find_proved_phone, get_own_record
from linli.ground.people.terms import Member, hidden_phone
from linli.ground.people.web import signed_in
from linli.spine.cases.queries import list_my_reports
from linli.spine.cases.queries.around import list_followed
from linli.spine.cases.queries.left_with import list_left_with
from linli.spine.cases.services.taking import take_reports
from linli.spine.cases.terms import STEP_LABELS

MOST = 50


@require_safe
@signed_in
def reports(request: HttpRequest, member: Member) -> HttpResponse:
    """List my reports, the newest first, and those that carry my number and are nobody's yet."""
    own = get_own_record(member.account_id)
    phone = own.phone if own.is_proved else ""
    found = list_my_reports(account_id=member.account_id, at=timezone.now(), limit=MOST)
    shown = {
        "own": [{"case": case, "headline": standing.headline(case)} for case in found],
        "left": list_left_with(phone=phone) if phone else [],
        "followed": [
            {"case": one, "step_label": _(STEP_LABELS[one.step])}
            for one in list_followed(account_id=member.account_id)
        ],
        "phone": hidden_phone(own.phone) if own.phone else "",
        "is_proved": own.is_proved,
        "most": MOST,
    }
    return render(request, "public/mine.html", shown)


@require_POST
@signed_in
def take(request: HttpRequest, member: Member) -> HttpResponse:
    """Take those I chose of the reports that carry my number."""
    taken = take_reports(
        account_id=member.account_id,
        phone=find_proved_phone(member.account_id),
        case_ids=_chosen(request),
        at=timezone.now(),
    )
    if taken:
        words = ngettext("收进来 %(n)s 件。", "收进来 %(n)s 件。", taken)
        messages.success(request, words % {"n": taken})
    else:
        messages.warning(request, _("没有选中任何一件。"))
    return redirect("my_reports")


def _chosen(request: HttpRequest) -> list[UUID]:
    found = []
    for sent in request.POST.getlist("case")[:MOST]:
        with suppress(ValueError):
            found.append(UUID(sent))
    return found
