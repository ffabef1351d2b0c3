"""Checks: who is proposed, what waits for somebody, what a case was checked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_ids, list_account_names, load_member
from linli.ground.people.rules import may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Role
from linli.ground.territory.locator import find_ref
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.checking_events import CheckAnswered, SampleFailed, SamplePassed
from linli.spine.cases.events import CheckPassed, ReworkOrdered
from linli.spine.cases.gathering_events import RedoOrdered
from linli.spine.cases.models import Case, Check, CheckAnswer
from linli.spine.cases.queries.facts import CaseFile, has_worked, is_handler, target_of
from linli.spine.cases.queries.rows import case_rows
from linli.spine.cases.queries.scope import in_area, visible_to
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.queries.work import may_check
from linli.spine.cases.rules.checking import choose
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import CaseRow, case_subject
from linli.spine.cases.terms.beside import ANYTHING, Beside
from linli.spine.cases.terms.checking import (
    CHECK_KIND_LABELS,
    CHOSEN_LABELS,
    AnswerView,
    CheckItem,
    CheckKind,
    CheckPage,
    CheckView,
    Chosen,
)

# Those of the grid first, then the sub-district's.
_IN_ORDER = (Role.GRID_WORKER, Role.GRID_LEADER, Role.VERIFIER)
_DECISIONS = (CheckPassed, ReworkOrdered, RedoOrdered, SamplePassed, SampleFailed)


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Who is to check, and why this person."""

    account_id: int | None
    chosen: Chosen


def propose_verifier(
    file: CaseFile, *, at: datetime, without: int | None = None, rather: int | None = None
) -> Proposed:
    """Propose who checks: of the grid, or standing in for those who handled or found it.

    Of several, the one with the fewest checks in hand.

    Args:
        at: aware instant, for the posts in force.
        without: an account that is not asked, as of somebody who leaves.
        rather: an account that is asked before others, if it may check this case at all.
    """
    is_barred = False
    for role in _IN_ORDER:
        ids = list_account_ids(at=at, roles=(role,), covering_code=file.area_code)
        members = [load_member(account_id, at) for account_id in ids if account_id != without]
        able = [one.account_id for one in members if _may_check(file, one)]
        is_barred |= len(able) < len(members)
        account_id = rather if rather in able else choose(_loads(able))
        if account_id is not None and rather in (None, account_id):
            stands_in = Chosen.STAND_IN if is_barred else Chosen.GRID
            chosen = Chosen.STREET if role is Role.VERIFIER else stands_in
            return Proposed(account_id=account_id, chosen=chosen)
    if rather is not None:
        return propose_verifier(file, at=at, without=without)
    return Proposed(account_id=None, chosen=Chosen.NOBODY)


def list_checks(
    *, case_id: UUID, member: Member, beside: frozenset[Beside] = ANYTHING
) -> list[CheckView]:
    """List the checks of a case, oldest first; the asker's right to read the case is checked.

    Args:
        beside: what the case has, where that is known.
    """
    rows = _CHECKS.rows(case_id=case_id) if Beside.CHECKS in beside else []
    if not rows:
        return []
    prefetch_related_objects(rows, _answers())
    people = _names(rows)
    said, answered = _words(case_id)
    return [_view(row, member, people, said, answered) for row in rows]


_CHECKS = Compiled(
    lambda case_id: (
        Check.objects.filter(case_id=case_id).select_related("organisation").order_by("no")
    )
)


def list_waiting(
    *,
    member: Member,
    at: datetime,
    everybodys: bool = False,
    grid_code: str = "",
    most: int = 100,
) -> CheckPage:
    """List the checks that wait for a member, oldest due first.

    Args:
        at: aware instant of asking, for what is overdue.
        everybodys: all the member may decide, not only those proposed to them.
        grid_code: only in this grid.
        most: how many at most; the total counts all.
    """
    found = Check.objects.filter(done_at=None).filter(_mine(member, everybodys=everybodys))
    grids = _by_grid(found)
    if grid_code:
        found = found.filter(case__in=Case.objects.filter(in_area(grid_code)))
    rows = list(
        found.select_related("case").prefetch_related(_answers()).order_by("due_at", "id")[:most]
    )
    cases = {row.id: row for row in case_rows((one.case for one in rows), at)}
    people = _names(rows)
    items = tuple(_item(row, cases[row.case_id], people, at) for row in rows)
    return CheckPage(items=items, total=found.count(), grids=grids)


def count_mine(*, member: Member) -> int:
    """Count the checks that wait for a member by name."""
    return Check.objects.filter(done_at=None, verifier_id=member.account_id).count()


def find_verifier(*, case_id: UUID) -> int | None:
    """Find the account the open check of a case was given to, or None."""
    found = Check.objects.filter(case_id=case_id, done_at=None)
    return found.values_list("verifier_id", flat=True).first()


def answer_of(check: Check, case_id: UUID) -> bool | None:
    """Say what the reporter of this case answered so far, or None."""
    found = CheckAnswer.objects.filter(check_asked=check, case_id=case_id)
    return found.values_list("solved", flat=True).first()


def _may_check(file: CaseFile, member: Member) -> bool:
    if file.case.finder_id == member.account_id:
        return False
    had_part = is_handler(file, member) or has_worked(file, member)
    return may(member, Right.CASE_CHECK, target_of(file)) and not had_part


def _loads(account_ids: Sequence[int]) -> dict[int, int]:
    waiting = Check.objects.filter(done_at=None, verifier_id__in=account_ids)
    counted = waiting.values("verifier_id").annotate(count=Count("id")).order_by()
    found = dict(counted.values_list("verifier_id", "count"))
    return {one: found.get(one, 0) for one in account_ids}


def _mine(member: Member, *, everybodys: bool) -> Q:
    """Build the filter of checks a member may decide: those given to them, or all of them."""
    cases = Case.objects.filter(visible_to(member, Right.CASE_CHECK) & may_check(member))
    open_to = Q(Exists(cases.filter(pk=OuterRef("case_id"))))
    return open_to if everybodys else open_to & Q(verifier_id=member.account_id)


def _by_grid(found: QuerySet[Check]) -> tuple[tuple[str, str, int], ...]:
    """Count checks by grid: code, name and how many, by code."""
    counted = found.values("case__grid_id").annotate(count=Count("id")).order_by()
    grids = []
    for area_id, count in counted.values_list("case__grid_id", "count"):
        area = find_ref(area_id or 0)
        if area is not None:
            grids.append((area.code, name_of(area), count))
    return tuple(sorted(grids))


def _answers() -> Prefetch[Any]:
    return Prefetch("answers", CheckAnswer.objects.order_by("answered_at", "id"))


def _names(rows: Sequence[Check]) -> dict[int, str]:
    ids = {one for row in rows for one in (row.verifier_id, row.done_by_id) if one}
    return list_account_names(ids)


def _words(case_id: UUID) -> tuple[dict[datetime, str], dict[UUID, str]]:
    """Give what checkers wrote, by the instant, and what reporters wrote, by the event."""
    said: dict[datetime, str] = {}
    answered: dict[UUID, str] = {}
    for one in list_occurrences(case_subject(case_id)):
        note = mask_numbers(one.texts.get("note", ""))
        if isinstance(one.event, _DECISIONS):
            said[one.at] = note
        elif isinstance(one.event, CheckAnswered):
            answered[one.id] = note
    return said, answered


def _view(
    row: Check,
    member: Member,
    people: Mapping[int, str],
    said: Mapping[datetime, str],
    answered: Mapping[UUID, str],
) -> CheckView:
    return CheckView(
        no=row.no,
        kind=CheckKind(row.kind),
        kind_label=gettext(CHECK_KIND_LABELS[CheckKind(row.kind)]),
        way=CheckedBy(row.way),
        verifier_name=people.get(row.verifier_id or 0, ""),
        is_mine=row.verifier_id == member.account_id,
        chosen_label=gettext(CHOSEN_LABELS[Chosen(row.chosen)]),
        unit_name=name_of(row.organisation),
        given_at=row.given_at,
        due_at=row.due_at,
        answer_by=row.answer_by,
        done_at=row.done_at,
        done_by=people.get(row.done_by_id or 0, ""),
        passed=row.passed,
        words=said.get(row.done_at, "") if row.done_at else "",
        answers=tuple(_answers_of(row, answered)),
    )


def _answers_of(row: Check, answered: Mapping[UUID, str]) -> Iterator[AnswerView]:
    for one in row.answers.all():
        yield AnswerView(
            solved=one.solved,
            answered_at=one.answered_at,
            words=answered.get(one.event_id, ""),
        )


def _item(row: Check, case: CaseRow, people: Mapping[int, str], at: datetime) -> CheckItem:
    answers = [one.solved for one in row.answers.all()]
    return CheckItem(
        row=case,
        kind=CheckKind(row.kind),
        kind_label=gettext(CHECK_KIND_LABELS[CheckKind(row.kind)]),
        way=CheckedBy(row.way),
        due_at=row.due_at,
        is_overdue=row.due_at < at,
        verifier_id=row.verifier_id,
        verifier_name=people.get(row.verifier_id or 0, ""),
        chosen_label=gettext(CHOSEN_LABELS[Chosen(row.chosen)]),
        answer_by=row.answer_by,
        answer=answers[-1] if answers else None,
    )
