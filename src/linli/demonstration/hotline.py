"""The hotline of the demonstration: a library of answers, the calls of a morning, two in hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from linli.ground.kernel.ids import new_id
from linli.ground.people.models import Account
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.programmes.hotline.models import Call
from linli.programmes.hotline.queries import search_answers
from linli.programmes.hotline.services import (
    answer_call,
    drop_draft,
    save_draft,
    want_answer,
    write_answer,
)
from linli.programmes.hotline.terms import AnswerText, CallWords, Outcome
from linli.spine.cases.models import Case

from . import places

ANSWERS = Path(__file__).parent / "answers.csv"
RECHECKED = timedelta(days=30)
# Who asked what this morning, and how many minutes before the end of the year.
ASKED = (
    ("一门式大厅几点开门", 171),
    ("家里暖气不热找谁", 158),
    ("低保怎么申请", 133),
    ("老年卡在哪里办", 117),
    ("家里暖气不热找谁", 102),
    ("楼上漏水找谁", 88),
    ("装修垃圾怎么扔", 64),
    ("一门式大厅几点开门", 41),
    ("投诉多久有答复", 26),
    ("幼儿园什么时候报名", 15),
)
WANTED = (("电动车上牌要带什么", 79), ("公租房今年什么时候摇号", 52))
IN_HAND = (
    (
        6,
        CallWords(
            caller="13900005678",
            kind="request",
            place="惠民小区",
            text="3号楼门口的井盖翘起来了，刚才有个老人差点绊倒，正在听他说具体在哪",
        ),
    ),
    (
        2,
        CallWords(
            caller="13900004321",
            kind="complaint",
            text="投诉物业，电梯停了两天没人修，让去找别的部门",
            name="孙女士",
        ),
    ),
)
TAKEN = 60


def fill_library(*, organisations: Mapping[str, int], since: datetime, until: datetime) -> None:
    """Write the library and let the clerk take the calls of the morning.

    Args:
        organisations: their ids by code.
        since: when the library was begun.
        until: the end of the year.
    """
    leader, clerk = _member("shift", until), _member("clerk", until)
    for line in _lines():
        write_answer(
            text=_entry(line, organisations, since, until),
            member=leader,
            at=until - RECHECKED,
        )
    _take_calls(clerk, until)
    _note_cases(clerk, until)
    _leave_in_hand(clerk, until)


def _lines() -> Iterator[dict[str, str]]:
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _entry(
    line: dict[str, str], organisations: Mapping[str, int], since: datetime, until: datetime
) -> AnswerText:
    # Those with the shortest term are due: a library is never quite up to date.
    review_on = (until - RECHECKED + timedelta(days=int(line["review"]))).date()
    return AnswerText(
        question=line["question"],
        text=line["text"],
        keywords=line["keywords"],
        owner_id=organisations[line["owner"]] if line["owner"] else None,
        valid_from=since.date(),
        review_on=review_on,
    )


def _member(login: str, at: datetime) -> Member:
    return load_member(Account.objects.get(login=login).pk, at)


def _take_calls(clerk: Member, until: datetime) -> None:
    for question, minutes in ASKED:
        at = until - timedelta(minutes=minutes)
        (entry, *_others) = search_answers(text=question, member=clerk, at=at)
        draft_id, words = new_id(), CallWords(kind="question", text=question)
        _begin(draft_id, words, clerk, at)
        answer_call(
            draft_id=draft_id,
            words=words,
            version_id=entry.version_id,
            member=clerk,
            at=at + timedelta(seconds=25 + minutes % 30),
        )
    for question, minutes in WANTED:
        at = until - timedelta(minutes=minutes)
        draft_id, words = new_id(), CallWords(kind="question", text=question)
        _begin(draft_id, words, clerk, at)
        want_answer(draft_id=draft_id, words=words, member=clerk, at=at + timedelta(seconds=51))
    at = until - timedelta(minutes=93)
    draft_id = new_id()
    _begin(draft_id, CallWords(text="打错了"), clerk, at)
    drop_draft(draft_id=draft_id, member=clerk, at=at + timedelta(seconds=9))


def _note_cases(clerk: Member, until: datetime) -> None:
    """Note the calls behind the morning's cases that came by telephone."""
    called = Case.objects.filter(channel="phone", reported_at__gt=until - timedelta(hours=3))
    Call.objects.bulk_create(
        Call(
            id=case_id,
            street_code=places.STREET_CODE,
            clerk_id=clerk.account_id,
            kind=kind,
            channel="phone",
            outcome=Outcome.CASE.value,
            started_at=reported_at - timedelta(seconds=40 + reported_at.minute),
            ended_at=reported_at,
            case_id=case_id,
        )
        for case_id, kind, reported_at in called.order_by("id").values_list(
            "id", "kind", "reported_at"
        )[:TAKEN]
    )


def _leave_in_hand(clerk: Member, until: datetime) -> None:
    for minutes, words in IN_HAND:
        _begin(new_id(), words, clerk, until - timedelta(minutes=minutes))


def _begin(draft_id: UUID, words: CallWords, clerk: Member, at: datetime) -> None:
    save_draft(
        draft_id=draft_id,
        words=words,
        photos=(),
        editor="",
        seen_version=0,
        member=clerk,
        at=at,
    )
