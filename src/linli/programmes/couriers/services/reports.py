"""Commands on couriers' reports: send, accept, pass on; mark what nobody answered in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.queries import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import SYSTEM, Happened
from linli.ground.people.errors import NotPermitted
from linli.ground.people.queries import list_account_ids
from linli.ground.people.queries.duty import on_duty
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member, Role, Target
from linli.programmes.couriers import events
from linli.programmes.couriers.models import Asked, Courier
from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.programmes.couriers.rules.reports import check_courier_report
from linli.programmes.couriers.terms import (
    ANSWER_WITHIN,
    AskedOf,
    CourierState,
    PassedTo,
    asked_subject,
)
from linli.spine.cases.queries.address import CaseAddress, get_address
from linli.spine.cases.queries.catalogue import find_category
from linli.spine.cases.services import act
from linli.spine.cases.services.intake import report_case
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    Channel,
    Contact,
    NewReport,
    Reported,
)

ANSWERING = (Role.GRID_LEADER,)
MOST_AT_ONCE = 200


@transaction.atomic
def send_report(
    *, report: NewReport, member: Member, at: datetime, photos_follow: bool = False
) -> Reported:
    """Take in what a courier reports; the grid leader, at night who is on duty, has half an hour.

    The same id sent again gets the same answer.

    Args:
        photos_follow: whether photos come apart from the words, as phones send them.

    Raises:
        CourierRefused: no confirmed courier, no problem of public space, or no photo.
        ReportRefused: words or place the case can't be taken in with.
    """
    courier = Courier.objects.filter(
        account_id=member.account_id, state=CourierState.CONFIRMED.value
    ).first()
    if courier is None:
        raise CourierRefused("couriers.not_one")
    category = find_category(report.category_key) if report.category_key else None
    check_courier_report(report, category, photos_follow=photos_follow)
    taken = replace(report, channel=Channel.COURIER, contact=Contact(), is_anonymous=False)
    actor = member.actor(role=Role.RESIDENT)
    reported = report_case(report=taken, actor=actor, at=at)
    if reported.created:
        _ask(reported.case_id, courier, at)
    return reported


@transaction.atomic
def accept_report(*, case_id: UUID, member: Member, at: datetime) -> None:
    """Say that one sees to it; verifying and settling follow on the case as always.

    Raises:
        CourierRefused: no courier's report, or answered already.
        NotPermitted: for whom it is not to answer there.
    """
    row, address = _lock(case_id, member)
    _answer(row, member, at, passed_to="")
    accepted = events.ReportAccepted(is_late=at > row.answer_by)
    _record(row, accepted, address, member, at)


@transaction.atomic
def pass_on_report(*, case_id: UUID, to: PassedTo, note: str, member: Member, at: datetime) -> None:
    """Pass a report on, with a word why; whoever gets it is told.

    Raises:
        CourierRefused: no courier's report, answered already, or no word.
        NotPermitted: for whom it is not to answer there.
    """
    row, address = _lock(case_id, member)
    if not note.strip():
        raise CourierRefused("couriers.note_missing", field="note")
    _answer(row, member, at, passed_to=to.value)
    passed = events.ReportPassedOn(to=to.value, is_late=at > row.answer_by)
    _record(row, passed, address, member, at)
    act(
        case_id=case_id,
        action=ActionName.COMMENT,
        member=member,
        at=at,
        form=ActionInput(note=note.strip()),
    )


@transaction.atomic
def mark_late(*, at: datetime) -> int:
    """Mark the reports nobody answered in time; return how many."""
    rows = Asked.objects.select_for_update(skip_locked=True).filter(
        answered_at=None, late_at=None, answer_by__lt=at
    )
    found = list(rows.order_by("answer_by")[:MOST_AT_ONCE])
    for row in found:
        row.late_at = at
        row.save(update_fields=["late_at"])
        overdue = events.AnswerOverdue(answer_by=row.answer_by)
        record_event(overdue, subject=asked_subject(row.case_id), actor=SYSTEM, at=at)
    return len(found)


def may_answer(*, member: Member, address: CaseAddress) -> bool:
    """Say whether a member may accept or pass on couriers' reports of a place."""
    return may(member, Action.COURIER_ANSWER, _target(address))


def _ask(case_id: UUID, courier: Courier, at: datetime) -> None:
    address = get_address(case_id)
    asked_of, people = _who(address, at)
    answer_by = at + ANSWER_WITHIN
    Asked.objects.create(
        case_id=case_id,
        courier=courier,
        asked_of=asked_of.value,
        asked_at=at,
        answer_by=answer_by,
    )
    asked = events.AnswerAsked(
        asked_of=asked_of.value, answer_by=answer_by, account_ids=tuple(people)
    )
    record_event(asked, subject=asked_subject(case_id), actor=SYSTEM, at=at)


def _who(address: CaseAddress, at: datetime) -> tuple[AskedOf, list[int]]:
    """Ask the grid's leader in working hours, else whom the roster names; the centre at last."""
    street_code = f"{address.area_code[:9]}000"
    if _is_working(get_calendar(street_code), at):
        leaders = list_account_ids(at=at, roles=ANSWERING, covering_code=address.area_code)
        if leaders:
            return AskedOf.GRID, leaders
    duty = [one.account_id for one in on_duty(street_code, at)]
    return AskedOf.DUTY, duty or list_account_ids(
        at=at, roles=(Role.SHIFT_LEADER,), covering_code=street_code
    )


def _is_working(calendar: WorkingCalendar, at: datetime) -> bool:
    days = {at.date(), at.astimezone().date()}
    return any(begins <= at < ends for day in days for begins, ends in calendar.spans_on(day))


def _lock(case_id: UUID, member: Member) -> tuple[Asked, CaseAddress]:
    row = Asked.objects.select_for_update().filter(case_id=case_id, answered_at=None).first()
    if row is None:
        raise CourierRefused("couriers.not_asked")
    address = get_address(case_id)
    if not may_answer(member=member, address=address):
        raise NotPermitted
    return row, address


def _answer(row: Asked, member: Member, at: datetime, *, passed_to: str) -> None:
    row.answered_at, row.answered_by_id, row.passed_to = at, member.account_id, passed_to
    row.save(update_fields=["answered_at", "answered_by", "passed_to"])


def _target(address: CaseAddress) -> Target:
    street = f"{address.area_code[:9]}000"
    return Target(street_code=street, area_code=address.area_code, is_complaint=False)


def _record(
    row: Asked, event: Happened, address: CaseAddress, member: Member, at: datetime
) -> None:
    actor = member.actor(role=find_role(member, Action.COURIER_ANSWER, _target(address)))
    record_event(event, subject=asked_subject(row.case_id), actor=actor, at=at)
