"""The README draws the arrows of the table, and events of the table are those recorded."""

from __future__ import annotations

import re
from pathlib import Path

from linli.programmes.whistle.rules.procedure import ACTIONS
from linli.programmes.whistle.services.acting import PERFORMERS
from linli.programmes.whistle.terms import ENDS, STEP_LABELS, ActionName, Step

README = Path(__file__).parents[1] / "README.md"


def test_the_diagram_shows_the_arrows_of_the_table() -> None:
    drawn = README.read_text(encoding="utf-8").split("```mermaid")[1].split("```")[0]
    arrows = set(re.findall(r"^    (\w+) --> (\w+): (.+)$", drawn, re.MULTILINE))
    wanted = {
        (source.value, target.value, one.label)
        for one in ACTIONS.values()
        for source, target in one.paths.items()
        if source is not target
    }
    assert arrows == wanted
    assert set(re.findall(r"^    (\w+): (.+)$", drawn, re.MULTILINE)) == {
        (step.value, label) for step, label in STEP_LABELS.items()
    }


def test_every_action_has_a_row_and_a_performer() -> None:
    assert set(ACTIONS) == set(PERFORMERS) == set(ActionName)


def test_a_cancelled_whistle_lets_nothing_happen() -> None:
    assert [one.name for one in ACTIONS.values() if Step.CANCELLED in one.paths] == []
    assert {Step.FINISHED, Step.CANCELLED} == ENDS
