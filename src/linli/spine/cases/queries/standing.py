"""How cases stand, in what anybody may read: number, who answers until when; no word of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.spine.cases.models import Case
from linli.spine.cases.queries.rows import case_rows
from linli.spine.cases.terms import ENDS, CaseRow, Level


@dataclass(frozen=True, kw_only=True)
class CaseStanding:
    """One case: who answers, nobody named where the centre does, and until when it is owed."""

    number: str
    step_label: str
    answered_by: str
    until: datetime | None
    is_over: bool


def list_standings(*, case_ids: Collection[UUID]) -> dict[UUID, CaseStanding]:
    """Say how these cases stand, in four statements however many; none for none."""
    if not case_ids:
        return {}
    cases = list(Case.objects.filter(id__in=case_ids))
    # Whether something is overdue is not told here, so any instant does.
    rows = case_rows(cases, max(case.changed_at for case in cases)) if cases else []
    return {row.id: _standing(row) for row in rows}


def _standing(row: CaseRow) -> CaseStanding:
    is_over = row.step in ENDS
    return CaseStanding(
        number=row.number,
        step_label=row.step_label,
        answered_by=_answered_by(row),
        until=None if is_over else row.promised_at or row.due_at,
        is_over=is_over,
    )


def _answered_by(row: CaseRow) -> str:
    """Name who answers: who leads, else the level it lies with; nobody where the centre does."""
    if row.lead_name:
        return row.lead_name
    if row.level is Level.COMMUNITY and row.community_name:
        return row.community_name
    if row.level is Level.GRID and row.grid_name:
        return row.grid_name
    return ""
