"""Who handles a case: dispatch, the centre's ruling, acceptance, return."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from typing import Any

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.terms import ActorKind
from linli.ground.people.queries import list_organisations
from linli.spine.cases import events
from linli.spine.cases.gathering_events import CaseRerouted
from linli.spine.cases.models import Assignment, Clock, Responsibility
from linli.spine.cases.queries.routing import load_tree, propose_for_case
from linli.spine.cases.rules.clocks import StartedClock, start_clock
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.performing import (
    Act,
    Outcome,
    finish,
    given,
    lead_of,
    remember_handler,
)
from linli.spine.cases.services.precedents import keep_precedent
from linli.spine.cases.services.turning import keep_clock
from linli.spine.cases.terms import ActionName, AssignmentState, ClockName, Duty

CHOSEN_BY_PERSON = "dispatch.by_person"
RULED = "dispatch.ruled"


def dispatch(act: Act) -> Outcome:
    """Give the case to a lead and helpers; handling is counted and promised from now."""
    lead_id = given(act.form.lead_id)
    _check_organisations(act, lead_id)
    clock = give_out(act)
    lead = _assign(act, lead_id, clock)
    for helper_id in act.form.helper_ids:
        _help(act, helper_id)
    is_ruling = act.action.name is ActionName.RULE
    return Outcome(
        event=_dispatched(act, lead, clock),
        finish=partial(keep_precedent, act, lead) if is_ruling else None,
    )


def reroute(act: Act) -> Outcome:
    """Give the case to the lead that routing proposes now; the promise to the reporter stays."""
    former = lead_of(act)
    lead_id = given(act.case.reroute_lead_id)
    proposal = propose_for_case(act.case.id)
    helpers = proposal.helper_ids if proposal.lead_id == lead_id else ()
    act.form = replace(act.form, lead_id=lead_id, helper_ids=helpers)
    for one in act.file.open_ones:
        if one.duty != Duty.TASK:
            finish(one, AssignmentState.WITHDRAWN, act.at)
    Clock.objects.filter(case=act.case, stopped_at=None).update(stopped_at=act.at)
    event = dispatch(act).event
    act.case.reroute_lead_id = None
    told = {one.name: getattr(event, one.name) for one in fields(event)}
    return Outcome(event=CaseRerouted(**told, former_lead_id=former.organisation_id))


def accept(act: Act) -> Outcome:
    """The lead takes it on, by word or by silence."""
    lead = lead_of(act)
    lead.state = AssignmentState.ACCEPTED.value
    lead.accepted_at = act.at
    lead.save(update_fields=["state", "accepted_at"])
    remember_handler(act, lead)
    return Outcome(
        event=events.AssignmentAccepted(
            organisation_id=given(lead.organisation_id),
            is_silent=act.actor.kind is ActorKind.SYSTEM,
        )
    )


def send_back(act: Act) -> Outcome:
    """The lead says it is not theirs, citing a responsibility; the handling clock stops."""
    lead, cited = lead_of(act), given(act.form.responsibility_id)
    check_responsibility(cited)
    lead.returned_for_id = cited
    for one in act.file.open_ones:
        if one.duty == Duty.TASK:
            continue
        is_lead = one.duty == Duty.LEAD
        finish(
            lead if is_lead else one,
            AssignmentState.RETURNED if is_lead else AssignmentState.WITHDRAWN,
            act.at,
        )
    act.case.return_count += 1
    return Outcome(
        event=events.AssignmentReturned(
            organisation_id=given(lead.organisation_id), responsibility_id=cited
        )
    )


def start_handling(act: Act) -> StartedClock:
    """Start the clock of handling: the limit given or the category's, never before the promise."""
    clock = start_clock(
        name=ClockName.HANDLE,
        at=act.at,
        policy=act.policy,
        calendar=act.calendar,
        is_urgent=act.case.is_urgent,
        limit=act.form.limit or _category_limit(act),
    )
    return replace(clock, due_at=max(clock.due_at, act.case.promised_at or clock.due_at))


def give_out(act: Act) -> StartedClock:
    """Let the case out of the centre's hands: counted from now, promised once."""
    clock = start_handling(act)
    keep_clock(act.case, clock)
    act.case.dispatched_at = act.at
    act.case.handle_due_at = clock.due_at
    act.case.promised_at = act.case.promised_at or clock.due_at
    return clock


def _category_limit(act: Act) -> Limit | None:
    category = act.case.category
    return Limit(category.limit_amount, Unit(category.limit_unit)) if category else None


def _assign(act: Act, lead_id: int, clock: StartedClock) -> Assignment:
    is_binding = act.action.name is ActionName.RULE
    return Assignment.objects.create(
        case=act.case,
        duty=Duty.LEAD.value,
        organisation_id=lead_id,
        state=(AssignmentState.ACCEPTED if is_binding else AssignmentState.OFFERED).value,
        offered_at=act.at,
        accept_by=None if is_binding else accept_by(act),
        accepted_at=act.at if is_binding else None,
        promised_at=clock.due_at,
        due_at=clock.due_at,
        is_binding=is_binding,
        **_reason(act, lead_id),
    )


def accept_by(act: Act) -> datetime:
    """Say until when the organisation may return what it is given now."""
    clock = start_clock(
        name=ClockName.ACCEPT,
        at=act.at,
        policy=act.policy,
        calendar=act.calendar,
        is_urgent=act.case.is_urgent,
    )
    return clock.due_at


def _reason(act: Act, lead_id: int) -> dict[str, Any]:
    """Say why this lead: as the list of responsibilities proposes, or as a person decided."""
    if act.action.name is ActionName.RULE:
        return {"reason_code": RULED, "responsibility_id": _named_responsibility(act)}
    proposal = propose_for_case(act.case.id)
    if proposal.lead_id != lead_id:
        return {
            "reason_code": CHOSEN_BY_PERSON,
            "responsibility_id": _named_responsibility(act),
        }
    return {
        "reason_code": proposal.reason.code,
        "reason_params": dict(proposal.reason.params),
        "responsibility_id": act.form.responsibility_id or proposal.responsibility_id,
    }


def _named_responsibility(act: Act) -> int | None:
    if act.form.responsibility_id is not None:
        check_responsibility(act.form.responsibility_id)
    return act.form.responsibility_id


def _help(act: Act, helper_id: int) -> None:
    Assignment.objects.create(
        case=act.case,
        duty=Duty.HELPER.value,
        organisation_id=helper_id,
        state=AssignmentState.ACCEPTED.value,
        offered_at=act.at,
        accepted_at=act.at,
    )


def _dispatched(act: Act, lead: Assignment, clock: StartedClock) -> events.CaseDispatched:
    event = events.CaseDispatched(
        lead_id=given(lead.organisation_id),
        helper_ids=act.form.helper_ids,
        responsibility_id=lead.responsibility_id,
        reason_code=lead.reason_code,
        limit_amount=clock.limit.amount,
        limit_unit=clock.limit.unit.value,
        promised_at=given(act.case.promised_at),
        handle_due_at=clock.due_at,
        accept_by=lead.accept_by,
    )
    return replace(event, is_binding=lead.is_binding)


def _check_organisations(act: Act, lead_id: int) -> None:
    wanted = {lead_id, *act.form.helper_ids}
    known = {one.id for one in list_organisations(ids=wanted)}
    if lead_id not in known:
        raise ActionRefused("cases.lead_unknown", field="lead_id")
    if wanted - known or lead_id in act.form.helper_ids:
        raise ActionRefused("cases.helper_unknown", field="helper_ids")
    about = act.case.about_organisation_id
    if about is not None:
        tree = load_tree(act.case.street.code)
        if any(tree.is_within(one, about) for one in wanted):
            raise ActionRefused("cases.lead_is_complained_about", field="lead_id")


def check_responsibility(responsibility_id: int) -> None:
    """Refuse to cite what the lists do not have.

    Raises:
        ActionRefused: when there is no such item.
    """
    if not Responsibility.objects.filter(id=responsibility_id).exists():
        raise ActionRefused("cases.responsibility_unknown", field="responsibility_id")
