"""A year of call-backs by the rules, on the cases that were closed and the ratings they got.

Reporters who rated or reopened have answered; the others are called by the clerk, on up to three
working days. The latest wait. Some are left out, one waits for a decision.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection

from linli.ground.kernel.queries import get_calendar
from linli.ground.kernel.terms import SYSTEM, Actor, ActorKind, Happened
from linli.ground.people.queries import load_member
from linli.programmes.callback import events
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.settings import get_policy
from linli.programmes.callback.rules.projection import redo_after
from linli.programmes.callback.rules.sampling import answers_until, due_of, is_called_back
from linli.programmes.callback.services.excluding import ask_exclusion, decide_exclusion
from linli.programmes.callback.terms import (
    MOST_TRIES,
    SUBJECT_KIND,
    Cause,
    Policy,
    Redo,
    Result,
    Step,
    Way,
)

from .copying import copy_rows
from .places import STREET_CODE
from .worktime import WorkingTime

SEED = 220104099
DAY_MINUTES = 8 * 60
CAUSES = (
    (Cause.DUPLICATE, "同一件事两个号码各报了一次，已并着办完。"),
    (Cause.REFUSED, "接通后说不用再问，尊重本人意愿。"),
    (Cause.OUTSIDE, "查实在邻街道地界，已转过去办。"),
    (Cause.MALICIOUS, "同一号码一天拨打四十多次，内容与事实不符。"),
    (Cause.DUPLICATE, "与上月那件是同一处，已经回访过。"),
    (Cause.OTHER, "系统升级时重复登记了一次。"),
)
# Every closing of a case whose reporter can be reached, and what the reporter did after it.
CLOSINGS = """
SELECT told.subject_id::uuid, told.recorded_at, c.kind, c.street_id, c.community_id, c.category_id,
    lead.organisation_id, rated.rated_at, rated.solved, rated.satisfaction, again.recorded_at
FROM kernel_event told
JOIN cases_case c ON c.id = told.subject_id::uuid AND c.finder_id IS NULL
JOIN cases_reporter r ON r.case_id = c.id AND NOT r.is_anonymous AND r.erased_at IS NULL
    AND (r.phone <> '' OR r.account_id IS NOT NULL)
LEFT JOIN LATERAL (
    SELECT organisation_id FROM cases_assignment
    WHERE case_id = c.id AND duty = 'lead' AND state = 'done' AND finished_at <= told.recorded_at
    ORDER BY id DESC LIMIT 1
) lead ON true
LEFT JOIN cases_rating rated ON rated.case_id = c.id AND rated.closed_at = told.recorded_at
LEFT JOIN LATERAL (
    SELECT recorded_at FROM kernel_event
    WHERE subject_kind = 'cases.Case' AND subject_id = told.subject_id
        AND name = 'cases.reopened' AND recorded_at > told.recorded_at
    ORDER BY recorded_at LIMIT 1
) again ON true
WHERE told.name = 'cases.closed' AND told.subject_kind = 'cases.Case'
    AND NOT EXISTS (
        SELECT FROM callback_callback there
        WHERE there.case_id = c.id AND there.closed_at = told.recorded_at
    )
ORDER BY told.recorded_at, told.subject_id
"""
Row = dict[str, object]


@dataclass(frozen=True)
class Closing:
    """One closing, and what the reporter did after it."""

    case_id: UUID
    closed_at: datetime
    kind: str
    street_id: int
    community_id: int | None
    category_id: int | None
    organisation_id: int | None
    rated_at: datetime | None
    solved: bool | None
    satisfaction: int | None
    reopened_at: datetime | None


@dataclass
class Year:
    """The rows of the year as they are written down."""

    clerk: Actor
    supervisor: Actor
    hours: WorkingTime
    policy: Policy
    until: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    callbacks: list[Row] = field(default_factory=list)
    tries: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    last_made_at: datetime | None = None
    made_in_a_row: int = 0

    def new_id(self, at: datetime) -> UUID:
        """Make a UUIDv7 of that instant, the same at every loading.

        Those of one instant are in the order in which they are made (RFC 9562, 6.2, method 1).
        """
        self.made_in_a_row = self.made_in_a_row + 1 if at == self.last_made_at else 0
        self.last_made_at = at
        value = int(at.timestamp() * 1000) << 80 | 7 << 76 | self.made_in_a_row << 64
        return UUID(int=value | 2 << 62 | self.chance.getrandbits(62))


@dataclass
class Course:
    """One call-back as it goes: its row, told event by event."""

    year: Year
    row: Row
    at: datetime

    def tell(self, event: Happened, actor: Actor, at: datetime, step: Step | None = None) -> None:
        """Write down an event; `step` ends the call-back."""
        before = "" if isinstance(event, events.CallbackMade) else str(self.row["step"])
        if step is not None:
            self.row["step"], self.row["ended_at"] = step.value, at
        if before:
            self.row["version"] = int(str(self.row["version"])) + 1
        self.year.events.append(
            {
                "id": self.year.new_id(at),
                "recorded_at": at,
                "subject_kind": SUBJECT_KIND,
                "subject_id": str(self.row["id"]),
                "name": event.name,
                "actor_kind": actor.kind.value,
                "actor_id": actor.account_id,
                "actor_role": actor.role,
                "actor_organisation_id": actor.organisation_id,
                "step_before": before,
                "step_after": self.row["step"],
                "facts": msgspec.Raw(msgspec.json.encode(event)),
            }
        )

    def waive(self, at: datetime) -> None:
        """Let the supervisor say why it is not done again."""
        self.row["redo"] = Redo.WAIVED.value
        self.tell(events.RedoWaived(), self.year.supervisor, at)
        told = self.year.events[-1]["id"]
        self.year.texts.append({"event_id": told, "key": "note", "body": WHY, "erased_at": None})

    def answer(
        self, *, way: Way, solved: bool, satisfaction: int | None, actor: Actor, at: datetime
    ) -> None:
        """Let the reporter answer."""
        self.row |= {
            "way": way.value,
            "solved": solved,
            "satisfaction": satisfaction,
            "answered_at": at,
            "redo": redo_after(solved=solved, way=way).value,
        }
        answered = events.CallbackAnswered(way=way.value, solved=solved, satisfaction=satisfaction)
        self.tell(answered, actor, at, Step.ANSWERED)

    def attempt(self, result: Result, at: datetime) -> None:
        """Let the clerk take it and try once."""
        number = int(str(self.row["tries"])) + 1
        self.row["tries"] = number
        day = at.astimezone(self.year.hours.zone).date()
        self.year.tries.append(
            {
                "callback_id": self.row["id"],
                "no": number,
                "on": day,
                "at": at,
                "way": Way.PHONE.value,
                "result": result.value,
                "made_by_id": self.year.clerk.account_id,
            }
        )
        self.tell(events.CallbackTaken(), self.year.clerk, at - timedelta(minutes=2))
        tried = events.CallbackTried(no=number, on=day, way=Way.PHONE.value, result=result.value)
        self.tell(tried, self.year.clerk, at)


REPORTER = Actor(kind=ActorKind.RESIDENT)
WHY = "复查现场已处理好，已当面向反映人说明；余下的列入明年改造。"
WAIVED_AFTER, WAITS = timedelta(days=2), timedelta(days=4)


def call_back_year(
    *, accounts: Mapping[str, int], centre_id: int, street_id: int, until: datetime
) -> int:
    """Write the call-backs of all closings up to `until` (aware), and say how many there were."""
    calendar = get_calendar(STREET_CODE)
    clerk, supervisor = (
        Actor(
            kind=ActorKind.STAFF,
            account_id=accounts[login],
            role=role,
            organisation_id=centre_id,
        )
        for login, role in (("callback", "callback_clerk"), ("supervisor", "supervisor"))
    )
    hours = WorkingTime(calendar, until - timedelta(days=430), until + timedelta(days=60))
    year = Year(
        clerk=clerk,
        supervisor=supervisor,
        hours=hours,
        policy=get_policy(street_id),
        until=until,
    )
    for one in _closings():
        if is_called_back(
            case_id=one.case_id, closed_at=one.closed_at, kind=one.kind, policy=year.policy
        ):
            _go(_begin(year, one), one)
    copy_rows("callback.Callback", year.callbacks)
    copy_rows("callback.CallbackTry", year.tries)
    copy_rows("kernel.Event", year.events)
    copy_rows("kernel.EventText", year.texts)
    _leave_out(accounts, until)
    return len(year.callbacks)


def _closings() -> Iterator[Closing]:
    with connection.cursor() as cursor:
        cursor.execute(CLOSINGS)
        rows = cursor.fetchall()
    return (Closing(*row) for row in rows)


def _begin(year: Year, one: Closing) -> Course:
    made = events.CallbackMade(
        case_id=one.case_id,
        closed_at=one.closed_at,
        street_id=one.street_id,
        community_id=one.community_id,
        category_id=one.category_id,
        organisation_id=one.organisation_id,
        policy_version=year.policy.version,
        due_at=due_of(one.closed_at, year.policy, year.hours.calendar),
        answers_until=answers_until(one.closed_at, year.policy, year.hours.calendar),
    )
    course = Course(
        year=year,
        at=one.closed_at,
        row={
            **asdict(made),
            "id": year.new_id(one.closed_at),
            "version": 1,
            "step": Step.WAITING.value,
            **dict.fromkeys(
                ("holder_id", "held_at", "solved", "satisfaction", "answered_at", "ended_at")
            ),
            "tries": 0,
            "way": "",
            "redo": Redo.NONE.value,
            "is_excluded": False,
        },
    )
    year.callbacks.append(course.row)
    course.tell(made, SYSTEM, one.closed_at)
    return course


def _go(course: Course, one: Closing) -> None:
    """Let the reporter answer by themselves, or the clerk call."""
    window = course.row["answers_until"]
    if not isinstance(window, datetime):
        return
    if one.rated_at is not None and one.rated_at <= window:
        course.answer(
            way=Way.LINK,
            solved=bool(one.solved),
            satisfaction=one.satisfaction,
            actor=REPORTER,
            at=one.rated_at,
        )
        _after_rating(course, one, one.rated_at)
    elif one.reopened_at is not None and one.reopened_at <= window:
        course.answer(
            way=Way.REOPENING,
            solved=False,
            satisfaction=None,
            actor=REPORTER,
            at=one.reopened_at,
        )
    else:
        _call(course)


def _after_rating(course: Course, one: Closing, rated_at: datetime) -> None:
    """Let what the reporter found not solved be reopened, or waived; the latest wait."""
    if one.solved:
        return
    if one.reopened_at is not None:
        course.row["redo"] = Redo.REOPENED.value
        course.tell(events.RedoOvertaken(), REPORTER, one.reopened_at)
    elif rated_at < course.year.until - WAITS:
        course.waive(rated_at + WAIVED_AFTER)


def _call(course: Course) -> None:
    """Try on up to three working days, until somebody answers or the present is reached."""
    year = course.year
    at = year.hours.after(course.at, year.chance.uniform(60, 3.2 * DAY_MINUTES))
    for number in range(1, MOST_TRIES + 1):
        if at > year.until:
            return
        if year.chance.random() < 0.68:
            course.attempt(Result.REACHED, at)
            satisfaction = year.chance.choices((3, 2, 1), (74, 22, 4))[0]
            course.answer(
                way=Way.PHONE,
                solved=True,
                satisfaction=satisfaction,
                actor=year.clerk,
                at=at,
            )
            return
        misses = (Result.NO_ANSWER, Result.LATER, Result.WRONG_NUMBER)
        course.attempt(year.chance.choices(misses, (80, 12, 8))[0], at)
        if number == MOST_TRIES:
            course.tell(events.CallbackMissed(), year.clerk, at, Step.MISSED)
        at = year.hours.after(at, DAY_MINUTES + year.chance.uniform(-60, 60))
        if at.astimezone(year.hours.zone).date() == year.tries[-1]["on"]:
            at = year.hours.after(at, DAY_MINUTES)


def _leave_out(accounts: Mapping[str, int], until: datetime) -> None:
    """Let the clerk ask for some; one is agreed by the shift leader, one refused, one waits."""
    asked_at, decided_at = until - timedelta(hours=30), until - timedelta(hours=5)
    clerk = load_member(accounts["callback"], asked_at)
    shift = load_member(accounts["shift"], decided_at)
    answered = Callback.objects.filter(
        step=Step.ANSWERED.value, redo="", answered_at__lt=asked_at - timedelta(days=1)
    )
    rows = answered.order_by("-closed_at", "id").values_list("id", flat=True)[3 : 3 + len(CAUSES)]
    for number, ((cause, note), callback_id) in enumerate(zip(CAUSES, rows, strict=False)):
        asked = ask_exclusion(
            callback_id=callback_id, cause=cause, note=note, member=clerk, at=asked_at
        )
        if number < len(CAUSES) - 1:
            is_granted = number != 2
            words = "情况属实，同意。" if is_granted else "确在本街道地界内，照常计算。"
            decide_exclusion(
                exclusion_id=asked, is_granted=is_granted, note=words, member=shift, at=decided_at
            )
