"""The library of answers: read by clerks, kept by the shift leader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.forms.answers import AnswerForm
from linli.faces.desk.offers import offer_organisations
from linli.faces.desk.typed import take_typed
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline import queries, services
from linli.programmes.hotline.rules.answers import rank_answers
from linli.programmes.hotline.rules.refusals import AnswerRefused
from linli.programmes.hotline.terms import AnswerView, WantedView

MOST_FOUND = 100


@require_GET
@staff_page(Action.CALL_TAKE)
def list_library(request: HttpRequest, member: Member) -> HttpResponse:
    """List the library, searched as on the intake desk, and what it still lacks."""
    entries = queries.list_answers(member=member)
    today = timezone.localdate()
    text = request.GET.get("q", "").strip()[:100]
    shown = rank_answers(text=text, entries=entries, on=today, limit=MOST_FOUND) if text else None
    words = {
        "page_kind": "desk",
        "q": text,
        "groups": _groups(entries if shown is None else shown, today=today),
        "total": len(entries),
        "wanted": queries.list_wanted(member=member),
        "may_edit": holds_post_for(member, Action.ANSWER_EDIT),
    }
    return render(request, "desk/answers/list.html", words)


@require_http_methods(["GET", "POST"])
@staff_page(Action.ANSWER_EDIT)
def write_new(request: HttpRequest, member: Member) -> HttpResponse:
    """Write an entry, perhaps for a question that waits (`?for=`)."""
    wish = _wish(request.GET.get("for", ""), member)
    if request.method != "POST":
        typed = take_typed(request, path=request.path)
        form = _form(typed, question=wish.question if wish else "")
        return _render(request, form, wish=wish)
    form = _form(request.POST)
    if form.is_valid() and _write(form, member, wish=wish):
        messages.success(request, gettext("写好了，从现在起查得到。"))
        return HttpResponseRedirect(reverse("desk:answers"))
    return _render(request, form, wish=wish, status=422)


@require_http_methods(["GET", "POST"])
@staff_page(Action.CALL_TAKE)
def one_answer(request: HttpRequest, member: Member, answer_id: int) -> HttpResponse:
    """Show one entry with its versions; the shift leader writes it anew.

    Raises:
        Http404: no such entry.
    """
    try:
        entry = queries.get_answer(answer_id=answer_id, member=member)
    except AnswerRefused as refusal:
        raise Http404 from refusal
    if request.method != "POST":
        form = _form(take_typed(request, path=request.path), entry=entry)
        return _render(request, form, entry=entry, member=member)
    if not holds_post_for(member, Action.ANSWER_EDIT):
        return refuse_by_action(request, Action.ANSWER_EDIT)
    form = _form(request.POST)
    if form.is_valid() and _write(form, member, entry=entry):
        messages.success(request, gettext("改好了，旧的版本还留着。"))
        return HttpResponseRedirect(reverse("desk:answer", args=[answer_id]))
    return _render(request, form, entry=entry, member=member, status=422)


@require_POST
@staff_page(Action.ANSWER_EDIT)
def retire(request: HttpRequest, member: Member, answer_id: int) -> HttpResponse:
    """Take an entry out of use."""
    try:
        services.retire_answer(answer_id=answer_id, member=member, at=timezone.now())
        messages.success(request, gettext("已停用，不再查得到；改写一次就能再用。"))
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:answers"))


@require_POST
@staff_page(Action.ANSWER_EDIT)
def drop_wish(request: HttpRequest, member: Member, wish_id: int) -> HttpResponse:
    """Take a question off the list without an answer."""
    try:
        services.settle_wish(wish_id=wish_id, member=member, at=timezone.now())
        messages.success(request, gettext("已划掉。"))
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:answers"))


def _write(
    form: AnswerForm,
    member: Member,
    *,
    entry: AnswerView | None = None,
    wish: WantedView | None = None,
) -> bool:
    try:
        services.write_answer(
            text=form.read(),
            answer_id=entry.answer_id if entry else None,
            seen_version=form.cleaned_data["version"] if entry else None,
            wish_id=wish.id if wish else None,
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.blame(refusal)
        return False
    return True


def _groups(entries: Iterable[AnswerView], *, today: date) -> list[tuple[str, list[AnswerView]]]:
    """Sort entries into those to look at again, in use, and not in use."""
    review: list[AnswerView] = []
    in_use: list[AnswerView] = []
    resting: list[AnswerView] = []
    for entry in entries:
        if not entry.is_valid(today):
            resting.append(entry)
        elif entry.needs_review(today):
            review.append(entry)
        else:
            in_use.append(entry)
    named = (
        (gettext("到了复核的日子"), review),
        (gettext("正在用的"), in_use),
        (gettext("没到日子、过了日子或已停用的"), resting),
    )
    return [(label, rows) for label, rows in named if rows]


def _wish(written: str, member: Member) -> WantedView | None:
    wanted = queries.list_wanted(member=member) if written.isdecimal() else []
    return next((one for one in wanted if str(one.id) == written), None)


def _form(
    typed: QueryDict | None = None, *, entry: AnswerView | None = None, question: str = ""
) -> AnswerForm:
    return AnswerForm(
        typed,
        entry=entry,
        question=question,
        organisations=offer_organisations(),
    )


def _render(
    request: HttpRequest,
    form: AnswerForm,
    *,
    entry: AnswerView | None = None,
    wish: WantedView | None = None,
    member: Member | None = None,
    status: int = 200,
) -> HttpResponse:
    words = {
        "page_kind": "desk",
        "form": form,
        "entry": entry,
        "wish": wish,
        "may_edit": member is None or holds_post_for(member, Action.ANSWER_EDIT),
        "versions": (
            queries.list_versions(answer_id=entry.answer_id, member=member)
            if entry and member
            else []
        ),
    }
    return render(request, "desk/answers/entry.html", words, status=status)
