"""Cases nobody has touched for a while."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.spine.cases.models import Case
from linli.spine.cases.terms import Step


def list_resting(*, step: Step, untouched_since: datetime, most: int) -> list[UUID]:
    """List cases at a step that nobody has acted on since an instant, the longest resting first."""
    rows = Case.objects.filter(step=step.value, changed_at__lt=untouched_since)
    return list(rows.order_by("changed_at", "id").values_list("id", flat=True)[:most])
