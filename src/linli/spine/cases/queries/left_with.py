"""Reports left with a phone and no account; shown only to whoever has proved that phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.spine.cases.models import Reporter
from linli.spine.cases.models.reporter import digits_of, spellings_of
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.terms import Step

MOST = 50


@dataclass(frozen=True, kw_only=True)
class LeftReport:
    """A report somebody left with a phone: enough to know it again, none of its words."""

    case_id: UUID
    number: str
    category_name: str
    where: str
    reported_at: datetime


def list_left_with(*, phone: str) -> list[LeftReport]:
    """List the reports left with this phone that no account has, the newest first.

    Args:
        phone: digits, proved by the one who asks.
    """
    rows = left_with(phone).select_related("case__category", "case__community", "case__grid")
    return [_view(row) for row in rows.order_by("-case__reported_at")[:MOST]]


def left_with(phone: str) -> QuerySet[Reporter]:
    """Find the rows of reporters who left this phone; lazy, for this room only."""
    if not phone:
        return Reporter.objects.none()
    rows = Reporter.objects.filter(account=None, erased_at=None).exclude(phone="")
    found = rows.annotate(digits=digits_of("phone")).filter(digits__in=spellings_of(phone))
    return found.exclude(case__step=Step.VOID.value)


def _view(row: Reporter) -> LeftReport:
    case = row.case
    return LeftReport(
        case_id=case.id,
        number=case.number,
        category_name=name_of(case.category),
        where=name_of(case.grid or case.community),
        reported_at=case.reported_at,
    )
