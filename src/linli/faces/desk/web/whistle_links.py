"""Links for called organisations without an account, and the code the caller shows on the spot."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.web.links import read_end, read_number
from linli.faces.frame.qr import draw_qr
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.whistle.queries.codes import get_code
from linli.programmes.whistle.queries.links import call_links
from linli.programmes.whistle.queries.whistles import find_whistle_id, get_whistle
from linli.programmes.whistle.rules.links import UnableToGiveLink
from linli.programmes.whistle.rules.refusals import NoSuchWhistle, WhistleRefused
from linli.programmes.whistle.services.links import give_link, stop_link
from linli.programmes.whistle.terms import CALL_LINK_PATH
from linli.spine.cases.link_terms import MadeLink
from linli.spine.cases.queries.links import link_address


@require_GET
@staff_page(Action.WHISTLE_BLOW)
def show_links(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show the links of one whistle to its caller's side; the whistle's page takes in the list."""
    return _render(request, member, number)


@require_POST
@staff_page(Action.WHISTLE_BLOW)
def give(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Make a link and show its address and QR code, this once."""
    try:
        made = give_link(
            whistle_id=_find(number),
            organisation_id=read_number(request.POST.get("organisation", "")),
            member=member,
            at=timezone.now(),
            expires_at=read_end(request.POST.get("expires_on", "")),
        )
    except NoSuchWhistle:
        return _not_yours(request)
    except Refusal as refusal:
        return _render(request, member, number, refused=refusal.words(gettext), status=422)
    return _render(request, member, number, made=made)


@require_POST
@staff_page(Action.WHISTLE_BLOW)
def stop(request: HttpRequest, member: Member, number: str, link_id: UUID) -> HttpResponse:
    """Stop a link at once."""
    try:
        stop_link(whistle_id=_find(number), link_id=link_id, member=member, at=timezone.now())
    except NoSuchWhistle:
        return _not_yours(request)
    except Refusal as refusal:
        return _render(request, member, number, refused=refusal.words(gettext), status=422)
    return _render(request, member, number, done=gettext("链接已停用，打开它的人会看到值班电话。"))


@require_GET
@staff_page(Action.WHISTLE_BLOW)
def show_code(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show the code of this moment, large, with a QR code; the page asks for it every minute."""
    whistle_id = _find(number)
    try:
        view = get_whistle(whistle_id=whistle_id, member=member)
        shown = get_code(whistle_id=whistle_id, member=member, at=timezone.now())
    except (NoSuchWhistle, WhistleRefused) as refusal:
        return refuse_by_action(request, Action.WHISTLE_BLOW, why=refusal.words(gettext))
    address = request.build_absolute_uri(reverse("whistle_here", args=[shown.code]))
    words = {
        "page_kind": "desk",
        "view": view,
        "code": f"{shown.code[:3]} {shown.code[3:]}",
        "changes_at": shown.changes_at,
        "qr": draw_qr(address),
    }
    partly = _is_part(request)
    template = "desk/whistle/code_now.html" if partly else "desk/whistle/code.html"
    return _kept_by_nobody(render(request, template, words))


def _find(number: str) -> UUID:
    found = None if "\x00" in number else find_whistle_id(number=number)
    if found is None:
        raise Http404
    return found


def _not_yours(request: HttpRequest) -> HttpResponse:
    why = gettext("这次哨不在您岗位的范围内。")
    return refuse_by_action(request, Action.WHISTLE_BLOW, why=why)


def _is_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"))


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
    now = timezone.now()
    try:
        found = call_links(whistle_id=_find(number), member=member, at=now)
    except NoSuchWhistle:
        return _not_yours(request)
    except UnableToGiveLink as refusal:
        why = refusal.words(gettext)
        return refuse_by_action(request, Action.WHISTLE_BLOW, why=why)
    address = ""
    if made is not None:
        base = request.build_absolute_uri("/")
        address = link_address(made.token, base=base, path=CALL_LINK_PATH)
    words = {
        "page_kind": "desk",
        "number": number,
        "found": found,
        "made": made,
        "address": address,
        "qr": draw_qr(address) if address else "",
        "refused": refused,
        "done": done,
        "now": now,
    }
    partly = _is_part(request)
    template = "desk/whistle/links_list.html" if partly else "desk/whistle/links.html"
    # htmx takes in only what succeeded, so a refusal is told in the fragment itself.
    return _kept_by_nobody(render(request, template, words, status=200 if partly else status))


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["Vary"] = "HX-Request"
    return answer
