"""Puts people on duty, hands one shift over, and lets a few messages go to the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.ground.notices.queries import list_calling
from linli.ground.notices.services import acknowledge
from linli.ground.notices.services.planning import plan_recent
from linli.ground.people.queries import load_member
from linli.ground.people.queries.duty import on_duty
from linli.ground.people.services.duty import fill_duty, set_duty_phone
from linli.ground.people.terms.duty import Days, DutyRole, Pattern
from linli.programmes.shifts.queries import get_handover
from linli.programmes.shifts.services import (
    confirm_handover,
    give_handover,
    open_handover,
    write_handover,
)
from linli.programmes.shifts.terms import NewPoint
from linli.reactions.urgent import call_out

from .places import STREET_CODE

WEEKS = 4
PHONE = "0431-0000 0110"
SECRETARIES = ("secretary1", "secretary2", "secretary3", "secretary4")
# Role, days, hours, and who takes turns.
PATTERNS = (
    (DutyRole.LEADER, Days.EVERY, time(8), time(8), ("leader", *SECRETARIES)),
    (DutyRole.CENTRE, Days.EVERY, time(8), time(18), ("shift", "clerk", "dispatcher")),
    (DutyRole.CENTRE, Days.EVERY, time(18), time(8), ("dispatcher", "shift", "clerk")),
    (DutyRole.STAND_IN, Days.EVERY, time(8), time(8), ("verifier", "supervisor")),
)
REMARKS = "夜里接了几个电话，都已登记。供热的几件白天要再催，风大，注意广告牌和围挡。"
ASKS = ("早上先催一遍，看有没有人接单", "上班后再联系一次承办单位")
MESSAGES = 6


def put_on_duty(*, accounts: Mapping[str, int], at: datetime) -> None:
    """Fill last week, this one and the next two; the shift leader does it, as on any Monday."""
    boss = load_member(accounts["shift"], at)
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    first = today - timedelta(days=today.weekday() + 7)
    for role, days, starts, ends, logins in PATTERNS:
        pattern = Pattern(
            role=role,
            account_ids=tuple(accounts[login] for login in logins),
            first=first,
            last=_last(first),
            days=days,
            starts=starts,
            ends=ends,
        )
        fill_duty(street_code=STREET_CODE, pattern=pattern, member=boss, at=at)
    set_duty_phone(street_code=STREET_CODE, phone=PHONE, member=boss, at=at)


def hand_over_a_shift(*, accounts: Mapping[str, int], at: datetime) -> None:
    """Let the dispatcher hand the night over to the clerk, two hours ago."""
    began = at - timedelta(hours=2, minutes=20)
    outgoing = load_member(accounts["dispatcher"], began)
    handover_id = open_handover(street_code=STREET_CODE, member=outgoing, at=began)
    counted = get_handover(handover_id=handover_id, member=outgoing).sections
    numbers = [number for one in counted for number in one.numbers]
    write_handover(
        handover_id=handover_id,
        remarks=REMARKS,
        points=_points(list(dict.fromkeys(numbers))),
        member=outgoing,
        at=began,
    )
    give_handover(handover_id=handover_id, member=outgoing, at=began + timedelta(minutes=12))
    incoming = load_member(accounts["clerk"], at)
    confirm_handover(handover_id=handover_id, member=incoming, at=began + timedelta(minutes=20))


def send_a_few(*, at: datetime) -> None:
    """Call out what is urgent, let somebody acknowledge one, and queue a few messages."""
    call_out(at=at)
    for one in on_duty(STREET_CODE, at)[:1]:
        for notice in list_calling(one.account_id)[:1]:
            acknowledge(account_id=one.account_id, notice_id=notice.id, at=at)
    plan_recent(at=at, most=MESSAGES)


def _points(numbers: Sequence[str]) -> list[NewPoint]:
    return [
        NewPoint(text=text, case_number=number) for text, number in zip(ASKS, numbers, strict=False)
    ]


def _last(first: date) -> date:
    return first + timedelta(weeks=WEEKS, days=-1)
