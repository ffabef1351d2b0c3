"""What the law asks before and during enforcement, as pure checks.

Sources, by article: 行政处罚法 (2021) 42 two qualified officers at least; 44 told before a penalty;
45 heard, and not worse off for it; 48 publication and its withdrawal within three days.
行政复议法 (2023) 20: sixty days from knowing. 行政诉讼法 (2017) 46: six months to go to court.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.terms import (
    BEFORE_DECISION,
    COMPULSION,
    MOST_POINTS,
    PENALTIES,
    AppealKind,
    Criterion,
    MeasureKind,
    NoticeKind,
)

LEAST_OFFICERS = 2
RECONSIDERATION = timedelta(days=60)
# Six months to go to court, and some time for what is on its way; then nothing needs the names.
PARTY_KEPT = timedelta(days=270)


@dataclass(frozen=True, kw_only=True)
class Officer:
    """One who was present: where they come from, and whether they are qualified."""

    id: int
    home_id: int
    is_officer: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """One notice a party was given."""

    kind: NoticeKind
    department_id: int
    deadline_at: datetime


@dataclass(frozen=True, kw_only=True)
class PartyFacts:
    """What has happened between the team and one party so far."""

    mark: str
    told: tuple[Told, ...] = ()
    heard: int = 0
    waiting: int = 0
    measures: int = 0
    complied: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PowerFacts:
    """The power about to be exercised."""

    department_id: int
    department_name: str
    measures: frozenset[MeasureKind]


def check_officers(*, officers: Iterable[Officer], power: PowerFacts) -> None:
    """Refuse a measure without two qualified officers, one of them of the department itself.

    Raises:
        OperationRefused: naming what is missing.
    """
    qualified = {one.id: one for one in officers if one.is_officer}
    if len(qualified) < LEAST_OFFICERS:
        raise OperationRefused("enforcement.two_officers", field="officers")
    if all(one.home_id != power.department_id for one in qualified.values()):
        raise OperationRefused(
            "enforcement.department_absent", field="officers", department=power.department_name
        )


def check_measure(
    *, kind: MeasureKind, power: PowerFacts, party: PartyFacts, at: datetime, amount: int | None
) -> None:
    """Refuse a measure the power does not cover, or that comes before its conditions are met.

    Raises:
        OperationRefused: naming what stands against it.
    """
    if kind not in power.measures:
        raise OperationRefused("enforcement.power_does_not_cover", field="power")
    if party.complied and kind in PENALTIES | COMPULSION:
        raise OperationRefused("enforcement.complied", field="party", mark=party.mark)
    _check_amount(kind, amount)
    if kind in PENALTIES:
        _check_heard(party, power, at)
    if kind in COMPULSION:
        _check_deadline(party, at)


def check_appeal(*, kind: AppealKind, party: PartyFacts) -> None:
    """Refuse what comes by the wrong way: before a decision one is heard, after it one appeals.

    Raises:
        OperationRefused: naming the right way.
    """
    if kind in BEFORE_DECISION and party.measures:
        raise OperationRefused("enforcement.too_late_to_be_heard", field="appeal_kind")
    if kind not in BEFORE_DECISION and not party.measures:
        raise OperationRefused("enforcement.nothing_decided", field="appeal_kind")


def check_begin(*, parties: Iterable[PartyFacts], at: datetime, has_before: bool) -> None:
    """Refuse to act without evidence, or while somebody still has time to put it right.

    Raises:
        OperationRefused: naming what is missing.
    """
    if not has_before:
        raise OperationRefused("enforcement.no_evidence_before")
    for party in parties:
        if not party.complied and any(one.deadline_at > at for one in _rectify(party)):
            raise OperationRefused("enforcement.deadline_open", mark=party.mark)


def check_finish(*, parties: Iterable[PartyFacts], has_after: bool) -> None:
    """Refuse to finish while a party has neither complied nor met a measure.

    Raises:
        OperationRefused: naming what is missing.
    """
    for party in parties:
        if not party.complied and not party.measures:
            raise OperationRefused("enforcement.not_dealt_with", mark=party.mark)
    if not has_after:
        raise OperationRefused("enforcement.no_evidence_after")


def check_unnamed(*, text: str, secrets: Iterable[str]) -> None:
    """Refuse a public text that holds a party's name, plate or telephone.

    Raises:
        OperationRefused: when it does, without saying which.
    """
    plain = _squeezed(text)
    if any(len(secret) > 1 and secret in plain for secret in map(_squeezed, secrets)):
        raise OperationRefused("enforcement.names_somebody", field="summary")


def check_scores(scores: Mapping[Criterion, int]) -> None:
    """Refuse a judgement that leaves a criterion out or goes beyond its points.

    Raises:
        OperationRefused: when it does.
    """
    whole = all(0 <= scores.get(one, -1) <= MOST_POINTS for one in Criterion)
    if not whole:
        raise OperationRefused("enforcement.scores_incomplete", field="scores")


def reconsider_until(decided_on: date) -> date:
    """Give the last day on which a party may ask for reconsideration: 60 days from knowing."""
    return decided_on + RECONSIDERATION


def _check_amount(kind: MeasureKind, amount: int | None) -> None:
    if kind is MeasureKind.FINE and amount is None:
        raise OperationRefused("enforcement.amount_missing", field="amount_yuan")
    if amount is not None and (kind is not MeasureKind.FINE or amount <= 0):
        raise OperationRefused("enforcement.amount_unfit", field="amount_yuan")


def _check_heard(party: PartyFacts, power: PowerFacts, at: datetime) -> None:
    told = [
        one
        for one in party.told
        if one.kind is NoticeKind.PENALTY and one.department_id == power.department_id
    ]
    if not told:
        raise OperationRefused("enforcement.not_told_before", field="party")
    in_time = all(one.deadline_at <= at for one in told)
    if party.waiting or not (in_time or party.heard):
        raise OperationRefused("enforcement.still_being_heard", field="party")


def _check_deadline(party: PartyFacts, at: datetime) -> None:
    told = _rectify(party)
    if not told:
        raise OperationRefused("enforcement.not_told_to_rectify", field="party")
    if any(one.deadline_at > at for one in told):
        raise OperationRefused("enforcement.deadline_open", field="party", mark=party.mark)
    if party.waiting:
        raise OperationRefused("enforcement.still_being_heard", field="party")


def _rectify(party: PartyFacts) -> list[Told]:
    return [one for one in party.told if one.kind is NoticeKind.RECTIFY]


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).upper()
