"""Words of the duty roster 值班表."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as told
from datetime import date, datetime, time
from enum import StrEnum

from linli.ground.kernel.marking import N_


class DutyRole(StrEnum):
    """As what somebody is on duty, in the order in which they are called."""

    CENTRE = "centre"
    STAND_IN = "stand_in"
    LEADER = "leader"

    @property
    def label(self) -> str:
        """The Chinese name of the role, a message id."""
        return DUTY_ROLE_LABELS[self]


DUTY_ROLE_LABELS: Mapping[DutyRole, str] = {
    DutyRole.CENTRE: N_("中心值班"),
    DutyRole.STAND_IN: N_("备班"),
    DutyRole.LEADER: N_("带班领导"),
}


class SwapState(StrEnum):
    """How far a wish to swap is."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Days(StrEnum):
    """On which days a pattern puts somebody on duty, by the street's calendar."""

    EVERY = "every"
    WORKDAYS = "workdays"
    REST_DAYS = "rest_days"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return DAYS_LABELS[self]


DAYS_LABELS: Mapping[Days, str] = {
    Days.EVERY: N_("每天"),
    Days.WORKDAYS: N_("工作日"),
    Days.REST_DAYS: N_("周末和节假日"),
}


@dataclass(frozen=True, kw_only=True)
class NewShift:
    """A shift to be entered; instants are aware."""

    role: DutyRole
    account_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Shifts that repeat: the people take turns, one for each day that counts.

    `ends` not after `starts` means the next day: 18:00–08:00 is a night, 08:00–08:00 a whole day.
    """

    role: DutyRole
    account_ids: tuple[int, ...]
    first: date
    last: date
    days: Days
    starts: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One row of a roster that comes from a sheet, as typed.

    Args:
        line: number of the row in the sheet, given back with a refusal.
        role: code or Chinese name of the role.
        login: login name of the account.
        starts_at: local time such as `2026-11-22 18:00`; `ends_at` likewise.
    """

    line: int
    role: str
    login: str
    starts_at: str
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class DutyRefusal:
    """Why one row can't be entered: which field, and the sentence as a msgid with params."""

    line: int
    field: str
    code: str
    message: str
    params: Mapping[str, object] = told(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DutyOutcome:
    """What became of a set of shifts; `passed_over` were filled already."""

    added: int
    passed_over: int = 0
    refused: tuple[DutyRefusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DutyView:
    """One shift with the name of the person.

    On the roster `stand_in` names who acts for somebody away then; of who is on duty now the
    account is the stand-in's, and `stands_in_for` names who is away.
    """

    id: int
    street_code: str
    role: DutyRole
    account_id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    stand_in: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True, kw_only=True)
class SwapView:
    """A wish to swap that waits for an answer."""

    id: int
    shift: DutyView
    in_return: DutyView | None
    asked_by_id: int
    asked_by: str
    asked_of_id: int
    asked_of: str
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time in which nobody holds a role."""

    role: DutyRole
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Two shifts of one role at once, or one person in two roles at once."""

    first: DutyView
    second: DutyView

    @property
    def is_one_person(self) -> bool:
        """Whether it is the same person in two roles."""
        return self.first.account_id == self.second.account_id
