"""Lists of cases: with filters, and what waits for somebody by urgency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.people.rules import reach
from linli.ground.people.terms import Member
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.models import Assignment, Case, CasePhoto
from linli.spine.cases.queries.facts import SEEING_ASSIGNMENTS, SHAPES
from linli.spine.cases.queries.scope import assigned_to, in_area, visible_to, within
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.clocks import judge_urgency
from linli.spine.cases.rules.procedure import ACTIONS, Action, Bond
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    ENDS,
    STEP_LABELS,
    URGENCY_LABELS,
    ActionName,
    CaseFilters,
    CaseKind,
    CasePage,
    CaseRow,
    Channel,
    Duty,
    PhotoStage,
    Step,
    Urgency,
    WorkItem,
)

RELATED = ("category", "street", "community", "grid")
ORDERS = {
    "-reported_at": (F("reported_at").desc(), F("id").desc()),
    "reported_at": (F("reported_at").asc(), F("id").asc()),
    "due_at": (F("due_at").asc(nulls_last=True), F("id").asc()),
}
LARGEST_PAGE = 100
_URGENCIES = list(Urgency)


def list_cases(*, member: Member, filters: CaseFilters, at: datetime) -> CasePage:
    """List the cases a member may see, filtered, one page of them, in four statements.

    Args:
        at: aware instant of asking, for what is overdue.
    """
    found = Case.objects.filter(visible_to(member)).filter(_filter(filters, at))
    size = min(max(filters.page_size, 1), LARGEST_PAGE)
    start = (max(filters.page, 1) - 1) * size
    order = ORDERS.get(filters.order, ORDERS["-reported_at"])
    rows = found.select_related(*RELATED).defer(*SHAPES)
    rows = rows.order_by(*order)[start : start + size]
    return CasePage(
        rows=tuple(case_rows(rows, at)),
        total=found.count(),
        page=max(filters.page, 1),
        page_size=size,
    )


def my_work(*, member: Member, at: datetime, limit: int = 200) -> list[WorkItem]:
    """List what waits for a member, the most urgent first, in a fixed number of statements.

    Args:
        at: aware instant of asking.
        limit: how many at most.
    """
    waiting = [action for action in ACTIONS.values() if action.is_work]
    wanted = Q(pk__in=[])
    for action in waiting:
        wanted |= _waits_for(action, member)
    rows = Case.objects.filter(wanted).select_related(*RELATED).defer(*SHAPES)
    cases = list(rows.order_by(F("due_at").asc(nulls_last=True), "id")[:limit])
    frozen = {row.id: row for row in case_rows(cases, at)}
    items = [_item(frozen[case.id], _action(case, waiting), at) for case in cases]
    return sorted(items, key=lambda item: _URGENCIES.index(item.urgency))


def case_rows(cases: Iterable[Case], at: datetime) -> list[CaseRow]:
    """Freeze cases for a list, with lead and first photo, in two statements for all."""
    listed = list(cases)
    ids = [case.id for case in listed]
    leads, photos = _leads(ids), _photos(ids)
    return [_row(case, leads.get(case.id, ""), photos.get(case.id), at) for case in listed]


def _filter(filters: CaseFilters, at: datetime) -> Q:
    found = Q()
    if filters.steps:
        found &= Q(step__in=[step.value for step in filters.steps])
    if filters.category_id is not None:
        found &= Q(category_id=filters.category_id)
    if filters.major_code:
        found &= Q(category__major_code=filters.major_code)
    if filters.kind is not None:
        found &= Q(kind=filters.kind.value)
    if filters.channel is not None:
        found &= Q(channel=filters.channel.value)
    if filters.area_code:
        found &= in_area(prefix_of(filters.area_code))
    if filters.organisation_id is not None:
        found &= assigned_to([filters.organisation_id])
    return found & _filter_state(filters, at) & _filter_text(filters)


def _filter_state(filters: CaseFilters, at: datetime) -> Q:
    found = Q()
    ends = Q(step__in=[step.value for step in ENDS])
    if filters.is_overdue is not None:
        late = Q(due_at__lt=at) & ~ends
        found &= late if filters.is_overdue else ~late
    if filters.is_open is not None:
        found &= ~ends if filters.is_open else ends
    if filters.is_unplaced is not None:
        found &= Q(grid__isnull=filters.is_unplaced)
    if filters.reported_from is not None:
        found &= Q(reported_at__gte=filters.reported_from)
    if filters.reported_before is not None:
        found &= Q(reported_at__lt=filters.reported_before)
    return found


def _filter_text(filters: CaseFilters) -> Q:
    text = filters.text.replace("\x00", "").strip()
    if not text:
        return Q()
    return Q(number__icontains=text) | Q(title__icontains=text) | Q(address__icontains=text)


def _waits_for(action: Action, member: Member) -> Q:
    """Build the filter of cases that wait for this action of this member."""
    scope = reach(member, action.right)
    found = Q(step__in=[step.value for step in action.paths])
    found &= within(scope, lead_only=action.bond is Bond.LEAD)
    if action.bond is Bond.NOT_HANDLER:
        found &= ~assigned_to(_answering(member), lead_only=True)
        found &= ~Q(id__in=_handled_by(member))
    if action.name is ActionName.DISPATCH:
        found &= Q(return_count=0)
    if action.name is ActionName.RULE:
        found &= Q(return_count__gt=0)
    return found


def _answering(member: Member) -> tuple[int, ...]:
    return reach(member, ACTIONS[ActionName.FEED_BACK].right).organisation_ids


def _handled_by(member: Member) -> QuerySet[Assignment, UUID]:
    leads = Assignment.objects.filter(duty=Duty.LEAD.value, account_id=member.account_id)
    return leads.values_list("case_id", flat=True)


def _action(case: Case, waiting: Sequence[Action]) -> Action:
    """Name the action a listed case waits for; a returned case waits for a ruling."""
    fitting = [action for action in waiting if Step(case.step) in action.paths]
    if len(fitting) > 1:
        wanted = ActionName.RULE if case.return_count else ActionName.DISPATCH
        return ACTIONS[wanted]
    return fitting[0]


def _item(row: CaseRow, action: Action, at: datetime) -> WorkItem:
    urgency = judge_urgency(due_at=row.due_at, is_urgent=row.is_urgent, now=at)
    left = (row.due_at - at).total_seconds() // 60 if row.due_at else None
    return WorkItem(
        row=row,
        action=action.name,
        action_label=gettext(action.label),
        urgency=urgency,
        urgency_label=gettext(URGENCY_LABELS[urgency]),
        left_minutes=int(left) if left is not None else None,
    )


def _leads(ids: list[UUID]) -> dict[UUID, str]:
    rows = Assignment.objects.filter(
        case_id__in=ids, duty=Duty.LEAD.value, state__in=SEEING_ASSIGNMENTS
    ).select_related("organisation")
    return {row.case_id: name_of(row.organisation) for row in rows.order_by("id")}


def _photos(ids: list[UUID]) -> dict[UUID, UUID]:
    rows = CasePhoto.objects.filter(case_id__in=ids, stage=PhotoStage.REPORT.value)
    return dict(rows.order_by("-id").values_list("case_id", "photo_id"))


def _row(case: Case, lead_name: str, photo_id: UUID | None, at: datetime) -> CaseRow:
    return CaseRow(
        id=case.id,
        number=case.number,
        version=case.version,
        kind=CaseKind(case.kind),
        step=Step(case.step),
        step_label=gettext(STEP_LABELS[Step(case.step)]),
        title=mask_numbers(case.title),
        category_name=name_of(case.category),
        street_name=name_of(case.street),
        community_name=name_of(case.community),
        grid_name=name_of(case.grid),
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
    )
