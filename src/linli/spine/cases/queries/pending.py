"""The pending register: of one case, as a list for staff, and as everybody may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.ground.territory.terms import prefix_of
from linli.spine.cases import pending_events as events
from linli.spine.cases.models import Case, Pending
from linli.spine.cases.queries.rows import case_rows
from linli.spine.cases.queries.scope import in_area, visible_to
from linli.spine.cases.queries.words import name_of, shown_title
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import CaseKind, CaseRow, Step, Visibility, case_subject
from linli.spine.cases.terms.pending import (
    OBSTACLE_LABELS,
    OBSTACLE_WORDS,
    AskedPending,
    Obstacle,
    PendingFilters,
    PendingNow,
    PendingPage,
    PendingRow,
    PendingView,
    PublicPending,
    PublicRegister,
)

LARGEST_PAGE = 100
MOST_PUBLIC = 500
MOST_ASKED = 50
_OLDEST_FIRST = ("since", "id")


def list_pendings(*, case_id: UUID) -> list[PendingView]:
    """List what was asked for, oldest first; the asker's right to read the case is checked."""
    rows = list(Pending.objects.filter(case_id=case_id).select_related("owner").order_by("no"))
    if not rows:
        return []
    ids = {one for row in rows for one in (row.asked_by_id, row.decided_by_id) if one}
    people, words = list_account_names(ids), _Words(case_id)
    return [_view(row, people, words) for row in rows]


def list_register(*, member: Member, filters: PendingFilters, at: datetime) -> PendingPage:
    """List the cases on the register that a member may see, oldest first, one page of them."""
    found = _wanted(member, filters)
    size = min(max(filters.page_size, 1), LARGEST_PAGE)
    page = max(filters.page, 1)
    total = found.count()
    start = min((page - 1) * size, total)
    rows = _rows(found.order_by(*_OLDEST_FIRST)[start : start + size], at)
    return PendingPage(rows=tuple(rows), total=total, page=page, page_size=size)


def all_on_register(
    *, member: Member, filters: PendingFilters, at: datetime, most: int
) -> Iterator[PendingRow]:
    """Give the whole list, oldest first; pages play no part.

    Args:
        most: how many at most.
    """
    yield from _rows(_wanted(member, filters).order_by(*_OLDEST_FIRST)[:most], at)


def count_register(*, member: Member) -> int:
    """Count the cases on the register that a member may see."""
    return _wanted(member, PendingFilters()).count()


def list_asked(*, member: Member) -> list[AskedPending]:
    """List the requests that wait for this member's decision, the longest waiting first."""
    mine = Case.objects.filter(visible_to(member) & visible_to(member, Right.CASE_PENDING))
    rows = Pending.objects.filter(
        decided_at=None,
        clock__stopped_at=None,
        case__in=mine.filter(step__in=[Step.HANDLING.value, Step.PENDING.value]),
    ).exclude(asked_by_id=member.account_id)
    return [
        AskedPending(
            number=row.case.number,
            title=shown_title(row.case.title, category=name_of(row.case.category)),
            obstacle_label=_label(row),
            wake_at=row.wake_at,
            asked_at=row.asked_at,
            is_renewal=row.is_renewal,
        )
        for row in rows.select_related("case__category").order_by("asked_at", "id")[:MOST_ASKED]
    ]


def show_register() -> PublicRegister:
    """Show the register to everybody: which cases rest, why, since when and until when.

    What is not public by its category or kind is counted and not shown.
    """
    current = Pending.objects.filter(is_granted=True, ended_at=None)
    counted = dict(current.values_list("obstacle").annotate(count=Count("id")))
    shown = current.filter(_is_public())
    rows = shown.select_related("case__category", "case__community").order_by(*_OLDEST_FIRST)
    return PublicRegister(
        rows=tuple(_public(row) for row in rows.defer(*_UNREAD)[:MOST_PUBLIC]),
        withheld=current.exclude(_is_public()).count(),
        by_obstacle={one: counted.get(one.value, 0) for one in Obstacle},
    )


def pending_now(case: Case) -> PendingNow | None:
    """Say how a case rests, for its reporter; nothing when it does not."""
    if case.step != Step.PENDING:
        return None
    row = Pending.objects.get(case=case, is_granted=True, ended_at=None)
    return PendingNow(
        why=gettext(OBSTACLE_WORDS[Obstacle(row.obstacle)]),
        measure=mask_numbers(row.measure),
        since=row.since or row.asked_at,
        until=row.wake_at,
    )


def resumed_until(case: Case) -> datetime | None:
    """Give the new time of a case that was on the register, while it is what holds."""
    if case.promised_at is None or case.handle_due_at in (None, case.promised_at):
        return None
    woken = Pending.objects.filter(case=case, resumed_due_at=case.handle_due_at)
    return case.handle_due_at if woken.exists() else None


# Nothing a reporter wrote is even read.
_UNREAD = ("case__text", "case__title", "case__address", "case__place_note")


def _is_public() -> Q:
    """Build the filter of what everybody may read of; a complaint is about somebody."""
    return Q(case__visibility=Visibility.PUBLIC.value) & ~Q(
        case__kind__in=[CaseKind.COMPLAINT.value, CaseKind.REPORT.value]
    )


def _wanted(member: Member, filters: PendingFilters) -> QuerySet[Pending]:
    cases = Case.objects.filter(visible_to(member), step=Step.PENDING.value)
    if filters.area_code:
        cases = cases.filter(in_area(prefix_of(filters.area_code)))
    found = Pending.objects.filter(is_granted=True, ended_at=None, case__in=cases)
    if filters.obstacle is not None:
        found = found.filter(obstacle=filters.obstacle.value)
    if filters.owner_id is not None:
        found = found.filter(owner_id=filters.owner_id)
    if filters.waking_before is not None:
        found = found.filter(wake_at__lt=filters.waking_before)
    return found


def _rows(found: QuerySet[Pending], at: datetime) -> list[PendingRow]:
    """Freeze a part of the register, in a fixed number of statements."""
    renewals = Pending.objects.filter(
        case_id=OuterRef("case_id"), decided_at=None, clock__stopped_at=None
    )
    listed = list(found.select_related("case", "owner").annotate(asks=Exists(renewals)))
    cases = {row.number: row for row in case_rows((one.case for one in listed), at)}
    return [_row(one, cases[one.case.number], asks=one.asks) for one in listed]


def _row(row: Pending, case: CaseRow, *, asks: bool) -> PendingRow:
    return PendingRow(
        number=case.number,
        title=case.title,
        category_name=case.category_name,
        community_name=case.community_name,
        grid_name=case.grid_name,
        lead_name=case.lead_name,
        obstacle=Obstacle(row.obstacle),
        obstacle_label=_label(row),
        measure=mask_numbers(row.measure),
        owner_name=name_of(row.owner),
        post=row.post,
        since=row.since or row.asked_at,
        wake_at=row.wake_at,
        is_renewal=row.is_renewal,
        is_renewal_asked=asks,
    )


def _public(row: Pending) -> PublicPending:
    obstacle = Obstacle(row.obstacle)
    return PublicPending(
        number=row.case.number,
        category_name=name_of(row.case.category),
        community_name=name_of(row.case.community),
        obstacle=obstacle,
        obstacle_label=_label(row),
        obstacle_words=gettext(OBSTACLE_WORDS[obstacle]),
        measure=mask_numbers(row.measure),
        since=row.since or row.asked_at,
        wake_at=row.wake_at,
    )


def _label(row: Pending) -> str:
    return gettext(OBSTACLE_LABELS[Obstacle(row.obstacle)])


class _Words:
    """What was written with each request, by its number, and who woke the case early."""

    def __init__(self, case_id: UUID) -> None:
        self.asked: dict[int, str] = {}
        self.decided: dict[int, str] = {}
        self.woken: dict[int, str] = {}
        self.woken_early: set[int] = set()
        for one in list_occurrences(case_subject(case_id)):
            note = mask_numbers(one.texts.get("note", ""))
            match one.event:
                case events.PendingAsked(pending_no=no):
                    self.asked[no] = note
                case events.CasePended(pending_no=no) | events.PendingRefused(pending_no=no):
                    self.decided[no] = note
                case events.CaseWoken(pending_no=no, is_by_hand=True):
                    self.woken[no] = note
                    self.woken_early.add(no)


def _view(row: Pending, people: Mapping[int, str], words: _Words) -> PendingView:
    return PendingView(
        no=row.no,
        obstacle_label=_label(row),
        measure=mask_numbers(row.measure),
        words=words.asked.get(row.no, ""),
        owner_name=name_of(row.owner),
        post=row.post,
        wake_at=row.wake_at,
        is_renewal=row.is_renewal,
        asked_at=row.asked_at,
        asked_by=people.get(row.asked_by_id or 0, ""),
        is_granted=row.is_granted,
        decided_at=row.decided_at,
        decided_by=people.get(row.decided_by_id or 0, ""),
        decision=words.decided.get(row.no, ""),
        ended_at=row.ended_at,
        is_woken_early=row.no in words.woken_early,
        wake_words=words.woken.get(row.no, ""),
    )
