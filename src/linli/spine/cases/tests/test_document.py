"""The reference of steps and actions is made from the table and never out of step."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.spine.cases.events import CaseEvent
from linli.spine.cases.management.commands.states import PAGE
from linli.spine.cases.rules.document import document
from linli.spine.cases.rules.procedure import ACTIONS
from linli.spine.cases.services.performers import PERFORMERS
from linli.spine.cases.terms import ENDS, ActionInput, ActionName, Need, Step


def test_the_page_in_the_repository_is_in_step() -> None:
    call_command("states", check=True)


def test_a_page_out_of_step_is_refused(tmp_path: Path) -> None:
    call_command("states", root=tmp_path)
    call_command("states", check=True, root=tmp_path)
    (tmp_path / PAGE).write_text("old", encoding="utf-8")
    with pytest.raises(CommandError, match="out of step"):
        call_command("states", check=True, root=tmp_path)


def test_every_action_stands_in_the_table_and_has_somebody_who_carries_it_out() -> None:
    assert set(ACTIONS) == set(PERFORMERS) == set(ActionName)


def test_every_step_is_reached_and_every_open_step_is_somebody_s_work() -> None:
    reached = {target for action in ACTIONS.values() for target in action.paths.values()}
    assert reached >= set(Step) - {Step.VERIFYING}
    # An instruction asks for an answer after the end of a case too.
    work = [one for one in ACTIONS.values() if one.is_work and one.name != "answer_instruction"]
    waited_for = {step for action in work for step in action.paths}
    # Of what was settled at once, samples are checked.
    assert waited_for == (set(Step) - ENDS) | {Step.SETTLED}


def test_from_every_open_step_an_end_can_be_reached() -> None:
    ending = set(ENDS)
    while True:
        more = {
            source
            for action in ACTIONS.values()
            for source, target in action.paths.items()
            if target in ending
        }
        if more <= ending:
            break
        ending |= more
    assert ending == set(Step)


def test_what_an_action_needs_is_a_field_of_its_input() -> None:
    assert {need.value for need in Need} <= set(ActionInput.__dataclass_fields__)


def test_every_action_records_an_event_of_the_room() -> None:
    assert all(issubclass(action.event, CaseEvent) for action in ACTIONS.values())


def test_the_page_draws_every_arrow() -> None:
    page = document()
    assert "checking --> handling: 核查不通过" in page
    assert "closed --> dispatching: 重开" in page
