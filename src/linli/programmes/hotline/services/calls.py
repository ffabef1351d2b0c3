"""What a call comes to: a case, a reminder, an answer read out, or an answer that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.ids import tracking_code
from linli.ground.kernel.services import record_event
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.events import AnswerWanted
from linli.programmes.hotline.models import (
    AnswerVersion,
    Call,
    Draft,
    Recording,
    TellBack,
    WantedAnswer,
)
from linli.programmes.hotline.queries import answer_view
from linli.programmes.hotline.rules.calls import channel_of, post_for, report_of, tell_of
from linli.programmes.hotline.rules.pasted import take_numbers
from linli.programmes.hotline.rules.refusals import CallRefused, NoSuchDraft
from linli.programmes.hotline.services.drafts import save_draft
from linli.programmes.hotline.services.ending import end_call
from linli.programmes.hotline.terms import CallWords, Filed, Outcome, draft_subject
from linli.spine.cases.queries import find_case_id, get_case
from linli.spine.cases.services.intake import report_case
from linli.spine.cases.services.reminding import add_reminder
from linli.spine.cases.terms import PhotoRef

LONGEST_QUESTION = 200


@transaction.atomic
def file_call(
    *,
    draft_id: UUID,
    words: CallWords,
    photos: Sequence[PhotoRef],
    member: Member,
    at: datetime,
    language: str = "zh-hans",
) -> Filed:
    """File a call as a case; filed again it gives the same number.

    Raises:
        NotForYou, NoSuchDraft: not this clerk's call.
        CallRefused, ReportRefused, InvalidPoint, UnknownCategory, UnableToUsePhoto: what is
            wrong with it.
    """
    known = _find_ended(draft_id, member)
    if known is not None:
        return known
    draft = _hold(draft_id, words, photos, member, at)
    role, _street = post_for(member, Action.CALL_TAKE)
    report = report_of(words, draft_id=draft_id, photos=photos, language=language)
    reported = report_case(report=report, actor=member.actor(role=role), at=at)
    _keep_way_back(words, reported.case_id)
    Recording.objects.filter(draft_id=draft_id).update(case_id=reported.case_id)
    end_call(
        draft=draft,
        words=words,
        outcome=Outcome.CASE,
        member=member,
        at=at,
        case_id=reported.case_id,
    )
    draft.delete()
    return Filed(
        call_id=draft_id,
        outcome=Outcome.CASE,
        number=reported.number,
        tracking_code=reported.tracking_code,
        community=reported.community.name if reported.community else "",
        step=reported.step,
    )


@transaction.atomic
def remind_by_call(*, draft_id: UUID, words: CallWords, member: Member, at: datetime) -> Filed:
    """Join a call to the earlier matter it is about, as a reminder 催办.

    Raises:
        NotForYou, NoSuchDraft: not this clerk's call.
        CallRefused: no number, or no such case.
        ActionRefused: when this case takes no reminder.
    """
    known = _find_ended(draft_id, member)
    if known is not None:
        return known
    number = words.number.strip()
    if not number:
        raise CallRefused("hotline.number_missing", field="number")
    case_id = find_case_id(number=number)
    if case_id is None:
        raise CallRefused("hotline.no_such_case", field="number")
    draft = _hold(draft_id, words, (), member, at)
    said, _number = take_numbers(words.text)
    joined = add_reminder(
        case_id=case_id, channel=channel_of(words), note=said.strip(), member=member, at=at
    )
    Recording.objects.filter(draft_id=draft_id).update(case_id=joined.case_id)
    end_call(
        draft=draft,
        words=words,
        outcome=Outcome.REMINDER,
        member=member,
        at=at,
        case_id=joined.case_id,
    )
    draft.delete()
    return Filed(call_id=draft_id, outcome=Outcome.REMINDER, number=joined.number)


@transaction.atomic
def answer_call(
    *, draft_id: UUID, words: CallWords, version_id: int, member: Member, at: datetime
) -> Filed:
    """Log a call as settled by reading out one entry of the library; nothing else is kept.

    Raises:
        NotForYou, NoSuchDraft: not this clerk's call.
        CallRefused: when the entry has been rewritten or retired meanwhile.
    """
    known = _find_ended(draft_id, member)
    if known is not None:
        return known
    draft = _hold(draft_id, words, (), member, at)
    current = AnswerVersion.objects.filter(
        id=version_id, replaced_at=None, answer__street_code=draft.street_code
    )
    version = current.select_related("answer", "owner", "written_by__person").first()
    if version is None or not answer_view(version).is_valid(timezone.localdate(at)):
        raise CallRefused("hotline.answer_gone")
    end_call(
        draft=draft,
        words=words,
        outcome=Outcome.ANSWERED,
        member=member,
        at=at,
        answer_version_id=version_id,
    )
    draft.delete()
    return Filed(call_id=draft_id, outcome=Outcome.ANSWERED)


@transaction.atomic
def want_answer(*, draft_id: UUID, words: CallWords, member: Member, at: datetime) -> Filed:
    """End a call whose question the library can't answer; the question joins the list.

    Raises:
        NotForYou, NoSuchDraft: not this clerk's call.
        CallRefused: when nothing was written of the question.
    """
    known = _find_ended(draft_id, member)
    if known is not None:
        return known
    question = " ".join(take_numbers(words.text)[0].split())[:LONGEST_QUESTION]
    if not question:
        raise CallRefused("hotline.question_missing", field="text")
    draft = _hold(draft_id, words, (), member, at)
    _wish(question, draft, member, at)
    end_call(draft=draft, words=words, outcome=Outcome.WANTED, member=member, at=at)
    draft.delete()
    return Filed(call_id=draft_id, outcome=Outcome.WANTED)


def _wish(question: str, draft: Draft, member: Member, at: datetime) -> None:
    open_ones = WantedAnswer.objects.select_for_update().filter(
        street_code=draft.street_code, question=question, settled_at=None
    )
    wish = open_ones.first()
    if wish is None:
        wish = WantedAnswer.objects.create(
            street_code=draft.street_code, question=question, asked_at=at
        )
    else:
        wish.times += 1
        wish.asked_at = at
        wish.save(update_fields=["times", "asked_at"])
    record_event(
        AnswerWanted(times=wish.times),
        subject=draft_subject(draft.id),
        actor=member.actor(),
        at=at,
    )


def _hold(
    draft_id: UUID, words: CallWords, photos: Sequence[PhotoRef], member: Member, at: datetime
) -> Draft:
    """Save what stands in the window now, so that filing and saving never part, and lock it."""
    editor = f"end:{draft_id}"
    current = Draft.objects.filter(id=draft_id).values_list("version", flat=True).first() or 0
    saved = save_draft(
        draft_id=draft_id,
        words=words,
        photos=photos,
        editor=editor,
        seen_version=current,
        member=member,
        at=at,
    )
    if not saved.is_kept:
        raise NoSuchDraft("hotline.no_draft")
    return Draft.objects.select_for_update().get(id=draft_id)


def _keep_way_back(words: CallWords, case_id: UUID) -> None:
    how = tell_of(words)
    if how is not None:
        TellBack.objects.get_or_create(
            case_id=case_id,
            defaults={
                "how": how.value,
                "where": words.tell_note.strip()[:60],
                "is_on_behalf": words.behalf,
            },
        )


def _find_ended(draft_id: UUID, member: Member) -> Filed | None:
    """Give the same answer to the same clerk when a window sends a call again."""
    calls = Call.objects.filter(id=draft_id).exclude(outcome=Outcome.ABANDONED.value)
    call = calls.first()
    if call is None:
        return None
    if call.clerk_id != member.account_id:
        raise NoSuchDraft("hotline.no_draft")
    outcome = Outcome(call.outcome)
    if call.case_id is None:
        return Filed(call_id=call.id, outcome=outcome)
    case = get_case(case_id=call.case_id, member=member, at=call.ended_at)
    is_own = outcome is Outcome.CASE
    return Filed(
        call_id=call.id,
        outcome=outcome,
        number=case.number,
        tracking_code=tracking_code(case.id, secret=settings.SECRET_KEY) if is_own else "",
        community=case.community.name if case.community else "",
        step=case.step,
    )
