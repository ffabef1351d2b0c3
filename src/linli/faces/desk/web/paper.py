"""A case on paper, its work slip and its share card."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.paper.pages import (
    Paper,
    draw_card,
    make_card,
    may_be_shared,
    print_case,
    print_slip,
)
from linli.faces.desk.paper.typesetting import UnableToPrint
from linli.faces.frame.errors import show_error
from linli.ground.kernel.services import record_look
from linli.ground.people.terms import Action, LookPurpose, Member, Role
from linli.spine.cases.queries.case import find_case_id, get_case
from linli.spine.cases.queries.rights import find_role_for
from linli.spine.cases.terms import CaseView, case_subject

PAPERS: dict[str, Paper] = {"a4": "a4", "a5": "a5"}


@require_GET
@staff_page(Action.CASE_PRINT)
def give_case_pdf(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Give a case as PDF; the look is logged."""
    case, role = _find(member, number, Action.CASE_PRINT)
    if case is None or role is None:
        return refuse_by_action(request, Action.CASE_PRINT, why=_not_in_reach())
    now = timezone.now()
    try:
        made = print_case(case, printed_by=_who(member, role), at=now)
    except UnableToPrint as refusal:
        return _unable(request, refusal)
    _log(member, role, case.id, ["title", "text", "address", "photos", "history"])
    return _file(made, f"{case.number}.pdf", "application/pdf")


@require_GET
@staff_page(Action.CASE_PRINT)
def give_slip(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Give the work slip of a case on A4 or A5; the look is logged."""
    case, role = _find(member, number, Action.CASE_PRINT)
    if case is None or role is None:
        return refuse_by_action(request, Action.CASE_PRINT, why=_not_in_reach())
    paper = PAPERS.get(request.GET.get("paper", ""), "a4")
    try:
        made = print_slip(
            case,
            address=_address(request, case),
            paper=paper,
            printed_by=_who(member, role),
            at=timezone.now(),
        )
    except UnableToPrint as refusal:
        return _unable(request, refusal)
    _log(member, role, case.id, ["title", "text", "address"])
    return _file(made, f"{gettext('工单')}-{case.number}.pdf", "application/pdf")


@require_GET
@staff_page(Action.CASE_SHARE)
def show_card(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show the card and its plain text, ready to be copied into a group."""
    case, role = _find(member, number, Action.CASE_SHARE)
    if case is None or role is None:
        return refuse_by_action(request, Action.CASE_SHARE, why=_not_in_reach())
    if not may_be_shared(case):
        return refuse_by_action(request, Action.CASE_SHARE, why=_not_public())
    card = make_card(case, address=_address(request, case), at=timezone.now())
    words = {"page_kind": "desk", "case": case, "card": card, "version": case.version}
    return render(request, "desk/card.html", words)


@require_GET
@staff_page(Action.CASE_SHARE)
def give_card(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Give the card as a picture."""
    case, role = _find(member, number, Action.CASE_SHARE)
    if case is None or role is None or not may_be_shared(case):
        return refuse_by_action(request, Action.CASE_SHARE, why=_not_in_reach())
    try:
        made = draw_card(case, at=timezone.now())
    except UnableToPrint as refusal:
        return _unable(request, refusal)
    return _file(made, f"{case.number}.png", "image/png", inline=True)


def _find(member: Member, number: str, right: Action) -> tuple[CaseView | None, Role | None]:
    case_id = find_case_id(number=number)
    if case_id is None:
        raise Http404
    role = find_role_for(case_id=case_id, member=member, right=right)
    if role is None:
        return None, None
    return get_case(case_id=case_id, member=member, at=timezone.now()), role


def _log(member: Member, role: Role, case_id: UUID, fields: list[str]) -> None:
    record_look(
        actor=member.actor(role=role),
        subject=case_subject(case_id),
        person_id=None,
        fields=fields,
        purpose=LookPurpose.PAPER.value,
        at=timezone.now(),
    )


def _who(member: Member, role: Role) -> str:
    return f"{gettext(role.label)} {member.name}".strip()


def _address(request: HttpRequest, case: CaseView) -> str:
    return request.build_absolute_uri(reverse("desk:case", args=[case.number]))


def _file(content: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    header = content_disposition_header(as_attachment=not inline, filename=name) or ""
    answer.headers["Content-Disposition"] = header
    answer["Cache-Control"] = "no-store"
    return answer


def _unable(request: HttpRequest, refusal: UnableToPrint) -> HttpResponse:
    return show_error(request, status=503, detail=refusal.words(gettext))


def _not_in_reach() -> str:
    return gettext("这件案件不在您岗位的范围内。")


def _not_public() -> str:
    return gettext("这件事不对外公开（如投诉、举报），不能做成卡片转到群里。")
