"""Calls in hand: saved while they are typed, put aside and taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_event
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.events import CallTakenUpAgain
from linli.programmes.hotline.models import Call, Draft
from linli.programmes.hotline.rules.calls import check_id, check_words, post_for
from linli.programmes.hotline.rules.refusals import CallRefused, NoSuchDraft
from linli.programmes.hotline.services.ending import end_call
from linli.programmes.hotline.terms import (
    KEPT_DRAFT_DAYS,
    KEPT_DROPPED_HOURS,
    MOST_PHOTOS,
    CallWords,
    Outcome,
    Saved,
    draft_subject,
)
from linli.spine.cases.terms import PhotoRef


@transaction.atomic
def save_draft(
    *,
    draft_id: UUID,
    words: CallWords,
    photos: Sequence[PhotoRef],
    editor: str,
    seen_version: int,
    member: Member,
    at: datetime,
) -> Saved:
    """Keep what was typed so far; another window's newer text is never overwritten.

    Args:
        editor: names the window; the one that saved last may always save again.
        seen_version: the version the window began from.

    Raises:
        NotForYou: when the member takes no calls.
        NoSuchDraft: another clerk's draft.
        CallRefused: words that can't be kept, or a call that has ended.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    check_id(draft_id)
    check_words(words)
    if Call.objects.filter(id=draft_id).exclude(outcome=Outcome.ABANDONED.value).exists():
        raise CallRefused("hotline.call_ended")
    draft = Draft.objects.select_for_update().filter(id=draft_id).first()
    if draft is None:
        return _begin(draft_id, words, photos, editor, street_code, member, at)
    if draft.clerk_id != member.account_id or draft.dropped_at is not None:
        raise NoSuchDraft("hotline.no_draft")
    if draft.editor != editor and draft.version != seen_version:
        return Saved(version=draft.version, is_kept=False, saved_at=draft.saved_at)
    draft.words, draft.photos = msgspec.to_builtins(words), write_photos(photos)
    draft.editor, draft.version, draft.saved_at = editor[:40], draft.version + 1, at
    draft.save(update_fields=["words", "photos", "editor", "version", "saved_at"])
    return Saved(version=draft.version, is_kept=True, saved_at=at)


def _begin(
    draft_id: UUID,
    words: CallWords,
    photos: Sequence[PhotoRef],
    editor: str,
    street_code: str,
    member: Member,
    at: datetime,
) -> Saved:
    draft = Draft(
        id=draft_id,
        clerk_id=member.account_id,
        street_code=street_code,
        words=msgspec.to_builtins(words),
        photos=write_photos(photos),
        editor=editor[:40],
        opened_at=at,
        saved_at=at,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as fault:
        # Two saves of one new draft crossed; the window sends again what it holds.
        raise CallRefused("hotline.saved_meanwhile") from fault
    return Saved(version=draft.version, is_kept=True, saved_at=at)


def open_pasted(
    *, words: CallWords, photos: Sequence[PhotoRef], member: Member, at: datetime
) -> UUID:
    """Open a new draft with what a pasted message held, for the clerk to confirm.

    Raises:
        NotForYou: when the member takes no calls.
        CallRefused: words that can't be kept.
    """
    draft_id = new_id()
    save_draft(
        draft_id=draft_id,
        words=words,
        photos=photos,
        editor="",
        seen_version=0,
        member=member,
        at=at,
    )
    return draft_id


@transaction.atomic
def drop_draft(*, draft_id: UUID, member: Member, at: datetime) -> None:
    """Put a call aside without filing it; it can be taken up again within a day.

    Raises:
        NoSuchDraft: no such call in hand of this clerk.
    """
    draft = lock_draft(draft_id, member)
    if Call.objects.filter(id=draft_id).exists():
        return
    draft.dropped_at = at
    draft.save(update_fields=["dropped_at"])
    end_call(draft=draft, words=read_words(draft), outcome=Outcome.ABANDONED, member=member, at=at)


@transaction.atomic
def take_up_again(*, draft_id: UUID, member: Member, at: datetime) -> None:
    """Take a call up again that was put aside within the last day.

    Raises:
        NoSuchDraft: no such call, or gone.
    """
    draft = lock_draft(draft_id, member)
    if draft.dropped_at is None:
        return
    draft.dropped_at, draft.saved_at = None, at
    draft.save(update_fields=["dropped_at", "saved_at"])
    Call.objects.filter(id=draft_id, outcome=Outcome.ABANDONED.value).delete()
    record_event(CallTakenUpAgain(), subject=draft_subject(draft_id), actor=member.actor(), at=at)


def forget_drafts(*, at: datetime) -> int:
    """Delete drafts put aside a day ago or left a week ago, and return how many there were."""
    dropped = Draft.objects.filter(dropped_at__lt=at - timedelta(hours=KEPT_DROPPED_HOURS))
    left = Draft.objects.filter(saved_at__lt=at - timedelta(days=KEPT_DRAFT_DAYS))
    return dropped.delete()[0] + left.delete()[0]


def lock_draft(draft_id: UUID, member: Member) -> Draft:
    """Lock one clerk's own call in hand.

    Raises:
        NotForYou: when the member takes no calls.
        NoSuchDraft: when there is none of this clerk.
    """
    post_for(member, Action.CALL_TAKE)
    mine = Draft.objects.select_for_update().filter(id=draft_id, clerk_id=member.account_id)
    draft = mine.first()
    if draft is None:
        raise NoSuchDraft("hotline.no_draft")
    return draft


def read_words(draft: Draft) -> CallWords:
    """Read what was typed."""
    return msgspec.convert(draft.words, CallWords)


def write_photos(photos: Sequence[PhotoRef]) -> list[list[str]]:
    """Write references of photos, at most nine, each once."""
    return [[str(ref.id), ref.secret] for ref in dict.fromkeys(photos)][:MOST_PHOTOS]
