"""Drafts of catalogue, list and calendar: seen in full, approved, put off, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.keeping import DraftForm
from linli.faces.desk.kept import EntryLine, Names, line_of_change, name_of_entry
from linli.faces.desk.matters import MATTER_WORDS
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target
from linli.programmes.keeping.queries.drafts import get_draft, list_drafts, list_entries
from linli.programmes.keeping.queries.preview import DraftPreview, foresee
from linli.programmes.keeping.queries.rights import may_keep
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.services import drafting
from linli.programmes.keeping.terms import DraftState, DraftView, Matter
from linli.spine.cases.queries.words import limit_words

_A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.KEEPING_DRAFT)
def begin(request: HttpRequest, member: Member, matter: str) -> HttpResponse:
    """Begin a next version of the catalogue, of the list or of the calendar."""
    if matter not in set(Matter):
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = DraftForm(typed, matter=Matter(matter), first=timezone.localdate() + _A_WEEK)
    if typed is not None and form.is_valid():
        try:
            draft = drafting.begin_draft(
                matter=Matter(matter),
                street_code=street_of(member),
                member=member,
                at=timezone.now(),
                **form.cleaned_data,
            )
            return HttpResponseRedirect(reverse("desk:revision", args=[draft.id]))
        except Refusal as refusal:
            form.blame(refusal)
    words = {
        "page_kind": "desk",
        "form": form,
        "matter": Matter(matter),
        "about": MATTER_WORDS[Matter(matter)],
    }
    return render(request, "desk/keeping/new.html", words, status=422 if form.errors else 200)


@require_GET
@staff_page(Action.KEEPING_READ)
def show_draft(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Show a draft: what it changes, what it would bring, what the member may do with it."""
    draft = open_draft(member, revision_id)
    if draft is None:
        return refuse_by_action(request, Action.KEEPING_READ)
    return render_draft(request, member, draft)


@require_POST
@staff_page(Action.KEEPING_DRAFT)
def drop(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Take one change out of a draft."""
    key, seen = request.POST.get("key", "")[:96], number_in(request.POST.get("seen", ""))

    def act() -> None:
        drafting.drop_change(
            draft_id=revision_id, key=key, seen=seen, member=member, at=timezone.now()
        )

    return _do(request, member, revision_id, act)


@require_POST
@staff_page(Action.KEEPING_DRAFT)
def put_off(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Give a draft another day."""

    def act() -> None:
        drafting.set_draft_day(
            draft_id=revision_id,
            effective_on=date.fromisoformat(request.POST.get("effective_on", "")),
            member=member,
            at=timezone.now(),
        )

    return _do(request, member, revision_id, act)


@require_POST
@staff_page(Action.KEEPING_DRAFT)
def ask(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Ask those who may approve to look at a draft."""

    def act() -> None:
        drafting.ask_approval(draft_id=revision_id, member=member, at=timezone.now())
        messages.success(request, gettext("已通知可以批准的人。"))

    return _do(request, member, revision_id, act)


@require_POST
@staff_page(Action.KEEPING_APPROVE)
def approve(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Approve a draft as it was seen."""

    def act() -> None:
        drafting.approve_draft(
            draft_id=revision_id,
            seen_revision=number_in(request.POST.get("revision", "")),
            member=member,
            at=timezone.now(),
        )
        messages.success(request, gettext("修订已批准，到生效日自动生效。"))

    return _do(request, member, revision_id, act)


@require_POST
@staff_page(Action.KEEPING_DRAFT, Action.KEEPING_APPROVE)
def withdraw(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Take back a draft before its day."""

    def act() -> None:
        drafting.withdraw_draft(draft_id=revision_id, member=member, at=timezone.now())
        messages.success(request, gettext("修订已撤回，一切照旧。"))

    return _do(request, member, revision_id, act)


def _do(
    request: HttpRequest, member: Member, revision_id: int, act: Callable[[], None]
) -> HttpResponse:
    """Do one act on a draft; what is refused is said above it."""
    draft = open_draft(member, revision_id)
    if draft is None:
        return refuse_by_action(request, Action.KEEPING_READ)
    try:
        act()
    except Refusal as refusal:
        return render_draft(
            request, member, get_draft(revision_id), notice=refusal.words(gettext), status=422
        )
    except ValueError:
        return render_draft(request, member, draft, notice=gettext("请写完整的日期。"), status=422)
    return HttpResponseRedirect(reverse("desk:revision", args=[revision_id]))


def number_in(typed: str) -> int:
    """Read a version number a form sent back; anything else is one nobody has seen."""
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else -1


def open_draft(member: Member, revision_id: int) -> DraftView | None:
    """Open a draft the member may read; None when it is another sub-district's.

    Raises:
        Http404: when there is none.
    """
    try:
        draft = get_draft(revision_id)
    except UnableToKeep as unknown:
        raise Http404 from unknown
    place = Target(street_code=draft.street_code, is_complaint=False)
    return draft if may(member, Action.KEEPING_READ, place) else None


def draft_to_write(member: Member, revision_id: int) -> DraftView | None:
    """Open a draft the member may write into; None when it is not the member's.

    Raises:
        Http404: when there is none.
    """
    draft = open_draft(member, revision_id)
    if draft is None or not may_keep(member, Action.KEEPING_DRAFT, draft.matter, draft.street_code):
        return None
    return draft


def list_open_drafts(member: Member, matter: Matter) -> list[DraftView]:
    """List the drafts the member may still change."""
    street = street_of(member)
    return [
        draft
        for draft in list_drafts(matter=matter, street_code=street)
        if draft.state is DraftState.DRAFT
        and may_keep(member, Action.KEEPING_DRAFT, matter, draft.street_code)
    ]


def render_draft(
    request: HttpRequest,
    member: Member,
    draft: DraftView,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a draft with everything it would bring."""
    now = timezone.now()
    preview = foresee(draft, at=now) if draft.is_open else None
    is_draft = draft.state is DraftState.DRAFT
    rights = {
        right: may_keep(member, right, draft.matter, draft.street_code)
        for right in (Action.KEEPING_DRAFT, Action.KEEPING_APPROVE)
    }
    may_draft, may_approve = rights[Action.KEEPING_DRAFT], rights[Action.KEEPING_APPROVE]
    is_own = draft.drafted_by_id == member.account_id
    people = _people(draft)
    words: dict[str, Any] = {
        "page_kind": "desk",
        "draft": draft,
        "about": MATTER_WORDS[draft.matter],
        "lines": list_lines(draft, preview, people),
        "preview": preview,
        "examples": [
            {"limit": limit_words(one.limit), "before": one.before, "after": one.after}
            for one in (preview.reckoning.examples if preview and preview.reckoning else ())
        ],
        "whole_faults": _faults(preview, ""),
        "drafted_by": people.get(draft.drafted_by_id, ""),
        "approved_by": people.get(draft.approved_by_id or 0, ""),
        "stopped": gettext(draft.stopped_message) % draft.stopped_params
        if draft.stopped_message
        else "",
        "may_draft": is_draft and may_draft,
        "may_approve": is_draft and may_approve and not is_own,
        "is_own": is_draft and may_approve and is_own,
        "may_withdraw": draft.is_open and (may_draft or may_approve),
        "may_open_cases": any(
            may(member, Action.CASE_LIST, Target(street_code=code, is_complaint=False))
            for code in (draft.street_code,)
        ),
        "notice": notice,
        "now": now,
    }
    return render(request, "desk/keeping/draft.html", words, status=status)


def _people(draft: DraftView) -> dict[int, str]:
    ids = {draft.drafted_by_id, draft.approved_by_id or 0}
    return dict(list_account_names(ids | {one.changed_by_id for one in draft.changes}))


def _faults(preview: DraftPreview | None, key: str) -> list[str]:
    found = preview.faults if preview else ()
    return [one.refusal.words(gettext) for one in found if one.key == key]


def list_lines(
    draft: DraftView, preview: DraftPreview | None, people: dict[int, str]
) -> list[EntryLine]:
    """Say the changes of a draft, each with what stands against it."""
    entries = list_entries(matter=draft.matter, street_code=draft.street_code, on=draft.lies_on)
    names = Names(draft.street_code)
    return [
        line_of_change(
            one,
            name=name_of_entry(one, entries, draft.matter),
            names=names,
            who=people.get(one.changed_by_id, ""),
            faults=_faults(preview, one.key),
            open_cases=preview.open_cases.get(one.key, 0) if preview else 0,
        )
        for one in draft.changes
    ]
