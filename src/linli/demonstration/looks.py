"""Who looked at personal records in the last weeks, and why: on the phone, at the door, at a desk.

Nobody but those who may looks here, through the doors that log it; the persons can read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from linli.ground.people.models import Person
from linli.ground.people.queries import load_member
from linli.ground.people.services import open_person
from linli.ground.people.terms import LookPurpose
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.services.callers import look_up_caller
from linli.spine.cases.services.reporters import open_reporter
from linli.spine.cases.terms import Step

from . import places

IN_HAND = (Step.FILING, Step.DISPATCHING, Step.HANDLING, Step.CHECKING)
OVER = (Step.CLOSED,)
LATELY = timedelta(days=9)
CANDIDATES = 200


@dataclass(frozen=True, kw_only=True)
class AtRecord:
    """One look at the record of somebody who lives in the first grid of one's area."""

    hours_ago: float
    login: str
    door: int
    purpose: LookPurpose
    reason: str


@dataclass(frozen=True, kw_only=True)
class AtReporter:
    """One look at who reported a case that stands at one of these steps."""

    hours_ago: float
    login: str
    steps: tuple[Step, ...]
    reason: str


AT_RECORDS = (
    AtRecord(
        hours_ago=400,
        login="secretary1",
        door=3,
        purpose=LookPurpose.SERVICE,
        reason="暖气不热，约师傅上门的时间",
    ),
    AtRecord(
        hours_ago=246,
        login="grid01",
        door=7,
        purpose=LookPurpose.CONTACT,
        reason="楼道堆物，上门前先打电话",
    ),
    AtRecord(
        hours_ago=173,
        login="clerk",
        door=12,
        purpose=LookPurpose.CORRECTION,
        reason="本人来电说姓名写错了一个字",
    ),
    AtRecord(
        hours_ago=98,
        login="grid01",
        door=16,
        purpose=LookPurpose.SERVICE,
        reason="独居老人，雪后上门看看",
    ),
    AtRecord(
        hours_ago=51,
        login="secretary1",
        door=21,
        purpose=LookPurpose.CONTACT,
        reason="楼组长到期，问愿不愿意连任",
    ),
    AtRecord(
        hours_ago=26,
        login="secretary2",
        door=2,
        purpose=LookPurpose.SERVICE,
        reason="申请老年餐，核对住址",
    ),
)
AT_REPORTERS = (
    AtReporter(hours_ago=222, login="callback", steps=OVER, reason="回访，问问办得怎么样"),
    AtReporter(hours_ago=149, login="clerk", steps=IN_HAND, reason="位置没写清，打电话问在哪个门"),
    AtReporter(hours_ago=75, login="shift", steps=IN_HAND, reason="反映人催办，回电说明进展"),
    AtReporter(hours_ago=49, login="callback", steps=OVER, reason="短信没有回，改打电话"),
    AtReporter(hours_ago=28, login="clerk", steps=IN_HAND, reason="照片看不清，请补一张"),
    AtReporter(hours_ago=4.5, login="callback", steps=OVER, reason="第二次回访，约在中午"),
    AtReporter(hours_ago=1.2, login="clerk", steps=IN_HAND, reason="像是同一处，问清是不是一件事"),
)
CALLED_AGO = (timedelta(hours=30), timedelta(hours=2))


def look_at_some(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Lay the looks of the weeks before `until` (aware)."""
    for look in AT_RECORDS:
        at = until - timedelta(hours=look.hours_ago)
        member = load_member(accounts[look.login], at)
        area = member.appointments[0].area_prefix
        grid = next(one.code for one in places.grids() if one.code.startswith(area))
        open_person(
            person_id=_who_lives_in(grid, look.door),
            member=member,
            purpose=look.purpose,
            reason=look.reason,
            at=at,
        )
    _look_at_reporters(accounts, until)
    _take_calls(accounts, until)


def _who_lives_in(grid_code: str, door: int) -> int:
    rows = Person.objects.filter(household__area__code__startswith=grid_code)
    return rows.order_by("id").values_list("id", flat=True)[door]


def _look_at_reporters(accounts: Mapping[str, int], until: datetime) -> None:
    seen: set[UUID] = set()
    for look in AT_REPORTERS:
        at = until - timedelta(hours=look.hours_ago)
        for case_id in _rested(look.steps, at):
            if case_id in seen:
                continue
            seen.add(case_id)
            member = load_member(accounts[look.login], at)
            open_reporter(case_id=case_id, member=member, reason=look.reason, at=at)
            break


def _rested(steps: tuple[Step, ...], at: datetime) -> Iterator[UUID]:
    """List cases that stood then as they stand now and whose reporter left a number."""
    known = Reporter.objects.exclude(phone="").values("case_id")
    rows = Case.objects.filter(
        id__in=known, step__in=steps, changed_at__range=(at - LATELY, at)
    ).order_by("-changed_at", "id")
    yield from rows.values_list("id", flat=True)[:CANDIDATES]


def _take_calls(accounts: Mapping[str, int], until: datetime) -> None:
    """Let two who reported call again: the clerk is shown their matters."""
    steps = [step.value for step in IN_HAND]
    known = Reporter.objects.exclude(phone="").values("case_id")
    for place, ago in enumerate(CALLED_AGO):
        at = until - ago
        rows = Case.objects.filter(id__in=known, step__in=steps, reported_at__lt=at)
        for case_id in rows.order_by("-reported_at", "id").values_list("id", flat=True)[place:][:1]:
            phone = Reporter.objects.values_list("phone", flat=True).get(case_id=case_id)
            look_up_caller(phone=phone, member=load_member(accounts["clerk"], at), at=at)
