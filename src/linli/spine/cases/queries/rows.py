"""Cases frozen for lists: a fixed number of statements for however many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.queries.organisations import find_by_id
from linli.ground.territory.locator import find_ref
from linli.spine.cases.models import Assignment, Case, CasePhoto, Reminder
from linli.spine.cases.queries.catalogue import find_category_by_id
from linli.spine.cases.queries.facts import SEEING_ASSIGNMENTS
from linli.spine.cases.queries.words import name_of, shown_title
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    STEP_LABELS,
    CaseKind,
    CaseRow,
    Channel,
    Duty,
    Level,
    PhotoStage,
    Step,
)

RELATED = ("category", "street", "community", "grid")


def brief_rows(cases: Iterable[Case], at: datetime) -> list[CaseRow]:
    """Freeze cases for a list that shows no lead, photo or reminders, in no statement.

    Categories and areas are named from what the process keeps of them.
    """
    return [_row(case, "", None, 0, at) for case in cases]


def case_rows(cases: Iterable[Case], at: datetime) -> list[CaseRow]:
    """Freeze cases for a list as `brief_rows` does, with lead, first photo and reminders.

    In three statements.
    """
    listed = list(cases)
    if not listed:
        return []
    ids = [case.id for case in listed]
    leads, photos, reminders = _leads(ids), _photos(ids), _reminders(ids)
    return [
        _row(case, leads.get(case.id, ""), photos.get(case.id), reminders.get(case.id, 0), at)
        for case in listed
    ]


def _leads(ids: list[UUID]) -> dict[UUID, str]:
    leads = dict(_LEADS.rows(ids=ids))
    return {case_id: name_of(find_by_id(unit) if unit else None) for case_id, unit in leads.items()}


def _photos(ids: list[UUID]) -> dict[UUID, UUID]:
    return dict(_PHOTOS.rows(ids=ids))


def _reminders(ids: list[UUID]) -> dict[UUID, int]:
    return dict(_REMINDERS.rows(ids=ids))


_LEADS = Compiled(
    lambda ids: (
        Assignment.objects.filter(
            case_id__among=ids, duty=Duty.LEAD.value, state__in=SEEING_ASSIGNMENTS
        )
        .order_by("id")
        .values_list("case_id", "organisation_id")
    )
)
_PHOTOS = Compiled(
    lambda ids: (
        CasePhoto.objects.filter(case_id__among=ids, stage=PhotoStage.REPORT.value)
        .order_by("-id")
        .values_list("case_id", "photo_id")
    )
)
_REMINDERS = Compiled(
    lambda ids: (
        Reminder.objects.filter(case_id__among=ids)
        .values("case_id")
        .annotate(count=Count("id"))
        .values_list("case_id", "count")
    )
)


def _row(
    case: Case, lead_name: str, photo_id: UUID | None, reminder_count: int, at: datetime
) -> CaseRow:
    category_name = _category_name(case)
    return CaseRow(
        id=case.id,
        number=case.number,
        version=case.version,
        kind=CaseKind(case.kind),
        step=Step(case.step),
        step_label=gettext(STEP_LABELS[Step(case.step)]),
        title=shown_title(case.title, category=category_name),
        category_name=category_name,
        street_name=_area_name(case, "street"),
        community_name=_area_name(case, "community"),
        grid_name=_area_name(case, "grid"),
        lon=case.lon,
        lat=case.lat,
        address=mask_numbers(case.address),
        channel_label=gettext(CHANNEL_LABELS[Channel(case.channel)]),
        lead_name=lead_name,
        photo_id=photo_id,
        reported_at=case.reported_at,
        due_at=case.due_at,
        promised_at=case.promised_at,
        closed_at=case.closed_at,
        is_urgent=case.is_urgent,
        is_overdue=case.due_at is not None and case.due_at < at,
        rework_count=case.rework_count,
        level=Level(case.level),
        original_number=case.original_number,
        reminder_count=reminder_count,
    )


def _category_name(case: Case) -> str:
    if case.category_id is None:
        return ""
    return name_of(find_category_by_id(case.category_id) or case.category)


def _area_name(case: Case, level: str) -> str:
    area_id = getattr(case, f"{level}_id")
    if area_id is None:
        return ""
    return name_of(find_ref(area_id) or getattr(case, level))
