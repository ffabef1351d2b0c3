"""Checks of two months: samples drawn day by day, results passed and sent back, reporters asked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.ground.kernel.ids import tracking_code
from linli.ground.kernel.photos import store_photo
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.queries.address import get_address
from linli.spine.cases.queries.checking import list_waiting
from linli.spine.cases.queries.resting import list_unchecked
from linli.spine.cases.queries.routing import propose_for_case
from linli.spine.cases.services import act, act_by_code, mark_unanswered, plan_ladder
from linli.spine.cases.services.checking import give_check
from linli.spine.cases.services.sampling import draw_day
from linli.spine.cases.terms import ActionInput, ActionName, PhotoRef
from linli.spine.cases.terms.checking import CheckItem, CheckKind

from .handlers import get_handler
from .scenes import draw_scene

ONE_DAY = timedelta(days=1)
DRAWN_AT = time(6, 30)
BEFORE_DUE = timedelta(hours=22)
ANSWERED_AGO = timedelta(minutes=55)
# One sample of so many is not as the finder said; one result of so many is sent back.
WRONG_OF, REWORKED_OF = 9, 3
MOST = 2_000
# Left for somebody to try.
LEFT = 2
ANSWERS = (
    (True, "这两天晚上安静了，谢谢。"),
    (False, "夜里十一点还有声音。"),
)


def show_checks(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Lay the checks of last month and this one up to `until` (aware)."""
    verifier = load_member(accounts["verifier"], until)
    _sample(accounts, verifier, until)
    for case_id, since in list_unchecked(most=MOST):
        give_check(case_id, at=since)
    waiting = _list(verifier, until, CheckKind.RESULT)
    _answer(waiting, until)
    mark_unanswered(at=until)
    seen = [one for one in waiting if one.way is CheckedBy.SPOT]
    _decide([one for one in seen if one.row.due_at and one.row.due_at > until], until)


def _sample(accounts: Mapping[str, int], verifier: Member, until: datetime) -> None:
    """Draw from every day, and look at what is nearly due, some of it not as it was said to be."""
    street = verifier.appointments[0]
    zone = ZoneInfo(settings.TIME_ZONE)
    for day in _days(until.astimezone(zone).date()):
        at = datetime.combine(day + ONE_DAY, DRAWN_AT, tzinfo=zone)
        draw_day(street_id=street.area_id or 0, day=day, at=min(at, until))
    due = [
        one
        for one in _list(verifier, until, CheckKind.SAMPLE)
        if one.due_at - BEFORE_DUE < until - ONE_DAY
    ]
    for number, one in enumerate(due[:-LEFT], start=1):
        at = one.due_at - BEFORE_DUE
        if number % WRONG_OF:
            _act(one.row.id, ActionName.PASS_SAMPLE, one.verifier_id, at, "看了，清理干净了。")
        else:
            _act(one.row.id, ActionName.FAIL_SAMPLE, one.verifier_id, at, "去看时还在原处。")
            _live_on(one.row.id, accounts, at, until)


def _days(today: date) -> list[date]:
    first = (today.replace(day=1) - ONE_DAY).replace(day=1)
    return [first + timedelta(days=number) for number in range((today - first).days)]


def _list(verifier: Member, until: datetime, kind: CheckKind) -> list[CheckItem]:
    page = list_waiting(member=verifier, at=until, everybodys=True, most=MOST)
    return [one for one in page.items if one.kind is kind and one.verifier_id]


def _live_on(case_id: UUID, accounts: Mapping[str, int], at: datetime, until: datetime) -> None:
    """Let what failed its sample be dispatched, and as time allows be handled and closed."""
    lead_id = propose_for_case(case_id).lead_id
    handler = get_handler(lead_id, at).account_id
    dispatched = ActionInput(lead_id=lead_id, note="抽查不实，请马上办。")
    # So soon after each other that no clock reaches a rung.
    for action, who, minutes in (
        (ActionName.DISPATCH, accounts["dispatcher"], 5),
        (ActionName.ACCEPT, handler, 12),
        (ActionName.FEED_BACK, handler, 55),
        (ActionName.PASS_CHECK, accounts["verifier"], 75),
        (ActionName.CLOSE, accounts["clerk"], 80),
    ):
        while plan_ladder():
            pass
        when = at + timedelta(minutes=minutes)
        if when >= until:
            return
        if action is ActionName.DISPATCH:
            member = load_member(who, when)
            act(case_id=case_id, action=action, member=member, at=when, form=dispatched)
        else:
            _act(case_id, action, who, when, "已清走，现场拍了照。")


def _answer(waiting: list[CheckItem], until: datetime) -> None:
    """Let some of the reporters who are asked answer, by the code."""
    asked = [one for one in waiting if one.way is CheckedBy.REPORTER]
    for one, (solved, words) in zip(asked[::-1], ANSWERS, strict=False):
        act_by_code(
            code=tracking_code(one.row.id, secret=settings.SECRET_KEY),
            action=ActionName.ANSWER_CHECK,
            at=until - ANSWERED_AGO,
            form=ActionInput(solved=solved, note=words),
        )


def _decide(waiting: list[CheckItem], until: datetime) -> None:
    """Let a third of what waits be checked today, some of it sent back."""
    for number, one in enumerate(waiting[: len(waiting) // 3], start=1):
        if not number % REWORKED_OF and get_address(one.row.id).lead_id is not None:
            words = "还有一半没有清，请返工。"
            _act(one.row.id, ActionName.REWORK, one.verifier_id, until, words)
        else:
            words = "现场看过，已经办好。"
            _act(one.row.id, ActionName.PASS_CHECK, one.verifier_id, until, words)


def _act(case_id: UUID, action: ActionName, who: int | None, at: datetime, note: str) -> None:
    photos = () if action is ActionName.CLOSE or action is ActionName.ACCEPT else (_photo(at),)
    form = ActionInput(note=note, photos=photos)
    act(case_id=case_id, action=action, member=load_member(who or 0, at), at=at, form=form)


def _photo(at: datetime) -> PhotoRef:
    """Draw and store a picture that stands in for a photo."""
    file = io.BytesIO()
    picture = draw_scene("street", is_solved=True, seed=int(at.timestamp()) % 997)
    picture.save(file, "JPEG", quality=70)
    file.seek(0)
    stored = store_photo(stream=file, uploaded_by_id=None, at=at)
    return PhotoRef(id=stored.id, secret=stored.secret)
