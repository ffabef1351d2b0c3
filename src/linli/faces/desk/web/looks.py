"""Who looked at which personal record, when and why; this look is logged itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.looked import LookForm, read_place, word_looks, write_place
from linli.ground.kernel.looks import search_looks
from linli.ground.kernel.services import record_look
from linli.ground.kernel.terms import Subject
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, LookPurpose, Member, Target

A_PAGE = 50


@require_safe
@staff_page(Action.LOOK_LOG)
def show_looks(request: HttpRequest, member: Member) -> HttpResponse:
    """List looks at personal records by those in my reach, the newest first, page by page."""
    form = LookForm(request.GET)
    filters = form.read(member)
    found = search_looks(filters, before=read_place(request.GET.get("after", "")), limit=A_PAGE + 1)
    shown = found[:A_PAGE]
    if shown:
        log_look(member)
    words = {
        "page_kind": "desk",
        "form": form,
        "lines": word_looks(shown),
        "next": write_place(shown[-1]) if len(found) > A_PAGE else "",
        "is_first": "after" not in request.GET,
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
        "now": timezone.now(),
    }
    answer = render(request, "desk/looks.html", words)
    answer["Cache-Control"] = "no-store"
    return answer


def log_look(member: Member) -> None:
    """Log that the log was read."""
    street_code = street_of(member)
    target = Target(street_code=street_code, area_code=street_code)
    record_look(
        actor=member.actor(role=find_role(member, Action.LOOK_LOG, target)),
        subject=Subject(kind="kernel.Look", id=street_code),
        person_id=None,
        fields=["actor_id", "person_id", "reason"],
        purpose=LookPurpose.OVERSIGHT.value,
        at=timezone.now(),
    )
