"""Lists taken as files: the small ones at once, the large ones when a job has written them."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.paper.doors import NAME, TITLE
from linli.faces.desk.paper.exporting import (
    AT_ONCE,
    MOST_IN_MEMORY,
    MOST_ROWS,
    ask,
    file_name,
    may_take,
    request_export,
    write_list_file,
)
from linli.faces.desk.paper.lists import LISTS
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.exports import ExportView, find_export, list_exports, open_export
from linli.ground.people.terms import Action, Member

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_QUERY = 2_000


@dataclass(frozen=True, kw_only=True)
class ExportLine:
    """One export with the title of its list."""

    export: ExportView
    title: str


@require_GET
@staff_page(Action.LIST_EXPORT)
def show_exports(request: HttpRequest, member: Member) -> HttpResponse:
    """Show which lists can be taken, and what became of those I asked for."""
    mine = [_line(one) for one in list_exports(account_id=member.account_id)]
    words = {
        "page_kind": "desk",
        "lists": [one for one in LISTS.values() if may_take(member, one)],
        "mine": mine,
        "is_under_way": any(line.export.is_under_way for line in mine),
        "now": timezone.now(),
        "most": MOST_ROWS,
        "may_import": holds_post_for(member, Action.CASE_IMPORT)
        or holds_post_for(member, Action.ORGANISATION_IMPORT),
    }
    partly = bool(request.headers.get("HX-Request"))
    return render(request, "desk/exports_mine.html" if partly else "desk/exports.html", words)


@require_POST
@staff_page(Action.LIST_EXPORT)
def take_list(request: HttpRequest, member: Member, name: str) -> HttpResponse:
    """Hand a list over as a file, or queue it when it is large."""
    one = LISTS.get(name)
    if one is None:
        raise Http404
    if not may_take(member, one):
        return refuse_by_action(request, one.rights[0])
    now = timezone.now()
    query = request.POST.get("query", "").replace("\x00", "")[:LONGEST_QUERY]
    asked = ask(one, member=member, query=query, at=now)
    rows = one.count(asked)
    at_once = rows <= AT_ONCE
    request_export(one, asked, rows=rows, is_written=at_once)
    if not at_once:
        return HttpResponseRedirect(reverse("desk:exports"))
    with SpooledTemporaryFile(MOST_IN_MEMORY) as file:
        write_list_file(one, asked, target=file, total=rows)
        file.seek(0)
        answer = HttpResponse(file.read(), content_type=XLSX)
    return _named(answer, file_name(one, now))


@require_GET
@staff_page(Action.LIST_EXPORT)
def give_export(request: HttpRequest, member: Member, export_id: UUID) -> HttpResponse:
    """Hand over a file a job has written, to the one who asked for it."""
    export = find_export(export_id=export_id, account_id=member.account_id)
    one = LISTS.get(export.list_name) if export else None
    if export is None or one is None:
        raise Http404
    if not may_take(member, one):
        return refuse_by_action(request, one.rights[0])
    try:
        with open_export(export_id=export_id, account_id=member.account_id) as file:
            answer = HttpResponse(file.read(), content_type=XLSX)
    except Refusal as refusal:
        raise Http404(refusal.words(gettext)) from refusal
    return _named(answer, file_name(one, export.asked_at))


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    header = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["Content-Disposition"] = header
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _line(export: ExportView) -> ExportLine:
    one = LISTS.get(export.list_name)
    title = TITLE if export.list_name == NAME else export.list_name
    return ExportLine(export=export, title=one.title if one else title)
