"""The page of notices and the bell's number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.ground.people.terms import Member
from linli.ground.people.web import signed_in

from . import queries, services
from .words import say

_LONGEST_PAGE_NUMBER = 6


@require_GET
@signed_in
def notices(request: HttpRequest, member: Member) -> HttpResponse:
    """List what was told, newest first; with htmx only the bell."""
    if request.headers.get("HX-Request") and request.GET.get("part") == "bell":
        return _bell(request, member)
    page = _page(request.GET.get("page", ""))
    offset = (page - 1) * queries.PAGE_ROWS
    found = queries.list_notices(member.account_id, limit=queries.PAGE_ROWS + 1, offset=offset)
    shown = {
        "notices": [say(notice) for notice in found[: queries.PAGE_ROWS]],
        "unread": queries.count_unread(member.account_id),
        "older_page": page + 1 if len(found) > queries.PAGE_ROWS else None,
        "newer_page": page - 1 if page > 1 else None,
        "page_kind": "desk" if member.is_staff else "public",
    }
    return render(request, "notices/list.html", shown)


@require_GET
@signed_in
def open_notice(request: HttpRequest, member: Member, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice = queries.find_notice(account_id=member.account_id, notice_id=notice_id)
    if notice is None:
        return redirect("notices")
    services.mark_read(account_id=member.account_id, at=timezone.now(), notice_ids=[notice_id])
    return HttpResponseRedirect(say(notice).address or "/notices/")


@require_POST
@signed_in
def mark_all_read(request: HttpRequest, member: Member) -> HttpResponse:
    """Mark everything as read and return to the list."""
    services.mark_read(account_id=member.account_id, at=timezone.now())
    return redirect("notices")


def _page(text: str) -> int:
    is_number = text.isdecimal() and len(text) <= _LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1


def _bell(request: HttpRequest, member: Member) -> HttpResponse:
    unread = queries.count_unread(member.account_id)
    label = _("%(count)s 条未读") % {"count": unread}
    return render(request, "notices/bell.html", {"unread": unread, "label": label})
