"""A clerk leaves with calls begun and not finished: another clerk finishes them."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.models import Event
from linli.ground.people.leaving import count_orphans
from linli.ground.people.models import Account, Appointment
from linli.ground.people.queries.leaving import find_work_handover
from linli.ground.people.services.leaving import leave_post
from linli.ground.people.terms import Role
from linli.ground.people.terms.leaving import WorkKind
from linli.ground.people.terms.posts import EndReason
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.hotline.models import Draft
from linli.programmes.hotline.queries import get_draft, list_drafts
from linli.programmes.hotline.tests.factories import begin_call
from linli.spine.cases.tests.factories import Office


def leaves(office: Office, *, successor: Account | None = None) -> list[WorkKind]:
    """End the clerk's post; give the kinds of what was handed over."""
    clerk = office.accounts[Role.INTAKE_CLERK]
    made = leave_post(
        appointment_id=Appointment.objects.get(person=clerk.person).pk,
        reason=EndReason.OTHER,
        note="",
        successor_id=successor.person_id if successor else None,
        member=office[Role.KEEPER],
        at=office.tick(),
    )
    record = find_work_handover(made or 0)
    return [one.kind for one in record.lines] if record else []


def read_as(office: Office, account: Account, draft_id: UUID) -> str:
    """Read a draft as somebody."""
    member = member_of(account, at=office.at)
    assert [one.id for one in list_drafts(member=member)] == [draft_id]
    return get_draft(draft_id=draft_id, member=member).words.text


def test_the_successor_finds_the_call_as_it_was_typed(office: Office) -> None:
    draft_id = begin_call(office)
    before = read_as(office, office.accounts[Role.INTAKE_CLERK], draft_id)
    successor = AccountFactory(intake_clerk=True, street=office.place.street)
    assert leaves(office, successor=successor) == [WorkKind.DRAFT]
    assert read_as(office, successor, draft_id) == before
    assert count_orphans(at=office.at) == 0
    event = Event.objects.get(name="hotline.draft_passed_on")
    assert event.subject_id == str(draft_id)


def test_without_one_it_goes_to_another_clerk_never_to_who_takes_no_calls(office: Office) -> None:
    draft_id = begin_call(office)
    AccountFactory(intake_clerk=True, street=office.place.street)
    leaves(office, successor=office.accounts[Role.SUPERVISOR])
    assert Draft.objects.get(id=draft_id).clerk_id != office.accounts[Role.SUPERVISOR].pk
    assert Draft.objects.get(id=draft_id).clerk_id != office.accounts[Role.INTAKE_CLERK].pk
    assert count_orphans(at=office.at) == 0


def test_what_was_put_aside_is_handed_to_nobody(office: Office) -> None:
    Draft.objects.filter(id=begin_call(office)).update(dropped_at=office.at)
    assert leaves(office) == []
