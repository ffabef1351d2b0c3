"""The intake desk: one call from the first ring to the number read out, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.forms.intake import CallForm, read_photos, read_words, show_photos
from linli.faces.desk.offers import offer_organisations
from linli.faces.desk.typed import take_typed
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline import queries, services
from linli.programmes.hotline.rules.pasted import digits
from linli.programmes.hotline.rules.refusals import NoSuchDraft
from linli.programmes.hotline.terms import CallWords, DraftView, Filed, Saved
from linli.spine.cases.services.callers import look_up_caller

DONE = "intake_done"
LINES = 5
LONGEST_CALLER = 30
Ending = Callable[[HttpRequest, Member, UUID, CallWords], Filed]


@require_GET
@staff_page(Action.CALL_TAKE)
def new_call(request: HttpRequest, member: Member) -> HttpResponse:
    """Show an empty call; a telephone system may name the caller in the address (`?from=`)."""
    caller = digits(request.GET.get("from", ""))[:LONGEST_CALLER]
    return _render(request, member, _blank(new_id(), CallWords(caller=caller)))


@require_http_methods(["GET", "POST"])
@staff_page(Action.CALL_TAKE)
def one_call(request: HttpRequest, member: Member, draft_id: UUID) -> HttpResponse:
    """Show a call in hand, or end it as the pressed button says."""
    if request.method == "POST":
        return _end(request, member, draft_id)
    typed = take_typed(request, path=request.path)
    if typed is not None:
        messages.info(request, gettext("您离开前写的内容放回来了，请核对后再提交。"))
        return _render(request, member, _blank(draft_id, read_words(typed)))
    try:
        draft = queries.get_draft(draft_id=draft_id, member=member)
    except NoSuchDraft:
        # Not yet saved when the page was loaded again: the window may still hold its words.
        draft = _blank(draft_id, CallWords())
    return _render(request, member, draft)


@require_POST
@staff_page(Action.CALL_TAKE)
def save_call(request: HttpRequest, member: Member, draft_id: UUID) -> HttpResponse:
    """Keep what was typed so far; the page hears whether it was kept."""
    try:
        saved = _save(request, member, draft_id)
    except Refusal as refusal:
        words = {"fault": refusal.words(gettext)}
        return render(request, "desk/intake/saved.html", words, status=422)
    answer = render(request, "desk/intake/saved.html", {"saved": saved})
    if saved.is_kept:
        answer["HX-Replace-Url"] = reverse("desk:call", args=[draft_id])
    return answer


@require_POST
@staff_page(Action.CALL_TAKE)
def take_up(request: HttpRequest, member: Member, draft_id: UUID) -> HttpResponse:
    """Take a call up again that was put aside."""
    try:
        services.take_up_again(draft_id=draft_id, member=member, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
        return HttpResponseRedirect(reverse("desk:intake"))
    return HttpResponseRedirect(reverse("desk:call", args=[draft_id]))


@require_POST
@staff_page(Action.CALL_TAKE)
def tell_done(request: HttpRequest, member: Member, case_id: UUID) -> HttpResponse:
    """Note that somebody without a phone has been told."""
    try:
        services.mark_told(case_id=case_id, member=member, at=timezone.now())
        messages.success(request, gettext("已记下：结果告诉本人了。"))
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:intake"))


def _end(request: HttpRequest, member: Member, draft_id: UUID) -> HttpResponse:
    words = read_words(request.POST)
    if request.POST.get("do") == "save":
        return _save_and_stay(request, member, draft_id, words)
    if request.POST.get("do") == "drop":
        return _drop(request, member, draft_id)
    try:
        filed = _ending(request)(request, member, draft_id, words)
    except Refusal as refusal:
        return _refuse(request, member, draft_id, words, refusal)
    request.session[DONE] = {
        "call": str(filed.call_id),
        "outcome": filed.outcome.value,
        "number": filed.number,
        "code": filed.tracking_code,
        "community": filed.community,
        "kind": words.kind,
    }
    return HttpResponseRedirect(reverse("desk:intake"))


def _ending(request: HttpRequest) -> Ending:
    if "answered" in request.POST:
        return _answered
    if "remind" in request.POST:
        return _reminded
    return _wanted if request.POST.get("do") == "want" else _filed


def _filed(request: HttpRequest, member: Member, draft_id: UUID, words: CallWords) -> Filed:
    return services.file_call(
        draft_id=draft_id,
        words=words,
        photos=read_photos(request.POST),
        member=member,
        at=timezone.now(),
        language=get_language() or "zh-hans",
    )


def _answered(request: HttpRequest, member: Member, draft_id: UUID, words: CallWords) -> Filed:
    return services.answer_call(
        draft_id=draft_id,
        words=words,
        version_id=_number(request.POST.get("answered")),
        member=member,
        at=timezone.now(),
    )


def _reminded(request: HttpRequest, member: Member, draft_id: UUID, words: CallWords) -> Filed:
    number = request.POST.get("remind") or words.number
    about = replace(words, number=number)
    return services.remind_by_call(draft_id=draft_id, words=about, member=member, at=timezone.now())


def _wanted(request: HttpRequest, member: Member, draft_id: UUID, words: CallWords) -> Filed:
    return services.want_answer(draft_id=draft_id, words=words, member=member, at=timezone.now())


def _save(request: HttpRequest, member: Member, draft_id: UUID) -> Saved:
    return services.save_draft(
        draft_id=draft_id,
        words=read_words(request.POST),
        photos=read_photos(request.POST),
        editor=request.POST.get("editor", ""),
        seen_version=_number(request.POST.get("version")),
        member=member,
        at=timezone.now(),
    )


def _save_and_stay(
    request: HttpRequest, member: Member, draft_id: UUID, words: CallWords
) -> HttpResponse:
    try:
        saved = _save(request, member, draft_id)
    except Refusal as refusal:
        return _refuse(request, member, draft_id, words, refusal)
    if saved.is_kept:
        messages.success(request, gettext("已存成草稿。"))
    else:
        messages.error(request, gettext("这份草稿在另一个窗口里改过，这里的没有存上。"))
    return HttpResponseRedirect(reverse("desk:call", args=[draft_id]))


def _drop(request: HttpRequest, member: Member, draft_id: UUID) -> HttpResponse:
    # What was never saved leaves nothing to put aside.
    with suppress(NoSuchDraft):
        services.drop_draft(draft_id=draft_id, member=member, at=timezone.now())
    return HttpResponseRedirect(reverse("desk:intake"))


def _refuse(
    request: HttpRequest, member: Member, draft_id: UUID, words: CallWords, refusal: Refusal
) -> HttpResponse:
    form = CallForm(typed=request.POST, about=offer_organisations())
    form.blame(refusal)
    draft = replace(_held(member, draft_id, words), photos=read_photos(request.POST))
    return _render(request, member, draft, form=form, status=422)


def _held(member: Member, draft_id: UUID, words: CallWords) -> DraftView:
    try:
        return replace(queries.get_draft(draft_id=draft_id, member=member), words=words)
    except NoSuchDraft:
        return _blank(draft_id, words)


def _blank(draft_id: UUID, words: CallWords) -> DraftView:
    now = timezone.now()
    return DraftView(
        id=draft_id,
        words=words,
        photos=(),
        recordings=(),
        opened_at=now,
        saved_at=now,
        version=0,
        is_new=True,
    )


def _render(
    request: HttpRequest,
    member: Member,
    draft: DraftView,
    *,
    form: CallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    words = draft.words
    shown: dict[str, Any] = {
        "page_kind": "desk",
        "now": now,
        "draft": draft,
        "photos": show_photos(draft.photos),
        "form": form or CallForm(words, about=offer_organisations()),
        "editor": new_id().hex,
        "tabs": queries.list_drafts(member=member),
        "dropped": queries.find_dropped(member=member, at=now),
        "figures": queries.count_calls(member=member, at=now),
        "lines": queries.list_calls(member=member, at=now, limit=LINES),
        "to_tell": queries.list_to_tell(member=member),
        "done": request.session.get(DONE) if draft.is_new else None,
    }
    if words.caller:
        shown["matters"] = look_up_caller(phone=words.caller, member=member, at=now)
    if words.kind == "question" and words.text:
        found = queries.search_answers(text=words.text, member=member, at=now)
        shown |= {"answers": found, "asked": True}
    answer = render(request, "desk/intake/page.html", shown, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 10 else 0
