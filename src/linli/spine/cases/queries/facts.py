"""One case as the rules see it: its facts, and how somebody stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from linli.ground.people.rules import may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.models import Assignment, Case, Rating, Reporter
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.rules.actions import CaseFacts, Standing
from linli.spine.cases.rules.procedure import Action, Bond
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.terms import AssignmentState, CaseKind, Duty, Step

OPEN_ASSIGNMENTS = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)
SEEING_ASSIGNMENTS = (*OPEN_ASSIGNMENTS, AssignmentState.DONE)
_RELATED = ("category", "street", "community", "grid", "about_organisation")
# Polygons are large, and nobody here draws.
SHAPES = ("street__geometry", "community__geometry", "grid__geometry")


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case with its assignments, oldest first; for this room only."""

    case: Case
    assignments: tuple[Assignment, ...]

    @property
    def lead(self) -> Assignment | None:
        """The open assignment as lead, if any."""
        return next((one for one in self.open_ones if one.duty == Duty.LEAD), None)

    @property
    def open_ones(self) -> list[Assignment]:
        """The assignments that are offered or accepted."""
        return [one for one in self.assignments if one.state in OPEN_ASSIGNMENTS]

    @property
    def area_code(self) -> str:
        """The code of the smallest area known."""
        area = self.case.grid or self.case.community or self.case.street
        return area.code


def open_file(case_id: UUID, *, lock: bool = False) -> CaseFile:
    """Read a case with its assignments; `lock` keeps others from changing it meanwhile.

    Raises:
        NoSuchCase: when there is none.
    """
    rows: QuerySet[Case] = Case.objects.select_related(*_RELATED).defer(*SHAPES)
    if lock:
        rows = rows.select_for_update(of=("self",))
    case = rows.filter(id=case_id).first()
    if case is None:
        raise NoSuchCase("cases.not_found")
    assignments = Assignment.objects.filter(case_id=case_id).select_related("organisation")
    return CaseFile(case=case, assignments=tuple(assignments.order_by("id")))


def facts_of(file: CaseFile) -> CaseFacts:
    """Give what the rules need to know of a case."""
    case, lead = file.case, file.lead
    return CaseFacts(
        step=Step(case.step),
        category_id=case.category_id,
        is_checked_by_reporter=bool(
            case.category and case.category.checked_by == CheckedBy.REPORTER
        ),
        is_binding=bool(lead and lead.is_binding),
        return_count=case.return_count,
        return_limit=get_policy(case.street_id).return_limit,
        accept_by=lead.accept_by if lead else None,
        reopen_until=case.reopen_until,
        is_rated=case.step == Step.CLOSED
        and case.closed_at is not None
        and Rating.objects.filter(case_id=case.id, closed_at=case.closed_at).exists(),
    )


def target_of(file: CaseFile, *, lead_only: bool = False) -> Target:
    """Describe a case to the rules of access; who reported it is left out."""
    return Target(
        street_code=file.case.street.code,
        area_code=file.area_code,
        organisation_ids=_organisations(file, lead_only=lead_only),
        is_complaint=file.case.kind == CaseKind.COMPLAINT,
        about_organisation_id=file.case.about_organisation_id,
    )


def standing_of(file: CaseFile, member: Member, action: Action) -> Standing:
    """Say how a member stands to a case and an action."""
    target = target_of(file, lead_only=action.bond is Bond.LEAD)
    return Standing(
        has_right=may(member, action.right, target),
        is_handler=is_handler(file, member),
        is_finder=file.case.finder_id is not None and file.case.finder_id == member.account_id,
    )


def may_see(file: CaseFile, member: Member | None) -> bool:
    """Say whether a member may read a case as staff."""
    return may(member, Right.CASE_READ, target_of(file))


def is_handler(file: CaseFile, member: Member) -> bool:
    """Say whether a member handled the case, or answers for the organisation that did."""
    leads = [one for one in file.assignments if one.duty == Duty.LEAD]
    handled = any(one.account_id == member.account_id for one in leads)
    return handled or may(member, Right.CASE_FEED_BACK, target_of(file, lead_only=True))


def may_open(file: CaseFile, member: Member) -> bool:
    """Say whether a member may open the reporter: the centre, and the lead the reporter agreed to.

    Of the reporter only that agreement is read.
    """
    if may(member, Right.REPORTER_OPEN, target_of(file)):
        return True
    lead = file.lead
    return (
        lead is not None
        and lead.organisation_id in member.organisation_ids
        and is_handler(file, member)
        and Reporter.objects.filter(case_id=file.case.id, agrees_contact=True).exists()
    )


def is_reporter(case_id: UUID, account_id: int) -> bool:
    """Say whether an account reported a case; asked only about the one who asks."""
    return Reporter.objects.filter(case_id=case_id, account_id=account_id).exists()


def _organisations(file: CaseFile, *, lead_only: bool) -> tuple[int, ...]:
    found = (
        one.organisation_id
        for one in file.assignments
        if one.state in SEEING_ASSIGNMENTS and (one.duty == Duty.LEAD or not lead_only)
    )
    return tuple(dict.fromkeys(number for number in found if number is not None))
