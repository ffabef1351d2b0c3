"""Extensions as they stand on a morning: granted, refused, waiting for shift leader and leader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.ground.kernel.calendars import Limit, Unit, due_after
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.spine.cases.queries.resting import InTime, list_in_time
from linli.spine.cases.queries.settings import calendar_of
from linli.spine.cases.services import act
from linli.spine.cases.terms import ActionInput, ActionName
from linli.spine.cases.terms.putting_off import Cause

from .handlers import find_handler

ASKED_AGO = timedelta(minutes=50)
DECIDED_AGO = timedelta(minutes=20)
CANDIDATES = 60


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One extension that is asked for, by how many working days, and what becomes of it."""

    cause: Cause
    days: int
    words: str
    decision: ActionName | None = None
    who: str = ""
    answer: str = ""


WISHES = (
    Wish(
        cause=Cause.WEATHER,
        days=3,
        words="这几天下雪，室外的活干不了，雪停了接着办。",
        decision=ActionName.GRANT_EXTENSION,
        who="shift",
        answer="同意，先把现场看好。",
    ),
    Wish(
        cause=Cause.WORKS,
        days=12,
        words="要开挖施工，手续正在办。",
        decision=ActionName.LEADER_GRANT_EXTENSION,
        who="leader",
        answer="同意，开挖期间保证通行。",
    ),
    Wish(
        cause=Cause.OTHERS,
        days=2,
        words="想等下一次联合行动一起办。",
        decision=ActionName.REFUSE_EXTENSION,
        who="shift",
        answer="这件可以单独办，请按期办结。",
    ),
    Wish(cause=Cause.SUPPLIES, days=2, words="要换的件还没有到货，后天到。"),
    Wish(cause=Cause.SCOPE, days=3, words="到现场看了，涉及的面比反映的大。"),
    Wish(cause=Cause.WORKS, days=15, words="要整段更换，厂家排期两周。"),
)


def put_off_some(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Lay one of each before `until` (aware) on cases in hand that are not late."""
    asked_at, at = until - ASKED_AGO, until - DECIDED_AGO
    cases = list_in_time(untouched_since=asked_at, due_after=until, most=CANDIDATES)
    handled = ((case, find_handler(case.lead_id, asked_at)) for case in cases)
    able = ((case, handler) for case, handler in handled if handler is not None)
    for wish, (case, handler) in zip(WISHES, able, strict=False):
        _ask(case, wish, handler, asked_at)
        if wish.decision is not None:
            given = ActionInput(note=wish.answer)
            decider = load_member(accounts[wish.who], at)
            act(case_id=case.case_id, action=wish.decision, member=decider, at=at, form=given)


def _ask(case: InTime, wish: Wish, handler: Member, at: datetime) -> None:
    limit = Limit(wish.days, Unit.WORKING_DAYS)
    day = due_after(case.due_at, limit, calendar_of(case.street_id)).date()
    given = ActionInput(cause=wish.cause, until=day, note=wish.words)
    act(case_id=case.case_id, action=ActionName.ASK_EXTENSION, member=handler, at=at, form=given)
