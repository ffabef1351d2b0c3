"""The library of answers: written in versions, retired, and asked for where one is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from pypinyin import Style, lazy_pinyin

from linli.ground.kernel.services import record_event
from linli.ground.people.queries import list_organisations
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.events import AnswerRetired, AnswerWritten, WishSettled
from linli.programmes.hotline.models import Answer, AnswerVersion, WantedAnswer
from linli.programmes.hotline.rules.answers import check_answer
from linli.programmes.hotline.rules.calls import post_for
from linli.programmes.hotline.rules.refusals import AnswerRefused
from linli.programmes.hotline.terms import AnswerText, answer_subject


@transaction.atomic
def write_answer(
    *,
    text: AnswerText,
    member: Member,
    at: datetime,
    answer_id: int | None = None,
    seen_version: int | None = None,
    wish_id: int | None = None,
) -> int:
    """Write an entry anew or in a new version, and return its id; older versions stay.

    Args:
        answer_id: the entry that gets a new version; without it a new entry.
        seen_version: the version the writer had before the eyes.
        wish_id: the wanted answer that is settled by it.

    Raises:
        NotForYou: when the member does not keep the library.
        AnswerRefused: what is wrong with it.
    """
    role, street_code = post_for(member, Action.ANSWER_EDIT)
    check_answer(text)
    _check_owner(text.owner_id)
    answer = _entry(answer_id, street_code, at)
    version = _replace(answer, seen_version, at) + 1
    _write_version(answer, version, text, member.account_id, at)
    record_event(
        AnswerWritten(version=version, valid_from=text.valid_from, valid_to=text.valid_to),
        subject=answer_subject(answer.pk),
        actor=member.actor(role=role),
        at=at,
    )
    if wish_id is not None:
        settle_wish(wish_id=wish_id, answer_id=answer.pk, member=member, at=at)
    return answer.pk


def _write_version(
    answer: Answer, version: int, text: AnswerText, writer_id: int, at: datetime
) -> None:
    row = AnswerVersion(
        answer=answer,
        version=version,
        question=text.question.strip(),
        text=text.text.strip(),
        keywords=" ".join(text.keywords.split()),
        pinyin=initials(text.question, *text.keywords.split()),
        owner_id=text.owner_id,
        valid_from=text.valid_from,
        valid_to=text.valid_to,
        review_on=text.review_on,
        written_by_id=writer_id,
        written_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise AnswerRefused("hotline.answer_changed") from fault


@transaction.atomic
def retire_answer(*, answer_id: int, member: Member, at: datetime) -> None:
    """Take an entry out of use; its versions stay to be read.

    Raises:
        NotForYou: when the member does not keep the library.
        AnswerRefused: when there is no such entry.
    """
    role, street_code = post_for(member, Action.ANSWER_EDIT)
    answer = _entry(answer_id, street_code, at)
    if answer.retired_at is not None:
        return
    answer.retired_at = at
    answer.save(update_fields=["retired_at"])
    record_event(
        AnswerRetired(), subject=answer_subject(answer_id), actor=member.actor(role=role), at=at
    )


@transaction.atomic
def settle_wish(
    *, wish_id: int, member: Member, at: datetime, answer_id: int | None = None
) -> None:
    """Take a question off the list of wanted answers.

    Args:
        answer_id: the entry that answers it; without one it is not wanted any more.

    Raises:
        NotForYou: when the member does not keep the library.
        AnswerRefused: when it is settled already.
    """
    role, street_code = post_for(member, Action.ANSWER_EDIT)
    open_ones = WantedAnswer.objects.select_for_update().filter(
        id=wish_id, street_code=street_code, settled_at=None
    )
    wish = open_ones.first()
    if wish is None:
        raise AnswerRefused("hotline.wish_unknown")
    wish.settled_at, wish.answer_id = at, answer_id
    wish.save(update_fields=["settled_at", "answer"])
    record_event(
        WishSettled(answer_id=answer_id),
        subject=answer_subject(answer_id or 0),
        actor=member.actor(role=role),
        at=at,
    )


def initials(*texts: str) -> str:
    """Give the pinyin initials of each text, as somebody in a hurry types them."""
    found = ("".join(lazy_pinyin(text, style=Style.FIRST_LETTER)) for text in texts)
    letters = ("".join(one for one in text.lower() if one.isalnum()) for text in found)
    return " ".join(letters)[:400]


def _check_owner(owner_id: int | None) -> None:
    if owner_id is not None and all(one.id != owner_id for one in list_organisations()):
        raise AnswerRefused("hotline.owner_unknown", field="owner")


def _entry(answer_id: int | None, street_code: str, at: datetime) -> Answer:
    if answer_id is None:
        return Answer.objects.create(street_code=street_code, created_at=at)
    mine = Answer.objects.select_for_update().filter(id=answer_id, street_code=street_code)
    answer = mine.first()
    if answer is None:
        raise AnswerRefused("hotline.answer_unknown")
    return answer


def _replace(answer: Answer, seen_version: int | None, at: datetime) -> int:
    """Close the current version and give its number; 0 when there is none."""
    current = answer.versions.filter(replaced_at=None).first()
    if current is None:
        return 0
    if seen_version is not None and seen_version != current.version:
        raise AnswerRefused("hotline.answer_changed")
    current.replaced_at = at
    current.save(update_fields=["replaced_at"])
    if answer.retired_at is not None:
        answer.retired_at = None
        answer.save(update_fields=["retired_at"])
    return current.version
