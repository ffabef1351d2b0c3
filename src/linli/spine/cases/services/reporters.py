"""The reporter's row: opened with a reason and a trace, erased on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.services import erase_texts, record_event, record_look
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import LookPurpose, Member
from linli.spine.cases.checking_events import CheckAnswered
from linli.spine.cases.events import CaseReopened, ReporterErased, ReporterOpened
from linli.spine.cases.gathering_events import CaseMerged
from linli.spine.cases.models import Assignment, Beneficiary, Case, Reporter
from linli.spine.cases.queries.facts import CaseFile, may_open, may_see, open_file, target_of
from linli.spine.cases.queries.gathering import list_mains, list_parts
from linli.spine.cases.rules.refusals import NoSuchCase, UnableToOpenReporter
from linli.spine.cases.services.noting import note
from linli.spine.cases.terms import ReporterView, case_subject

OPENED_FIELDS = ["name", "phone", "door", "for_whom"]
LONGEST_REASON = 500


@transaction.atomic
def open_reporter(*, case_id: UUID, member: Member, reason: str, at: datetime) -> ReporterView:
    """Open the reporter's data; the look is logged and the reporter sees who looked and why.

    The centre may; the handling lead may only where the reporter agreed to be contacted; whoever
    checks by asking only once the time to answer has passed without a word.

    Raises:
        NoSuchCase: no such case, or not for this member.
        UnableToOpenReporter: no reason given, or not for this member.
    """
    file = open_file(case_id, lock=True)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    if not reason.strip() or "\x00" in reason:
        raise UnableToOpenReporter("cases.reason_missing", field="reason")
    if not may_open(file, member, at):
        raise UnableToOpenReporter("cases.reporter_not_yours")
    reporter = Reporter.objects.select_related("account").get(case_id=case_id)
    _record_opening(file, member, reporter, reason.strip()[:LONGEST_REASON], at)
    for_whom = Beneficiary.objects.filter(case_id=case_id).first()
    return ReporterView(
        name=reporter.name,
        phone=reporter.phone,
        door=reporter.door,
        agrees_contact=reporter.agrees_contact,
        is_anonymous=reporter.is_anonymous,
        has_account=reporter.account_id is not None,
        is_for_another=for_whom is not None,
        for_name=for_whom.name if for_whom else "",
        for_phone=for_whom.phone if for_whom else "",
    )


@transaction.atomic
def erase_reporter(*, case_id: UUID, at: datetime) -> None:
    """Erase who reported a case and every word around it; what happened and when stays.

    What was split off has the same reporter, and is erased with it.

    Raises:
        NoSuchCase: no such case.
    """
    file = open_file(case_id, lock=True)
    Reporter.objects.filter(case_id=case_id).update(
        name="",
        phone="",
        door="",
        account=None,
        agrees_contact=False,
        photographer_lon=None,
        photographer_lat=None,
        erased_at=at,
    )
    Beneficiary.objects.filter(case_id=case_id).update(name="", phone="")
    Case.objects.filter(id=case_id).update(title="", text="", place_note="")
    Assignment.objects.filter(case_id=case_id).exclude(brief="").update(brief="")
    erase_texts(event_ids=[*_events_with_words(file.case)], at=at)
    note(file.case, ReporterErased(due_at=file.case.due_at), at=at)
    for part_id, _number in list_parts(case_id):
        erase_reporter(case_id=part_id, at=at)


def _events_with_words(case: Case) -> Iterator[UUID]:
    """List the events of a case, and what its reporter said of the case it was merged into."""
    own = list_occurrences(case_subject(case.id))
    yield from (one.id for one in own)
    joined = {one.event.target_id for one in own if isinstance(one.event, CaseMerged)}
    for main_id in joined.union(list_mains(case)):
        for one in list_occurrences(case_subject(main_id)):
            said = isinstance(one.event, (CaseReopened, CheckAnswered))
            if said and getattr(one.event, "joined_case_id", None) == case.id:
                yield one.id


def _record_opening(
    file: CaseFile, member: Member, reporter: Reporter, reason: str, at: datetime
) -> None:
    target = target_of(file)
    role = find_role(member, Right.REPORTER_OPEN, target) or find_role(
        member, Right.CASE_CHECK, target
    )
    actor = member.actor(role=role)
    subject = case_subject(file.case.id)
    record_look(
        actor=actor,
        subject=subject,
        person_id=reporter.account.person_id if reporter.account else None,
        fields=OPENED_FIELDS,
        purpose=LookPurpose.CONTACT.value,
        reason=reason,
        at=at,
    )
    record_event(
        ReporterOpened(due_at=file.case.due_at),
        subject=subject,
        actor=actor,
        at=at,
        step_before=file.case.step,
        step_after=file.case.step,
        texts={"reason": reason},
    )
