"""Whether an action may be taken: the step, the ties, what must be given."""

from __future__ import annotations

from dataclasses import dataclass

from linli.programmes.enforcement.rules.procedure import ACTIONS, Action, Bond
from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.terms import (
    STEP_LABELS,
    ActionName,
    OperationInput,
    Step,
)

MOST_TEXT = 4000


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands to an operation and an action."""

    has_right: bool
    is_participant: bool = False
    is_recused: bool = False


@dataclass(frozen=True, kw_only=True)
class OperationFacts:
    """What the offers of actions depend on."""

    step: Step
    has_case: bool = False
    is_fed_back: bool = False
    is_public: bool = False
    open_appeals: int = 0
    open_statements: int = 0
    parties: int = 0
    measures: int = 0


def check_action(
    *, name: ActionName, facts: OperationFacts, standing: Standing, form: OperationInput | None
) -> Action:
    """Refuse an action that would not be right, and return its row of the table otherwise.

    Args:
        form: what is given with it; None asks only whether it may be taken at all.

    Raises:
        OperationRefused: naming what stands against it.
    """
    action = ACTIONS[name]
    if facts.step not in action.paths:
        raise OperationRefused(
            "enforcement.not_at_this_step", action=action.label, step=STEP_LABELS[facts.step]
        )
    _check_standing(action, standing)
    _check_facts(name, facts)
    if form is not None:
        _check_given(action, form)
    return action


def can_act(*, name: ActionName, facts: OperationFacts, standing: Standing) -> bool:
    """Say whether an action may be taken, leaving aside what must be given with it."""
    try:
        check_action(name=name, facts=facts, standing=standing, form=None)
    except OperationRefused:
        return False
    return True


def _check_standing(action: Action, standing: Standing) -> None:
    if not standing.has_right:
        raise OperationRefused("enforcement.not_yours", action=action.label)
    if standing.is_recused and action.bond is not Bond.NONE:
        raise OperationRefused("enforcement.recused", action=action.label)
    if action.bond is Bond.PARTICIPANT and not standing.is_participant:
        raise OperationRefused("enforcement.not_a_participant", action=action.label)
    if action.bond is Bond.NOT_PARTICIPANT and standing.is_participant:
        raise OperationRefused("enforcement.participants_may_not", action=action.label)


def _check_facts(name: ActionName, facts: OperationFacts) -> None:
    match name:
        case ActionName.FEED_BACK if not facts.has_case:
            raise OperationRefused("enforcement.no_case")
        case ActionName.FEED_BACK if facts.is_fed_back:
            raise OperationRefused("enforcement.fed_back")
        case ActionName.WITHDRAW if not facts.is_public:
            raise OperationRefused("enforcement.not_published")
        case ActionName.ANSWER_APPEAL if not facts.open_appeals:
            raise OperationRefused("enforcement.appeal_unknown")
        case ActionName.CLOSE_APPEALS | ActionName.PUBLISH if facts.open_statements:
            raise OperationRefused("enforcement.appeals_open")
        case ActionName.RECORD_COMPLIANCE | ActionName.TAKE_MEASURE | ActionName.RECEIVE_APPEAL if (
            not facts.parties
        ):
            raise OperationRefused("enforcement.party_unknown")
        case ActionName.END_NOTICES if not facts.parties:
            raise OperationRefused("enforcement.no_notice")
        case _:
            return


def _check_given(action: Action, form: OperationInput) -> None:
    for text in (form.note, form.summary):
        if "\x00" in text or len(text) > MOST_TEXT:
            raise OperationRefused("enforcement.text_unfit", field="note")
    for need in action.needs:
        value = getattr(form, need.value)
        empty = value is None or value in ((), {}) or (isinstance(value, str) and not value.strip())
        if empty:
            raise OperationRefused("enforcement.missing", field=need.value)
