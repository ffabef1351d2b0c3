"""What goes into the room and out of it: frozen; nothing of who reported a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from linli.ground.kernel.terms import Paged

from .words import By, Cause, Redo, Result, Shown, Step, Way


@dataclass(frozen=True, kw_only=True)
class TryInput:
    """One try as the clerk logs it.

    Args:
        solved, satisfaction: the answers, where the reporter was reached; 3 satisfied, 2 fairly.
        note: the answer in words; never shown to those who handled the case.
        redo_note: why it is to be done again, in neutral words that they read.
    """

    way: Way
    result: Result
    solved: bool | None = None
    satisfaction: int | None = None
    note: str = ""
    redo_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a sub-district has set for call-backs; version 0 is what holds until somebody sets it.

    `shares` is the percentage of closed cases called back, by kind of case; `due_days` working
    days, `answer_days` calendar days in which the reporter's own rating counts. In per cent:
    `fairly_weight` is what fairly satisfied counts of satisfied, `missed_weight` what those not
    reached count in the denominators of solved and satisfied. Below `least` nothing is divided.
    """

    version: int = 0
    shares: Mapping[str, int] = field(default_factory=dict)
    due_days: int = 5
    answer_days: int = 15
    fairly_weight: int = 80
    missed_weight: int = 0
    least: int = 10


@dataclass(frozen=True, kw_only=True)
class TryView:
    """One try as it was logged."""

    no: int
    at: datetime
    way_label: str
    result_label: str
    made_by: str


@dataclass(frozen=True, kw_only=True)
class ExclusionView:
    """One wish to leave a call-back out, and what became of it; None while it waits."""

    id: int
    callback_id: UUID
    case_number: str
    cause: Cause
    cause_label: str
    note: str
    asked_at: datetime
    asked_by: str
    asked_by_id: int
    is_granted: bool | None
    decided_at: datetime | None
    decided_by: str
    decided_note: str
    street_code: str
    is_answered: bool


@dataclass(frozen=True, kw_only=True)
class CallbackRow:
    """One call-back in a list; the answer is there for those who may read it."""

    id: UUID
    case_number: str
    title: str
    category_name: str
    organisation_name: str
    closed_at: datetime
    due_at: datetime
    step: Step
    step_label: str
    tries: int
    is_excluded: bool
    is_held: bool
    answered_at: datetime | None
    way_label: str
    solved: bool | None
    satisfaction_label: str
    redo: Redo
    redo_label: str


@dataclass(frozen=True, kw_only=True)
class CallbackView:
    """One call-back for the clerk and those who may read answers."""

    row: CallbackRow
    case_id: UUID
    version: int
    text: str
    address: str
    handled_note: str
    note: str
    satisfaction: int | None
    tries: tuple[TryView, ...]
    next_try_on: date | None
    has_phone: bool
    has_account: bool
    holder: str
    is_mine: bool
    may_work: bool
    may_decide: bool
    exclusions: tuple[ExclusionView, ...]
    answers_until: datetime
    policy_version: int


@dataclass(frozen=True, kw_only=True)
class CallbackPage(Paged):
    """One page of a list, `total` over all pages.

    `hidden` ones are counted too, and closed to whoever looks, whose own organisation they are of.
    """

    rows: tuple[CallbackRow, ...]
    hidden: int


@dataclass(frozen=True, kw_only=True)
class CallbackFilters:
    """What a list is narrowed by; months are those of the closing, both included.

    An organisation or category of 0 stands for none.
    """

    shown: Shown = Shown.MADE
    first: date | None = None
    last: date | None = None
    organisation_id: int | None = None
    category_id: int | None = None
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for a clerk: taken, to be called, not solved; `waiting` counts all."""

    mine: tuple[CallbackRow, ...]
    rows: tuple[CallbackRow, ...]
    redo: tuple[CallbackRow, ...]
    waiting: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Call-backs counted, by what each figure counts, under one version of the settings."""

    counts: Mapping[Shown, int]
    policy: Policy

    def of(self, shown: Shown) -> int:
        """Give one count."""
        return self.counts.get(shown, 0)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A part of a whole, both in hundredths; `permille` is None where there is too little."""

    part: int
    whole: int
    permille: int | None


@dataclass(frozen=True, kw_only=True)
class RateLine:
    """The three rates of one month, organisation or category.

    `counts` is None where whoever looks may only see a total large enough.
    """

    key: str
    name: str
    first: date | None
    last: date | None
    organisation_id: int | None
    category_id: int | None
    counts: Mapping[Shown, int] | None
    response: Rate
    solved: Rate
    satisfied: Rate
    versions: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RateTable:
    """The rates of a period, split by something, and all together.

    `policies` are the settings the figures were counted by, `least` what a denominator must reach;
    `may_open` says whether the numbers lead to their lists.
    """

    by: By
    first: date
    last: date
    lines: tuple[RateLine, ...]
    total: RateLine
    policies: tuple[Policy, ...]
    least: int
    may_open: bool
