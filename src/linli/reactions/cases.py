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
from linli.spine.cases import gathering_events as gathered
from linli.spine.cases.queries.address import (
    find_reporter_account,
    get_address,
    list_reporter_accounts,
)
from linli.spine.cases.terms import Level

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
    "cases.merged_for_you": Wording(
        sentence=N_(
            "您反映的事项 %(number)s 和另一件是同一件事，一起办理。谢谢您，进展照样告诉您。"
        ),
        address=MINE,
        topic=Topic.OWN,
    ),
    "cases.task_given": Wording(
        sentence=N_("案件 %(number)s 有一项任务交给贵单位，请接下。"),
        address=DESK,
        topic=Topic.WORK,
    ),
    "cases.task_reworked": Wording(
        sentence=N_("案件 %(number)s 中贵单位的任务核查不通过，请返工。"),
        address=DESK,
        topic=Topic.WORK,
    ),
    "cases.task_withdrawn": Wording(
        sentence=N_("案件 %(number)s 中交给贵单位的任务已撤回。"), address=DESK, topic=Topic.WORK
    ),
    "cases.task_returned": Wording(
        sentence=N_("案件 %(number)s 的一项任务被退回，请改派或撤回。"),
        address=DESK,
        topic=Topic.CENTRE,
    ),
    "cases.task_overdue": Wording(
        sentence=N_("案件 %(number)s 的一项任务已超过时限。"), address=DESK, topic=Topic.CLOCKS
    ),
    "cases.lead_changed": Wording(
        sentence=N_("案件 %(number)s 已改派其他单位，贵单位不用再办。"),
        address=DESK,
        topic=Topic.WORK,
    ),
    "cases.reroute_proposed": Wording(
        sentence=N_("案件 %(number)s 的类别或位置改了，请确认是否改派。"),
        address=DESK,
        topic=Topic.CENTRE,
    ),
    "cases.lowered": Wording(
        sentence=N_("案件 %(number)s 交给您这一级办理。"), address=DESK, topic=Topic.WORK
    ),
    "cases.raised": Wording(
        sentence=N_("案件 %(number)s 下一级办不了，报上来了。"), address=DESK, topic=Topic.WORK
    ),
    "cases.reminded": Wording(
        sentence=N_("有人催办案件 %(number)s，请抓紧。"), address=DESK, topic=Topic.WORK
    ),
}
FOR_REPORTER = {
    events.CaseFiled: "cases.filed_for_you",
    events.CaseDeclined: "cases.declined_for_you",
    events.CaseDispatched: "cases.dispatched_for_you",
    events.CaseClosed: "cases.closed_for_you",
}
FOR_TASK_UNIT = {
    gathered.TaskGiven: "cases.task_given",
    gathered.TaskReworked: "cases.task_reworked",
    gathered.TaskWithdrawn: "cases.task_withdrawn",
    gathered.TaskOverdue: "cases.task_overdue",
}
PEOPLE_AT = {
    Level.GRID: (Role.GRID_LEADER, Role.GRID_WORKER),
    Level.COMMUNITY: (Role.COMMUNITY_SECRETARY,),
    Level.STREET: (Role.DISPATCHER, Role.SHIFT_LEADER),
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


@within(events.ReporterOpened)
def tell_of_look(occurrence: Occurrence) -> None:
    """Tell the one whose data were opened, and nobody else."""
    _tell_own_reporter(occurrence, "cases.opened_for_you")


@within(gathered.CaseMerged)
def thank_for_merged(occurrence: Occurrence) -> None:
    """Thank the reporter whose case joined another; they go on being told."""
    _tell_own_reporter(occurrence, "cases.merged_for_you")


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
        roles = (Role.DISPATCHER, Role.SHIFT_LEADER)
        _tell(_at_centre(occurrence, *roles), "cases.reroute_proposed", occurrence)


@within(*FOR_TASK_UNIT)
def tell_task_unit(occurrence: Occurrence) -> None:
    """Tell those who answer for a task what became of it."""
    event = occurrence.event
    if isinstance(event, gathered.TaskEvent):
        people = _at_organisations([event.organisation_id], occurrence)
        _tell(people, FOR_TASK_UNIT[type(event)], occurrence)


@within(gathered.TaskReturned)
def tell_of_returned_task(occurrence: Occurrence) -> None:
    """Tell the centre, which gives the part to somebody else or takes it back."""
    roles = (Role.DISPATCHER, Role.SHIFT_LEADER)
    _tell(_at_centre(occurrence, *roles), "cases.task_returned", occurrence)


@within(gathered.CaseLowered)
def tell_level_below(occurrence: Occurrence) -> None:
    """Tell the people of the level that deals with the case now."""
    _tell(_people_at_level(occurrence), "cases.lowered", occurrence)


@within(gathered.CaseRaised)
def tell_level_above(occurrence: Occurrence) -> None:
    """Tell the people of the level to which the case was passed up."""
    _tell(_people_at_level(occurrence), "cases.raised", occurrence)


@within(gathered.CaseReminded)
def tell_of_reminder(occurrence: Occurrence) -> None:
    """Tell those at work on the case that somebody asked again, not who."""
    address = get_address(_case_id(occurrence))
    units = [one for one in (address.lead_id, *address.task_organisation_ids) if one is not None]
    people = [*_at_organisations(units, occurrence), *_people_at_level(occurrence)]
    _tell(dict.fromkeys(people), "cases.reminded", occurrence)


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


def _tell_own_reporter(occurrence: Occurrence, kind: str) -> None:
    account_id = find_reporter_account(_case_id(occurrence))
    if account_id is not None:
        _tell([account_id], kind, occurrence)


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


def _lead_accounts(occurrence: Occurrence) -> list[int]:
    lead_id = get_address(_case_id(occurrence)).lead_id
    return _at_organisations([lead_id] if lead_id is not None else [], occurrence)


def _at_centre(occurrence: Occurrence, *roles: Role) -> list[int]:
    area_code = get_address(_case_id(occurrence)).area_code
    return list_account_ids(at=occurrence.at, roles=roles, covering_code=area_code)


def _case_id(occurrence: Occurrence) -> UUID:
    return UUID(occurrence.subject.id)
