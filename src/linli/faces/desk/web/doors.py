"""Notices for the doors of units, printed in the background and handed over as one PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.forms.doors import DoorForm
from linli.faces.desk.paper.doors import NAME, TITLE, may_print, request_notices
from linli.faces.desk.posted import offer_doors
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.exports import find_export, open_export
from linli.ground.people.terms import Action, Member


@require_http_methods(["GET", "POST"])
@staff_page(Action.POST_READ)
def print_doors(request: HttpRequest, member: Member) -> HttpResponse:
    """Choose an area, the paper and the language; the notices are printed in the background."""
    if not holds_post_for(member, Action.LIST_EXPORT):
        return refuse_by_action(request, Action.LIST_EXPORT)
    form = DoorForm(request.POST or None, areas=offer_doors(member), initial=_given(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            return _ask(request, member, form)
    words = {"page_kind": "desk", "form": form}
    return render(request, "desk/posts/doors.html", words, status=status)


def _given(request: HttpRequest) -> dict[str, Any]:
    return {"area": request.GET.get("area", ""), "paper": "a5", "language": "both"}


def _ask(request: HttpRequest, member: Member, form: DoorForm) -> HttpResponse:
    given = form.cleaned_data
    area_code = given["building"] or given["area"]
    if not may_print(member, area_code):
        return refuse_by_action(request, Action.POST_READ)
    request_notices(
        area_code=area_code,
        paper=given["paper"],
        language=given["language"],
        base=request.build_absolute_uri("/").rstrip("/"),
        member=member,
        at=timezone.now(),
    )
    return HttpResponseRedirect(reverse("desk:exports"))


@require_GET
@staff_page(Action.LIST_EXPORT)
def give_notices(request: HttpRequest, member: Member, export_id: UUID) -> HttpResponse:
    """Hand over the printed notices to the one who asked for them."""
    export = find_export(export_id=export_id, account_id=member.account_id)
    if export is None or export.list_name != NAME:
        raise Http404
    try:
        with open_export(export_id=export_id, account_id=member.account_id) as file:
            answer = HttpResponse(file.read(), content_type="application/pdf")
    except Refusal as refusal:
        raise Http404(refusal.words(gettext)) from refusal
    name = f"{gettext(TITLE)}-{timezone.localtime(export.asked_at):%Y%m%d-%H%M}.pdf"
    header = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["Content-Disposition"] = header
    answer.headers["Cache-Control"] = "no-store"
    return answer
