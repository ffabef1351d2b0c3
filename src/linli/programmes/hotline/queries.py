"""Reads of the hotline; each for one clerk or one sub-district."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.photos import list_uploaded
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.models import (
    AnswerVersion,
    Call,
    Draft,
    Recording,
    TellBack,
    WantedAnswer,
)
from linli.programmes.hotline.rules.answers import rank_answers
from linli.programmes.hotline.rules.calls import caller_digits, post_for
from linli.programmes.hotline.rules.recordings import SOUNDS
from linli.programmes.hotline.rules.refusals import AnswerRefused, NoSuchDraft
from linli.programmes.hotline.terms import (
    KEPT_DROPPED_HOURS,
    AnswerView,
    CallFigures,
    CallLine,
    CallWords,
    DraftTab,
    DraftView,
    Outcome,
    RecordingView,
    TellBy,
    ToTell,
    WantedView,
)
from linli.spine.cases.queries.words import name_of, shown_title
from linli.spine.cases.terms import ENDS, CaseKind, Channel, PhotoRef, Step

MOST_LINES = 12
MOST_TABS = 20


def get_draft(*, draft_id: UUID, member: Member) -> DraftView:
    """Get one clerk's own call in hand; photos that are gone are left out.

    Raises:
        NotForYou: when the member takes no calls.
        NoSuchDraft: when there is none of this clerk.
    """
    post_for(member, Action.CALL_TAKE)
    draft = Draft.objects.filter(id=draft_id, clerk_id=member.account_id, dropped_at=None).first()
    if draft is None:
        raise NoSuchDraft("hotline.no_draft")
    refs = [(UUID(number), secret) for number, secret in draft.photos]
    there = set(list_uploaded(refs)) if refs else set()
    rows = Recording.objects.filter(draft_id=draft_id).order_by("uploaded_at", "id")
    return DraftView(
        id=draft.id,
        words=msgspec.convert(draft.words, CallWords),
        photos=tuple(PhotoRef(id=one, secret=secret) for one, secret in refs if one in there),
        recordings=tuple(_recording(row) for row in rows),
        opened_at=draft.opened_at,
        saved_at=draft.saved_at,
        version=draft.version,
    )


def list_held_photos(photo_ids: Sequence[UUID]) -> set[UUID]:
    """List those of the photos that a call in hand, or one put aside, still names."""
    wanted = set(photo_ids)
    if not wanted:
        return wanted
    named = Draft.objects.exclude(photos=[]).values_list("photos", flat=True)
    return wanted & {UUID(number) for photos in named for number, _secret in photos}


def list_drafts(*, member: Member) -> list[DraftTab]:
    """List one clerk's calls in hand, the oldest first."""
    rows = Draft.objects.filter(clerk_id=member.account_id, dropped_at=None)
    spoken = Recording.objects.filter(draft__clerk_id=member.account_id)
    with_voice = set(spoken.values_list("draft_id", flat=True))
    return [_tab(row, row.id in with_voice) for row in rows.order_by("opened_at")[:MOST_TABS]]


def find_dropped(*, member: Member, at: datetime) -> DraftTab | None:
    """Find the call this clerk put aside last, while it can still be taken up again."""
    since = at - timedelta(hours=KEPT_DROPPED_HOURS)
    rows = Draft.objects.filter(clerk_id=member.account_id, dropped_at__gt=since)
    row = rows.order_by("-dropped_at").first()
    return _tab(row, has_recording=False) if row else None


def _tab(row: Draft, has_recording: bool) -> DraftTab:
    words = msgspec.convert(row.words, CallWords)
    return DraftTab(
        id=row.id,
        brief=words.brief,
        caller_tail=caller_digits(words)[-4:],
        opened_at=row.opened_at,
        saved_at=row.saved_at,
        has_recording=has_recording,
    )


def list_recordings(*, case_id: UUID) -> list[RecordingView]:
    """List the recorded voices of a case; opening one asks the right."""
    return [_recording(row) for row in _OF_CASE.rows(case_id=case_id)]


_OF_CASE = Compiled(
    lambda case_id: Recording.objects.filter(case_id=case_id).order_by("uploaded_at", "id")
)


def _recording(row: Recording) -> RecordingView:
    sound = SOUNDS.get(row.media_type)
    return RecordingView(
        id=row.id,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        uploaded_at=row.uploaded_at,
        delete_at=row.delete_at,
        is_gone=row.deleted_at is not None,
        plays_here=bool(row.played) or bool(sound and sound.plays_here),
        is_converted=bool(row.played),
    )


def search_answers(*, text: str, member: Member, at: datetime) -> list[AnswerView]:
    """Search the library for what may answer a caller, best first.

    Raises:
        NotForYou: when the member takes no calls.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    if not text.strip():
        return []
    return rank_answers(text=text, entries=_library(street_code), on=timezone.localdate(at))


def get_answer(*, answer_id: int, member: Member) -> AnswerView:
    """Get the current version of one entry.

    Raises:
        NotForYou: when the member takes no calls.
        AnswerRefused: when there is no such entry.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    row = _current(street_code).filter(answer_id=answer_id).first()
    if row is None:
        raise AnswerRefused("hotline.answer_unknown")
    return answer_view(row)


def list_answers(*, member: Member) -> list[AnswerView]:
    """List the whole library of the member's sub-district, the latest written first.

    Raises:
        NotForYou: when the member takes no calls.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    return sorted(_library(street_code), key=lambda one: one.written_at, reverse=True)


def list_versions(*, answer_id: int, member: Member) -> list[AnswerView]:
    """List all versions of one entry, the newest first.

    Raises:
        NotForYou: when the member takes no calls.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    rows = _versions().filter(answer_id=answer_id, answer__street_code=street_code)
    return [answer_view(row) for row in rows.order_by("-version")]


def list_wanted(*, member: Member) -> list[WantedView]:
    """List the questions that wait for an answer, those asked most first.

    Raises:
        NotForYou: when the member takes no calls.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    rows = WantedAnswer.objects.filter(street_code=street_code, settled_at=None)
    return [
        WantedView(id=row.pk, question=row.question, asked_at=row.asked_at, times=row.times)
        for row in rows.order_by("-times", "-asked_at")
    ]


def _library(street_code: str) -> list[AnswerView]:
    return [answer_view(row) for row in _current(street_code).order_by("answer_id")]


def _current(street_code: str) -> QuerySet[AnswerVersion]:
    return _versions().filter(replaced_at=None, answer__street_code=street_code)


def _versions() -> QuerySet[AnswerVersion]:
    return AnswerVersion.objects.select_related("answer", "owner", "written_by__person")


def answer_view(row: AnswerVersion) -> AnswerView:
    """Freeze one version for use outside."""
    in_english = (get_language() or "").startswith("en")
    owner, writer = row.owner, row.written_by
    return AnswerView(
        answer_id=row.answer_id,
        version_id=row.pk,
        version=row.version,
        question=row.question,
        text=row.text,
        keywords=row.keywords,
        owner_id=row.owner_id,
        owner_name=((owner.name_en if in_english else "") or owner.name) if owner else "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        review_on=row.review_on,
        written_at=row.written_at,
        written_by=writer.person.name if writer.person else writer.login,
        pinyin=row.pinyin,
        is_retired=row.answer.retired_at is not None,
    )


def list_calls(*, member: Member, at: datetime, limit: int = MOST_LINES) -> list[CallLine]:
    """List this clerk's own calls of the day, the latest first.

    Raises:
        NotForYou: when the member takes no calls.
    """
    post_for(member, Action.CALL_TAKE)
    rows = Call.objects.filter(clerk_id=member.account_id, ended_at__gte=_midnight(at))
    rows = rows.select_related("case", "answer_version").only(
        *("id", "kind", "channel", "outcome", "started_at", "ended_at"),
        *("case__number", "answer_version__question"),
    )
    return [_line(row) for row in rows.order_by("-ended_at")[:limit]]


def _line(row: Call) -> CallLine:
    return CallLine(
        id=row.id,
        kind=CaseKind(row.kind),
        channel=Channel(row.channel),
        outcome=Outcome(row.outcome),
        ended_at=row.ended_at,
        seconds=int((row.ended_at - row.started_at).total_seconds()),
        number=row.case.number if row.case else "",
        question=row.answer_version.question if row.answer_version else "",
    )


def count_calls(*, member: Member, at: datetime) -> CallFigures:
    """Count this clerk's own calls of the day by outcome.

    Raises:
        NotForYou: when the member takes no calls.
    """
    post_for(member, Action.CALL_TAKE)
    rows = Call.objects.filter(clerk_id=member.account_id, ended_at__gte=_midnight(at))
    return _figures(rows.values_list("outcome", "started_at", "ended_at"))


def _figures(rows: Iterable[tuple[str, datetime, datetime]]) -> CallFigures:
    listed = list(rows)
    if not listed:
        return CallFigures()
    outcomes = [Outcome(outcome) for outcome, _began, _ended in listed]
    spans = [(ended - began).total_seconds() for _outcome, began, ended in listed]
    return CallFigures(
        total=len(listed),
        answered=outcomes.count(Outcome.ANSWERED),
        cases=outcomes.count(Outcome.CASE),
        reminders=outcomes.count(Outcome.REMINDER),
        wanted=outcomes.count(Outcome.WANTED),
        abandoned=outcomes.count(Outcome.ABANDONED),
        median_seconds=int(median(spans)),
    )


def _midnight(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def list_to_tell(*, member: Member) -> list[ToTell]:
    """List the ended cases whose answer somebody without a phone still waits for, oldest first.

    Raises:
        NotForYou: when the member takes no calls.
    """
    _role, street_code = post_for(member, Action.CALL_TAKE)
    rows = TellBack.objects.filter(
        told_at=None,
        case__street__code=street_code,
        case__step__in=[step.value for step in ENDS],
    ).select_related("case__category")
    return [
        ToTell(
            case_id=row.case_id,
            number=row.case.number,
            title=shown_title(row.case.title, category=name_of(row.case.category)),
            step=Step(row.case.step),
            how=TellBy(row.how),
            where=row.where,
            closed_at=row.case.closed_at,
        )
        for row in rows.order_by("case__closed_at")[:50]
    ]
