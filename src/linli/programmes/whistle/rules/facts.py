"""What the offers of actions depend on: the whistle, the called, and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.programmes.whistle.terms import Answer, Step


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """One called organisation."""

    organisation_id: int
    is_lead: bool
    is_timed: bool
    answer: Answer | None = None
    has_arrived: bool = False
    is_proven: bool = False
    is_late: bool | None = None
    has_replied: bool = False
    disputes: bool = False
    is_settled: bool = False


@dataclass(frozen=True, kw_only=True)
class WhistleFacts:
    """One whistle."""

    step: Step
    calls: tuple[CallFacts, ...]
    has_case: bool = False
    is_fed_back: bool = False
    case_lead_id: int | None = None
    reply_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands to a whistle.

    `own_ids` are the called organisations this person answers for; `is_involved` says that they
    called or judged.
    """

    is_caller: bool = False
    own_ids: frozenset[int] = frozenset()
    may_settle: bool = False
    is_involved: bool = False
