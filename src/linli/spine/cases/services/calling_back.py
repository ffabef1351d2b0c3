"""A case is done once more because a call-back found it not solved; asked for by that room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.queries.facts import facts_of, may_see, open_file, target_of
from linli.spine.cases.queries.seeing import has_handled
from linli.spine.cases.rules.actions import Standing, check_action
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.rules.reports import check_words
from linli.spine.cases.services.acting import perform, system_act
from linli.spine.cases.services.tying import wait_for_ties
from linli.spine.cases.terms import ActionInput, ActionName


@transaction.atomic
def redo_after_callback(*, case_id: UUID, member: Member, note: str, at: datetime) -> None:
    """Give a closed case back to the centre, since the reporter says it is not solved.

    Args:
        note: why, in neutral words: those who handle it read them.

    Raises:
        NoSuchCase: no such case, or not for this member.
        ActionRefused: not closed any more, no right, of the handling organisation, no words.
    """
    form = ActionInput(note=note)
    check_words(form)
    wait_for_ties()
    file = open_file(case_id, lock=True)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    target = target_of(file)
    name = ActionName.REDO_AFTER_CALLBACK
    standing = Standing(
        has_right=may(member, Right.CASE_REDO_AFTER_CALLBACK, target),
        is_called_back=not has_handled(file, member),
    )
    check_action(name=name, facts=facts_of(file), standing=standing, form=form, at=at)
    actor = member.actor(role=find_role(member, Right.CASE_REDO_AFTER_CALLBACK, target))
    perform(system_act(file, name=name, actor=actor, at=at, form=form))


def hold_case(case_id: UUID) -> None:
    """Lock a case until the transaction ends, so that nobody moves it meanwhile.

    Raises:
        NoSuchCase: when there is none.
    """
    open_file(case_id, lock=True)
