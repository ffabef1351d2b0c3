"""Links for handlers without an account: made, shown once, stopped, and what was done with them."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.spine.cases.link_terms import MadeLink
from linli.spine.cases.queries.case import find_case_id
from linli.spine.cases.queries.links import case_links, link_address
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services.links import make_link, revoke_link


@require_GET
@staff_page(Action.CASE_LINK)
def show_links(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show the links of one case; the case page takes in the fragment."""
    return _render(request, member, number)


@require_POST
@staff_page(Action.CASE_LINK)
def give_link(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Make a link and show its address, this once."""
    try:
        made = make_link(
            assignment_id=read_number(request.POST.get("assignment", "")),
            member=member,
            at=timezone.now(),
            expires_at=read_end(request.POST.get("expires_on", "")),
            keeps_others=request.POST.get("keeps_others") == "1",
        )
    except Refusal as refusal:
        return _render(request, member, number, refused=refusal.words(gettext), status=422)
    return _render(request, member, number, made=made)


@require_POST
@staff_page(Action.CASE_LINK)
def stop_link(request: HttpRequest, member: Member, number: str, link_id: UUID) -> HttpResponse:
    """Stop a link at once."""
    try:
        revoke_link(link_id=link_id, member=member, at=timezone.now())
    except Refusal as refusal:
        return _render(request, member, number, refused=refusal.words(gettext), status=422)
    return _render(request, member, number, done=gettext("链接已停用，打开它的人会看到值班电话。"))


def _render(
    request: HttpRequest,
    member: Member,
    number: str,
    *,
    made: MadeLink | None = None,
    refused: str = "",
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    case_id = find_case_id(number=number)
    if case_id is None:
        raise Http404
    now = timezone.now()
    try:
        found = case_links(case_id=case_id, member=member, at=now)
    except NoSuchCase:
        why = gettext("这件案件不在您岗位的范围内。")
        return refuse_by_action(request, Action.CASE_LINK, why=why)
    base = request.build_absolute_uri("/")
    words = {
        "page_kind": "desk",
        "number": number,
        "found": found,
        "made": made,
        "address": link_address(made.token, base=base) if made else "",
        "refused": refused,
        "done": done,
        "now": now,
    }
    partly = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    template = "desk/case/links_list.html" if partly else "desk/links.html"
    # htmx takes in only what succeeded, so a refusal is told in the fragment itself.
    answer = render(request, template, words, status=200 if partly else status)
    answer["Cache-Control"] = "no-store"
    answer["Vary"] = "HX-Request"
    return answer


def read_number(written: str) -> int:
    """Read an id from a form; 0, which is nobody's, for what is none."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 18 else 0


def read_end(written: str) -> datetime | None:
    """Read the last day of a link; it ends with that day."""
    try:
        day = parse_date(written)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None
