"""The state of an operation from its row and from its events; a test holds them equal."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.queries import list_occurrences
from linli.programmes.enforcement.models import Evidence, LegalNotice, Score
from linli.programmes.enforcement.queries.facts import open_file
from linli.programmes.enforcement.rules.projection import OperationState, replay
from linli.programmes.enforcement.terms import NoticeKind, Step, operation_subject


def replayed_state(operation_id: UUID) -> OperationState:
    """Give the state of an operation as its events tell it."""
    return replay(list_occurrences(operation_subject(operation_id)))


def live_state(operation_id: UUID) -> OperationState:
    """Give the state of an operation as its rows stand.

    Raises:
        NoSuchOperation: when there is none.
    """
    file = open_file(operation_id)
    row, hangs = file.operation, {"operation_id": operation_id}
    kinds = list(LegalNotice.objects.filter(**hangs).values_list("kind", flat=True))
    points = list(Score.objects.filter(**hangs).values_list("points", flat=True))
    return OperationState(
        step=Step(row.step),
        version=row.version,
        number=row.number,
        kind=row.kind,
        case_id=row.case_id,
        member_ids=frozenset(one.secondment_id for one in file.participations),
        recused=frozenset(one.secondment_id for one in file.recused),
        rectify_notices=kinds.count(NoticeKind.RECTIFY.value),
        penalty_notices=kinds.count(NoticeKind.PENALTY.value),
        digests=frozenset(Evidence.objects.filter(**hangs).values_list("digest", flat=True)),
        complied=frozenset(one.pk for one in file.parties if one.complied_at),
        measures=len(file.measures),
        open_appeals=frozenset(one.pk for one in file.appeals if one.answered_at is None),
        is_fed_back=row.is_fed_back,
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        points=sum(points) if points else None,
        due_at=row.due_at,
        ended_at=row.ended_at,
    )
