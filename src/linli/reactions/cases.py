"""What follows from what happens to cases: who is told. Words are made when a notice is read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import N_, Topic, Wording
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.spine.cases import events
from linli.spine.cases.queries.address import find_reporter_account, get_address

DESK = "/desk/cases/%(number)s/"
MINE = "/me"

WORDINGS = {
    "cases.assigned": Wording(
        sentence=N_("案件 %(number)s 已派给贵单位，请接单。"), address=DESK, topic=Topic.WORK
    ),
    "cases.ruled": Wording(
        sentence=N_("中心裁定案件 %(number)s 由贵单位办理，请尽快处置。"),
        address=DESK,
        topic=Topic.WORK,
    ),
    "cases.helping": Wording(
        sentence=N_("请贵单位协办案件 %(number)s。"), address=DESK, topic=Topic.WORK
    ),
    "cases.returned": Wording(
        sentence=N_("案件 %(number)s 被退单，请裁定。"), address=DESK, topic=Topic.CENTRE
    ),
    "cases.rework": Wording(
        sentence=N_("案件 %(number)s 核查不通过，请返工。"), address=DESK, topic=Topic.WORK
    ),
    "cases.due_soon": Wording(
        sentence=N_("案件 %(number)s 即将到期，请抓紧办理。"), address=DESK, topic=Topic.CLOCKS
    ),
    "cases.overdue": Wording(
        sentence=N_("案件 %(number)s 已超过时限。"), address=DESK, topic=Topic.CLOCKS
    ),
    "cases.contact_wanted": Wording(
        sentence=N_("承办单位请中心就案件 %(number)s 联系反映人。"),
        address=DESK,
        topic=Topic.CENTRE,
    ),
    "cases.reopened": Wording(
        sentence=N_("反映人重开了案件 %(number)s。"), address=DESK, topic=Topic.CENTRE
    ),
    "cases.filed_for_you": Wording(
        sentence=N_("您反映的事项 %(number)s 已立案。"), address=MINE, topic=Topic.OWN
    ),
    "cases.declined_for_you": Wording(
        sentence=N_("您反映的事项 %(number)s 未予立案，请看理由和还可以找哪里。"),
        address=MINE,
        topic=Topic.OWN,
    ),
    "cases.dispatched_for_you": Wording(
        sentence=N_("您反映的事项 %(number)s 已派给承办单位。"), address=MINE, topic=Topic.OWN
    ),
    "cases.closed_for_you": Wording(
        sentence=N_("您反映的事项 %(number)s 已办结，请评价；没有解决可以重开。"),
        address=MINE,
        topic=Topic.OWN,
    ),
    "cases.opened_for_you": Wording(
        sentence=N_("工作人员查看了您在事项 %(number)s 中留下的联系方式。"),
        address=MINE,
        topic=Topic.OWN,
    ),
}
FOR_REPORTER = {
    events.CaseFiled: "cases.filed_for_you",
    events.CaseDeclined: "cases.declined_for_you",
    events.CaseDispatched: "cases.dispatched_for_you",
    events.CaseClosed: "cases.closed_for_you",
    events.ReporterOpened: "cases.opened_for_you",
}

# Those who answer for an organisation; others with a post there learn nothing of its cases.
ANSWERING = (Role.HANDLER, Role.JOINT_TEAM_MEMBER, Role.COMMUNITY_SECRETARY)

declare(WORDINGS)


@within(*FOR_REPORTER)
def tell_reporter(occurrence: Occurrence) -> None:
    """Tell the reporter who has an account; others read the tracking page."""
    account_id = find_reporter_account(_case_id(occurrence))
    if account_id is not None:
        _tell([account_id], FOR_REPORTER[type(occurrence.event)], occurrence)


@within(events.CaseDispatched)
def tell_handlers(occurrence: Occurrence) -> None:
    """Tell those who handle for the lead, and those who help."""
    event = occurrence.event
    if not isinstance(event, events.CaseDispatched):
        return
    kind = "cases.ruled" if event.is_binding else "cases.assigned"
    _tell(_at_organisations([event.lead_id], occurrence), kind, occurrence)
    _tell(_at_organisations(event.helper_ids, occurrence), "cases.helping", occurrence)


@within(events.ReworkOrdered)
def tell_of_rework(occurrence: Occurrence) -> None:
    """Tell those who handle for the lead that it is not done."""
    _tell(_lead_accounts(occurrence), "cases.rework", occurrence)


@within(events.AssignmentReturned)
def tell_of_return(occurrence: Occurrence) -> None:
    """Tell the centre, which rules."""
    _tell(_at_centre(occurrence, Role.SHIFT_LEADER, Role.DISPATCHER), "cases.returned", occurrence)


@within(events.CaseReopened)
def tell_of_reopening(occurrence: Occurrence) -> None:
    """Tell the centre, which dispatches anew."""
    roles = (Role.SHIFT_LEADER, Role.DISPATCHER, Role.INTAKE_CLERK)
    _tell(_at_centre(occurrence, *roles), "cases.reopened", occurrence)


@within(events.ContactRequested)
def tell_of_contact(occurrence: Occurrence) -> None:
    """Tell the clerks, who alone speak with reporters."""
    roles = (Role.INTAKE_CLERK, Role.SHIFT_LEADER)
    _tell(_at_centre(occurrence, *roles), "cases.contact_wanted", occurrence)


@within(events.CaseDueSoon)
def remind_lead(occurrence: Occurrence) -> None:
    """Remind those who handle for the lead before the time is over."""
    _tell(_lead_accounts(occurrence), "cases.due_soon", occurrence)


@within(events.CaseOverdue)
def tell_of_overdue(occurrence: Occurrence) -> None:
    """Tell the lead and those who supervise."""
    _tell(_lead_accounts(occurrence), "cases.overdue", occurrence)
    roles = (Role.SHIFT_LEADER, Role.SUPERVISOR)
    _tell(_at_centre(occurrence, *roles), "cases.overdue", occurrence)


def _tell(account_ids: Iterable[int], kind: str, occurrence: Occurrence) -> None:
    tell(
        account_ids=account_ids,
        kind=kind,
        subject=occurrence.subject,
        params={"number": get_address(_case_id(occurrence)).number},
        at=occurrence.at,
        key=str(occurrence.id),
    )


def _at_organisations(ids: Iterable[int], occurrence: Occurrence) -> list[int]:
    return [
        account_id
        for organisation_id in ids
        for account_id in list_account_ids(
            at=occurrence.at, organisation_id=organisation_id, roles=ANSWERING
        )
    ]


def _lead_accounts(occurrence: Occurrence) -> list[int]:
    lead_id = get_address(_case_id(occurrence)).lead_id
    return _at_organisations([lead_id] if lead_id is not None else [], occurrence)


def _at_centre(occurrence: Occurrence, *roles: Role) -> list[int]:
    area_code = get_address(_case_id(occurrence)).area_code
    return list_account_ids(at=occurrence.at, roles=roles, covering_code=area_code)


def _case_id(occurrence: Occurrence) -> UUID:
    return UUID(occurrence.subject.id)
