"""What is said at talk points: written down for somebody, answered, printed to be hung up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.talk import MatterForm
from linli.faces.desk.offers import address_of_grids, offer_category_keys, offer_organisations
from linli.faces.desk.paper.talk import print_board
from linli.faces.desk.paper.typesetting import UnableToPrint
from linli.faces.desk.typed import take_typed
from linli.faces.frame.errors import show_error
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.people.errors import NotPermitted
from linli.ground.people.terms import Action, Member
from linli.programmes.talk.queries import boards, points
from linli.programmes.talk.rules.refusals import NoSuchPoint
from linli.programmes.talk.services.matters import answer_at_once, answer_matter, enter_case
from linli.programmes.talk.services.points import note_printed
from linli.programmes.talk.terms import Entered, PointView

from .talk import RIGHTS, find_point, render_point


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.TALK_HOST)
def enter_matter(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Write down what somebody says; nothing typed is lost."""
    point = find_point(point_id, member)
    if not points.may_receive_at(point_id=point_id, member=member):
        return refuse_by_action(request, Action.TALK_HOST)
    if request.method != "POST":
        return _form_page(request, member, point, _fresh(request))
    form = _form(request.POST, request)
    if not form.store_photos(uploaded_by_id=member.account_id, at=timezone.now()):
        return _form_page(request, member, point, form)
    try:
        entered = _enter(form, point_id, member)
    except Refusal as refusal:
        form.blame(refusal)
        return _form_page(request, member, point, form)
    messages.success(request, _tell(entered))
    return HttpResponseRedirect(reverse("desk:talk_point", args=[point_id]))


@require_POST
@staff_page(Action.TALK_HOST)
def write_answer(
    request: HttpRequest, member: Member, point_id: int, matter_id: UUID
) -> HttpResponse:
    """Write the answer that is to hang at the point; a refused one stays typed."""
    words = request.POST.get("answer", "").strip()
    try:
        answer_matter(
            point_id=point_id,
            matter_id=matter_id,
            answer=words,
            member=member,
            at=timezone.now(),
        )
    except NoSuchPoint as refusal:
        raise Http404 from refusal
    except NotPermitted:
        return refuse_by_action(request, Action.TALK_HOST)
    except Refusal as refusal:
        typed = {"refused": refusal.words(gettext), "answered_id": matter_id, "typed": words}
        return render_point(request, member, point_id, status=422, **typed)
    messages.success(request, gettext("答复写好了，请打印新的一张贴出来。"))
    return HttpResponseRedirect(reverse("desk:talk_point", args=[point_id]))


@require_safe
@staff_page(*RIGHTS)
def give_sheet(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Give the sheet to be hung up as PDF; from now on only what changes later counts as new."""
    point, now = find_point(point_id, member), timezone.now()
    board = boards.show_board(point_id=point_id, at=now)
    address = request.build_absolute_uri(reverse("talk_point", args=[point_id]))
    try:
        made = print_board(point, board, address=address, at=now)
    except UnableToPrint as refusal:
        return show_error(request, status=503, detail=refusal.words(gettext))
    matters = len(board.open_ones) + len(board.answered)
    note_printed(point_id=point_id, matters=matters, member=member, at=now)
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"{gettext('百姓说事点')}-{point_id}-{timezone.localtime(now):%Y%m%d}.pdf"
    header = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["Content-Disposition"] = header
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _enter(form: MatterForm, point_id: int, member: Member) -> Entered:
    matter, now = form.read_matter(), timezone.now()
    if form.is_answered:
        return answer_at_once(point_id=point_id, matter=matter, member=member, at=now)
    report = form.read_report()
    return enter_case(point_id=point_id, matter=matter, report=report, member=member, at=now)


def _tell(entered: Entered) -> str:
    if not entered.tracking_code:
        return gettext("已记下，编号 %(number)s，答复一起贴出来。") % {"number": entered.number}
    words = gettext("已登记，编号 %(number)s。请把编号和查询码 %(code)s 抄给来说事的人。")
    return words % {"number": entered.number, "code": entered.tracking_code}


def _fresh(request: HttpRequest) -> MatterForm:
    typed = take_typed(request, path=request.path)
    if typed is None:
        return _form(None, request, initial={"id": new_id()})
    messages.info(request, gettext("您离开前写的内容放回来了，请核对后再提交；照片要重新选。"))
    return _form(None, request, initial={name: typed.get(name) for name in typed})


def _form(
    typed: QueryDict | None, request: HttpRequest, *, initial: dict[str, object] | None = None
) -> MatterForm:
    return MatterForm(
        typed,
        request.FILES if typed is not None else None,
        categories=offer_category_keys(on=timezone.now()),
        organisations=offer_organisations(),
        initial=initial,
    )


def _form_page(
    request: HttpRequest, member: Member, point: PointView, form: MatterForm
) -> HttpResponse:
    words = {
        "page_kind": "desk",
        "point": point,
        "form": form,
        "areas_url": address_of_grids(street_of(member)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/talk/enter.html", words, status=status)
