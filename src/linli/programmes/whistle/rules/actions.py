"""Whether an action may be taken: the step, the ties, what must be given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from linli.programmes.whistle.rules.facts import CallFacts, Standing, WhistleFacts
from linli.programmes.whistle.rules.judging import check_verdict, check_verdicts
from linli.programmes.whistle.rules.procedure import ACTIONS, Action, Bond
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.terms import (
    MOST_NAME,
    MOST_REPLY,
    STEP_LABELS,
    ActionName,
    Answer,
    WhistleInput,
)

MOST_TEXT = 4000
# What must be true of an organisation for an action about it, and the refusal when it is not.
Fit = Callable[[CallFacts], bool]
ABOUT_ONE: Mapping[ActionName, tuple[Fit, str]] = MappingProxyType(
    {
        ActionName.SIGN_IN: (lambda one: not one.has_arrived, "whistle.signed_in_already"),
        ActionName.COME: (
            lambda one: not one.has_arrived and one.answer is not Answer.COMES,
            "whistle.answered_so",
        ),
        ActionName.DECLINE: (
            lambda one: not one.has_arrived and one.answer is not Answer.CANNOT,
            "whistle.answered_so",
        ),
        ActionName.REPORT_DEED: (lambda one: one.has_arrived, "whistle.not_there_yet"),
        ActionName.COUNTERSIGN: (lambda one: not one.is_proven, "whistle.signed_in_already"),
        ActionName.TAKE_ANSWER: (
            lambda one: not one.has_arrived and one.answer is None,
            "whistle.answered_already",
        ),
        ActionName.NAME_LEAD: (lambda one: not one.is_lead, "whistle.leads_already"),
        ActionName.REPLY: (lambda one: not one.has_replied, "whistle.replied_already"),
        ActionName.SETTLE: (
            lambda one: one.disputes and not one.is_settled,
            "whistle.nothing_disputed",
        ),
    }
)


def check_action(
    *,
    name: ActionName,
    facts: WhistleFacts,
    standing: Standing,
    at: datetime,
    form: WhistleInput | None,
) -> Action:
    """Refuse an action that would not be right, and return its row of the table otherwise.

    Args:
        form: what is given with it; None asks only whether it may be taken at all.

    Raises:
        WhistleRefused: naming what stands against it.
    """
    action = ACTIONS[name]
    if facts.step not in action.paths:
        raise WhistleRefused(
            "whistle.not_at_this_step", action=action.label, step=STEP_LABELS[facts.step]
        )
    _check_bond(action, facts, standing)
    _check_facts(name, facts, standing, at)
    if name in ABOUT_ONE:
        find_call(name=name, facts=facts, standing=standing, form=form)
    if form is not None:
        _check_given(action, form)
        _check_judging(name, facts, form)
    return action


def can_act(*, name: ActionName, facts: WhistleFacts, standing: Standing, at: datetime) -> bool:
    """Say whether an action may be taken, leaving aside what must be given with it."""
    try:
        check_action(name=name, facts=facts, standing=standing, at=at, form=None)
    except WhistleRefused:
        return False
    return True


def list_fitting(
    *, name: ActionName, facts: WhistleFacts, standing: Standing
) -> tuple[CallFacts, ...]:
    """List the called organisations an action about one of them may be about."""
    fits, _code = ABOUT_ONE[name]
    return tuple(one for one in _within(name, facts, standing) if fits(one))


def find_call(
    *, name: ActionName, facts: WhistleFacts, standing: Standing, form: WhistleInput | None
) -> CallFacts:
    """Find which called organisation an action is about: the one named, or the asker's own.

    Raises:
        WhistleRefused: none it could be about.
    """
    fits, code = ABOUT_ONE[name]
    within = _within(name, facts, standing)
    wanted = form.organisation_id if form is not None else None
    if wanted is not None:
        within = tuple(one for one in within if one.organisation_id == wanted)
        if not within:
            raise WhistleRefused("whistle.organisation_not_called", field="organisation_id")
    found = next((one for one in within if fits(one)), None)
    if found is None:
        field = "organisation_id" if wanted is not None else ""
        raise WhistleRefused(code, field=field)
    return found


def _within(name: ActionName, facts: WhistleFacts, standing: Standing) -> tuple[CallFacts, ...]:
    if ACTIONS[name].bond is not Bond.CALLED:
        return facts.calls
    return tuple(one for one in facts.calls if one.organisation_id in standing.own_ids)


def _check_bond(action: Action, facts: WhistleFacts, standing: Standing) -> None:
    if action.bond is Bond.SETTLER and standing.may_settle:
        if standing.is_involved:
            raise WhistleRefused("whistle.caller_does_not_settle")
        if standing.own_ids:
            raise WhistleRefused("whistle.called_do_not_settle")
    if not _is_bound(action, facts, standing):
        raise WhistleRefused("whistle.not_yours", action=action.label)


def _is_bound(action: Action, facts: WhistleFacts, standing: Standing) -> bool:
    match action.bond:
        case Bond.CALLER:
            return standing.is_caller
        case Bond.CALLED:
            return bool(standing.own_ids)
        case Bond.CALLER_OR_LEAD:
            return standing.is_caller or _leads(facts, standing) is not None
        case Bond.SETTLER:
            return standing.may_settle
        case Bond.READER:
            return True


def _leads(facts: WhistleFacts, standing: Standing) -> CallFacts | None:
    own = (one for one in facts.calls if one.organisation_id in standing.own_ids)
    return next((one for one in own if one.is_lead), None)


def _check_facts(name: ActionName, facts: WhistleFacts, standing: Standing, at: datetime) -> None:
    match name:
        case ActionName.RECORD_OUTCOME if not standing.is_caller:
            lead = _leads(facts, standing)
            if lead is None or not lead.has_arrived:
                raise WhistleRefused("whistle.lead_not_there")
        case ActionName.NAME_LEAD if len(facts.calls) < 2:
            raise WhistleRefused("whistle.nobody_else")
        case ActionName.JUDGE if standing.own_ids:
            raise WhistleRefused("whistle.called_do_not_judge")
        case ActionName.REPLY if facts.reply_by is not None and at > facts.reply_by:
            raise WhistleRefused("whistle.reply_too_late")
        case ActionName.TELL_CASE | ActionName.FEED_BACK:
            _check_case(name, facts, standing)
        case _:
            return


def _check_case(name: ActionName, facts: WhistleFacts, standing: Standing) -> None:
    if not facts.has_case:
        raise WhistleRefused("whistle.no_case")
    if name is not ActionName.FEED_BACK:
        return
    if facts.is_fed_back:
        raise WhistleRefused("whistle.fed_back")
    if facts.case_lead_id not in standing.own_ids:
        raise WhistleRefused("whistle.not_lead_of_case")


def _check_given(action: Action, form: WhistleInput) -> None:
    if "\x00" in form.note or len(form.note) > MOST_TEXT:
        raise WhistleRefused("whistle.text_unfit", field="note")
    if "\x00" in form.sends or len(form.sends) > MOST_NAME:
        raise WhistleRefused("whistle.text_unfit", field="sends")
    if "\x00" in form.code or len(form.code) > MOST_NAME:
        raise WhistleRefused("whistle.text_unfit", field="code")
    if action.name is ActionName.REPLY and len(form.note.strip()) > MOST_REPLY:
        raise WhistleRefused("whistle.reply_too_long", field="note", most=MOST_REPLY)
    for need in action.needs:
        value = getattr(form, need.value)
        empty = value is None or value in ((), {}) or (isinstance(value, str) and not value.strip())
        if empty:
            raise WhistleRefused("whistle.missing", field=need.value)


def _check_judging(name: ActionName, facts: WhistleFacts, form: WhistleInput) -> None:
    if name is ActionName.JUDGE:
        check_verdicts(verdicts=form.verdicts, calls=facts.calls)
    if name is ActionName.SETTLE and form.verdict is not None:
        call = next(one for one in facts.calls if one.organisation_id == form.organisation_id)
        check_verdict(verdict=form.verdict, call=call, needs_why=True)
