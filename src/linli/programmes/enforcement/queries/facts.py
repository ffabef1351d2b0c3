"""One operation as the rules see it: its facts, and how somebody stands to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linli.ground.people.rules import may, reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.programmes.enforcement.models import (
    Appeal,
    LegalNotice,
    Measure,
    Operation,
    Participation,
    Party,
)
from linli.programmes.enforcement.rules.actions import OperationFacts, Standing
from linli.programmes.enforcement.rules.law import PartyFacts, Told
from linli.programmes.enforcement.rules.procedure import Action
from linli.programmes.enforcement.rules.refusals import NoSuchOperation
from linli.programmes.enforcement.terms import BEFORE_DECISION, NoticeKind, Step

_RELATED = ("team", "street", "area", "case", "commander")
_SHAPES = ("street__geometry", "area__geometry")


@dataclass(frozen=True, kw_only=True)
class OperationFile:
    """An operation with those who take part; for this room only."""

    operation: Operation
    participations: tuple[Participation, ...]
    recused: tuple[Participation, ...]
    appeals: tuple[Appeal, ...]
    measures: tuple[Measure, ...]
    parties: tuple[Party, ...]

    @property
    def home_ids(self) -> tuple[int, ...]:
        """The departments that sent somebody, each once."""
        return tuple(dict.fromkeys(one.secondment.home_id for one in self.participations))

    @property
    def person_ids(self) -> frozenset[int]:
        """Who takes part."""
        return frozenset(one.secondment.person_id for one in self.participations)

    @property
    def recused_ids(self) -> frozenset[int]:
        """Who has stepped aside."""
        return frozenset(one.secondment.person_id for one in self.recused)


def open_file(operation_id: UUID, *, lock: bool = False) -> OperationFile:
    """Read an operation with what the rules need; `lock` keeps others from changing it.

    Raises:
        NoSuchOperation: when there is none.
    """
    rows = Operation.objects.select_related(*_RELATED).defer(*_SHAPES)
    if lock:
        rows = rows.select_for_update(of=("self",))
    operation = rows.filter(id=operation_id).first()
    if operation is None:
        raise NoSuchOperation("enforcement.not_found")
    hangs = {"operation_id": operation_id}
    rows_of_people = Participation.objects.filter(**hangs).order_by("id")
    people = tuple(rows_of_people.select_related("secondment__person", "secondment__home"))
    measures = Measure.objects.filter(**hangs).select_related("power__department", "party")
    appeals = Appeal.objects.filter(**hangs).select_related("party")
    return OperationFile(
        operation=operation,
        participations=tuple(one for one in people if one.recused_at is None),
        recused=tuple(one for one in people if one.recused_at is not None),
        appeals=tuple(appeals.order_by("id")),
        measures=tuple(measures.prefetch_related("officers__person").order_by("id")),
        parties=tuple(Party.objects.filter(**hangs).order_by("id")),
    )


def facts_of(file: OperationFile) -> OperationFacts:
    """Give what the offers of actions depend on."""
    operation = file.operation
    waiting = [one for one in file.appeals if one.answered_at is None]
    return OperationFacts(
        step=Step(operation.step),
        has_case=operation.case_id is not None,
        is_fed_back=operation.is_fed_back,
        is_public=operation.published_at is not None and operation.withdrawn_at is None,
        open_appeals=len(waiting),
        open_statements=sum(one.kind in BEFORE_DECISION for one in waiting),
        parties=len(file.parties),
        measures=len(file.measures),
    )


def party_facts(file: OperationFile) -> dict[int, PartyFacts]:
    """Give what has happened with each party, by its id."""
    told: dict[int, list[Told]] = defaultdict(list)
    notices = LegalNotice.objects.filter(operation_id=file.operation.id).select_related("power")
    for notice in notices.order_by("id"):
        told[notice.party_id].append(
            Told(
                kind=NoticeKind(notice.kind),
                department_id=notice.power.department_id,
                deadline_at=notice.deadline_at,
            )
        )
    return {party.pk: _party_facts(file, party, told[party.pk]) for party in file.parties}


def _party_facts(file: OperationFile, party: Party, told: Iterable[Told]) -> PartyFacts:
    statements = [
        one for one in file.appeals if one.party_id == party.pk and one.kind in BEFORE_DECISION
    ]
    return PartyFacts(
        mark=party.mark,
        told=tuple(told),
        heard=sum(one.answered_at is not None for one in statements),
        waiting=sum(one.answered_at is None for one in statements),
        measures=sum(one.party_id == party.pk for one in file.measures),
        complied=party.complied_at is not None,
    )


def target_of(file: OperationFile) -> Target:
    """Describe an operation to the rules of access: its place, the team, the departments."""
    operation = file.operation
    return Target(
        street_code=operation.street.code,
        area_code=operation.area.code if operation.area else operation.street.code,
        organisation_ids=(operation.team_id, *file.home_ids),
        is_complaint=False,
    )


def target_for(file: OperationFile, right: Right) -> Target:
    """Describe an operation as one right sees it: work is the team's, a reply the departments'."""
    whole = target_of(file)
    if right is Right.ENFORCEMENT_READ:
        return whole
    own = file.home_ids if right is Right.ENFORCEMENT_REPLY else (file.operation.team_id,)
    return Target(
        street_code=whole.street_code,
        area_code=whole.area_code,
        organisation_ids=own,
        is_complaint=False,
    )


def may_see(file: OperationFile, member: Member | None) -> bool:
    """Say whether a member may read an operation."""
    return may(member, Right.ENFORCEMENT_READ, target_of(file))


def standing_of(file: OperationFile, member: Member, action: Action) -> Standing:
    """Say how a member stands to an operation and an action."""
    return Standing(
        has_right=may(member, action.right, target_for(file, action.right)),
        is_participant=member.person_id is not None and member.person_id in file.person_ids,
        is_recused=member.person_id is not None and member.person_id in file.recused_ids,
    )


def visible_to(member: Member) -> Q:
    """Build the filter of the operations a member may read."""
    scope = reach(member, Right.ENFORCEMENT_READ)
    found = Q() if scope.all else Q(pk__in=[])
    for prefix in scope.area_prefixes:
        found |= Q(area__code__startswith=prefix) | Q(area=None, street__code__startswith=prefix)
    if scope.organisation_ids:
        taking_part = Participation.objects.filter(
            secondment__home_id__in=scope.organisation_ids
        ).values("operation_id")
        found |= Q(team_id__in=scope.organisation_ids) | Q(pk__in=taking_part)
    return found
