"""What happened with couriers; facts are ids, codes and times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class CourierApplied(Happened):
    """Somebody asked to take part."""

    name: ClassVar[str] = "couriers.CourierApplied"
    area_code: str


@dataclass(frozen=True, kw_only=True)
class CourierConfirmed(Happened):
    """The community confirmed it."""

    name: ClassVar[str] = "couriers.CourierConfirmed"


@dataclass(frozen=True, kw_only=True)
class CourierRefused(Happened):
    """The community did not; the text says why."""

    name: ClassVar[str] = "couriers.CourierRefused"


@dataclass(frozen=True, kw_only=True)
class CourierLeft(Happened):
    """Somebody no longer takes part."""

    name: ClassVar[str] = "couriers.CourierLeft"


@dataclass(frozen=True, kw_only=True)
class AnswerAsked(Happened):
    """A courier's report is to be accepted or passed on; `account_ids` are those asked."""

    name: ClassVar[str] = "couriers.AnswerAsked"
    asked_of: str
    answer_by: datetime
    account_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(Happened):
    """Somebody said: mine."""

    name: ClassVar[str] = "couriers.ReportAccepted"
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ReportPassedOn(Happened):
    """Somebody passed it on."""

    name: ClassVar[str] = "couriers.ReportPassedOn"
    to: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class AnswerOverdue(Happened):
    """Nobody accepted it or passed it on in time."""

    name: ClassVar[str] = "couriers.AnswerOverdue"
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class RestPlaceOpened(Happened):
    """A place to rest was entered."""

    name: ClassVar[str] = "couriers.RestPlaceOpened"


@dataclass(frozen=True, kw_only=True)
class RestPlaceClosed(Happened):
    """A place to rest is no longer one."""

    name: ClassVar[str] = "couriers.RestPlaceClosed"
