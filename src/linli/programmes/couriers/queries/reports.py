"""Couriers' reports: the own record, and what a case page says of the half-hour."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.programmes.couriers.models import Asked
from linli.programmes.couriers.rules.reports import FIRST_KEYS, is_for_couriers
from linli.programmes.couriers.terms import AskedOf, AskedView, PassedTo, ReportLine
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import list_categories
from linli.spine.cases.queries.standing import list_standings
from linli.spine.cases.queries.words import name_of, shown_title

MOST_OWN = 100


def list_own(*, account_id: int) -> list[ReportLine]:
    """List what a courier reported, newest first; only ever asked with the own account."""
    rows = list(
        Asked.objects.filter(courier__account_id=account_id)
        .select_related("case__category")
        .only("case__id", "case__title", "case__category__name", "case__category__name_en", *_OWN)
        .order_by("-asked_at")[:MOST_OWN]
    )
    stands = list_standings(case_ids=[row.case_id for row in rows])
    return [
        ReportLine(
            case_id=row.case_id,
            number=stands[row.case_id].number,
            title=shown_title(row.case.title, category=name_of(row.case.category)),
            sent_at=row.asked_at,
            step_label=stands[row.case_id].step_label,
            answered_by=stands[row.case_id].answered_by,
            until=stands[row.case_id].until,
            is_over=stands[row.case_id].is_over,
            accepted_at=row.answered_at if not row.passed_to else None,
            passed_to=PassedTo(row.passed_to) if row.passed_to else None,
            answer_by=row.answer_by,
        )
        for row in rows
    ]


_OWN = ("asked_at", "answer_by", "answered_at", "passed_to")


def find_asked(*, case_id: UUID) -> AskedView | None:
    """Find what is asked about a case, or None; nothing in it says who reported."""
    row = Asked.objects.filter(case_id=case_id).first()
    if row is None:
        return None
    return AskedView(
        answer_by=row.answer_by,
        asked_of=AskedOf(row.asked_of),
        answered_at=row.answered_at,
        answered_by_id=row.answered_by_id,
        passed_to=PassedTo(row.passed_to) if row.passed_to else None,
        is_late=row.late_at is not None,
    )


def list_for_couriers(*, on: datetime) -> list[CategoryView]:
    """List the categories couriers report, the usual ones first.

    Args:
        on: instant whose day counts.
    """
    found = [one for one in list_categories(on=on.date()) if is_for_couriers(one)]
    first = {key: place for place, key in enumerate(FIRST_KEYS)}
    return sorted(found, key=lambda one: first.get(one.key, len(first)))


def find_courier_account(*, case_id: UUID) -> int | None:
    """Find the account to tell about a report; only for notices to the courier."""
    rows = Asked.objects.filter(case_id=case_id, courier__isnull=False)
    return rows.values_list("courier__account_id", flat=True).first()
