"""What follows from what happens to cases: who is told. Words are made when a notice is read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Happened, Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.spine.cases import events
from linli.spine.cases import gathering_events as gathered
from linli.spine.cases.queries.address import (
    find_reporter_account,
    get_address,
    list_reporter_accounts,
)
from linli.spine.cases.queries.around import list_followers
from linli.spine.cases.terms import Level

from .case_words import WORDINGS

FOR_REPORTER = {
    events.CaseFiled: "cases.filed_for_you",
    events.CaseDeclined: "cases.declined_for_you",
    events.CaseDispatched: "cases.dispatched_for_you",
    events.CaseClosed: "cases.closed_for_you",
}
FOR_FOLLOWERS: dict[type[Happened], str] = {
    events.CaseClosed: "cases.closed_for_followers",
    events.CaseDeclined: "cases.declined_for_followers",
    events.CaseReopened: "cases.reopened_for_followers",
    events.RedoneAfterCallback: "cases.reopened_for_followers",
}
FOR_OWN_REPORTER = {
    events.ReporterOpened: "cases.opened_for_you",
    gathered.CaseMerged: "cases.merged_for_you",
}
FOR_TASK_UNIT = {
    gathered.TaskGiven: "cases.task_given",
    gathered.TaskReworked: "cases.task_reworked",
    gathered.TaskWithdrawn: "cases.task_withdrawn",
    gathered.TaskOverdue: "cases.task_overdue",
}
FOR_LEAD = {
    events.ReworkOrdered: "cases.rework",
    events.CaseOverdue: "cases.overdue",
}
FOR_LEVEL = {
    gathered.CaseLowered: "cases.lowered",
    gathered.CaseRaised: "cases.raised",
}
DISPATCHING = (Role.DISPATCHER, Role.SHIFT_LEADER)
FOR_CENTRE = {
    gathered.TaskReturned: ("cases.task_returned", DISPATCHING),
    events.AssignmentReturned: ("cases.returned", DISPATCHING),
    events.CaseReopened: ("cases.reopened", (*DISPATCHING, Role.INTAKE_CLERK)),
    events.RedoneAfterCallback: ("cases.redone_after_callback", DISPATCHING),
    # Clerks alone speak with reporters.
    events.ContactRequested: ("cases.contact_wanted", (Role.INTAKE_CLERK, Role.SHIFT_LEADER)),
    events.CaseOverdue: ("cases.overdue", (Role.SHIFT_LEADER, Role.SUPERVISOR)),
}
PEOPLE_AT = {
    Level.GRID: (Role.GRID_LEADER, Role.GRID_WORKER),
    Level.COMMUNITY: (Role.COMMUNITY_SECRETARY,),
    Level.STREET: DISPATCHING,
}

# Those who answer for an organisation; others with a post there learn nothing of its cases.
ANSWERING = (Role.HANDLER, Role.JOINT_TEAM_MEMBER, Role.COMMUNITY_SECRETARY)

declare(WORDINGS)


@within(*FOR_REPORTER)
def tell_reporter(occurrence: Occurrence) -> None:
    """Tell the reporters who have an account, those who joined too, each by the own number."""
    kind = FOR_REPORTER[type(occurrence.event)]
    for account_id, number in list_reporter_accounts(_case_id(occurrence)):
        _tell([account_id], kind, occurrence, number=number)


@within(*FOR_FOLLOWERS)
def tell_followers(occurrence: Occurrence) -> None:
    """Tell those who met the same how it ended or that it goes on, each by the own number."""
    kind = FOR_FOLLOWERS[type(occurrence.event)]
    for account_id, number in list_followers(_case_id(occurrence)):
        _tell([account_id], kind, occurrence, number=number)


@within(*FOR_OWN_REPORTER)
def tell_own_reporter(occurrence: Occurrence) -> None:
    """Tell the one who reported this very case, nobody who joined it."""
    account_id = find_reporter_account(_case_id(occurrence))
    if account_id is not None:
        _tell([account_id], FOR_OWN_REPORTER[type(occurrence.event)], occurrence)


@within(events.CaseDispatched)
def tell_handlers(occurrence: Occurrence) -> None:
    """Tell those who handle for the lead, and those who help."""
    event = occurrence.event
    if not isinstance(event, events.CaseDispatched):
        return
    kind = "cases.ruled" if event.is_binding else "cases.assigned"
    _tell(_at_organisations([event.lead_id], occurrence), kind, occurrence)
    _tell(_at_organisations(event.helper_ids, occurrence), "cases.helping", occurrence)


@within(gathered.CaseRerouted)
def tell_of_rerouting(occurrence: Occurrence) -> None:
    """Tell the new lead and its helpers, and the former one that it is no longer theirs."""
    event = occurrence.event
    if not isinstance(event, gathered.CaseRerouted):
        return
    tell_handlers(occurrence)
    former = [event.former_lead_id] if event.former_lead_id is not None else []
    _tell(_at_organisations(former, occurrence), "cases.lead_changed", occurrence)


@within(events.CaseRecategorised, events.CaseRelocated)
def tell_of_proposal(occurrence: Occurrence) -> None:
    """Tell the centre when another lead is proposed for a case under way."""
    if getattr(occurrence.event, "reroute_lead_id", None) is not None:
        _tell(_at_centre(occurrence, *DISPATCHING), "cases.reroute_proposed", occurrence)


@within(*FOR_TASK_UNIT)
def tell_task_unit(occurrence: Occurrence) -> None:
    """Tell those who answer for a task what became of it."""
    event = occurrence.event
    if isinstance(event, gathered.TaskEvent):
        people = _at_organisations([event.organisation_id], occurrence)
        _tell(people, FOR_TASK_UNIT[type(event)], occurrence)


@within(*FOR_LEVEL)
def tell_level(occurrence: Occurrence) -> None:
    """Tell the people of the level that deals with the case now."""
    _tell(_people_at_level(occurrence), FOR_LEVEL[type(occurrence.event)], occurrence)


@within(gathered.CaseReminded)
def tell_of_reminder(occurrence: Occurrence) -> None:
    """Tell those at work on the case that somebody asked again, not who."""
    address = get_address(_case_id(occurrence))
    units = [one for one in (address.lead_id, *address.task_organisation_ids) if one is not None]
    people = [*_at_organisations(units, occurrence), *_people_at_level(occurrence)]
    _tell(dict.fromkeys(people), "cases.reminded", occurrence)


@within(*FOR_LEAD)
def tell_lead(occurrence: Occurrence) -> None:
    """Tell those who handle for the lead."""
    lead_id = get_address(_case_id(occurrence)).lead_id
    people = _at_organisations([lead_id] if lead_id is not None else [], occurrence)
    _tell(people, FOR_LEAD[type(occurrence.event)], occurrence)


@within(*FOR_CENTRE)
def tell_centre(occurrence: Occurrence) -> None:
    """Tell those of the centre who have to do something about it."""
    kind, roles = FOR_CENTRE[type(occurrence.event)]
    _tell(_at_centre(occurrence, *roles), kind, occurrence)


def _people_at_level(occurrence: Occurrence) -> list[int]:
    level = get_address(_case_id(occurrence)).level
    return _at_centre(occurrence, *PEOPLE_AT[level]) if level in PEOPLE_AT else []


def _tell(
    account_ids: Iterable[int], kind: str, occurrence: Occurrence, *, number: str = ""
) -> None:
    tell(
        account_ids=account_ids,
        kind=kind,
        subject=occurrence.subject,
        params={"number": number or get_address(_case_id(occurrence)).number},
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


def _at_centre(occurrence: Occurrence, *roles: Role) -> list[int]:
    area_code = get_address(_case_id(occurrence)).area_code
    return list_account_ids(at=occurrence.at, roles=roles, covering_code=area_code)


def _case_id(occurrence: Occurrence) -> UUID:
    return UUID(occurrence.subject.id)
