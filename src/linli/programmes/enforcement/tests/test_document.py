"""The diagram of the README says what the table says."""

from __future__ import annotations

from pathlib import Path

from linli.programmes.enforcement.rules.procedure import ACTIONS
from linli.programmes.enforcement.terms import ENDS, STEP_LABELS, Step

README = Path(__file__).parents[1] / "README.md"


def test_the_diagram_is_in_step_with_the_table() -> None:
    told = README.read_text(encoding="utf-8").split("```mermaid")[1].split("```", maxsplit=1)[0]
    drawn = {line.strip() for line in told.splitlines() if "-->" in line or ": " in line}
    arrows = {
        f"{source.value} --> {target.value}: {action.label}"
        for action in ACTIONS.values()
        for source, target in action.paths.items()
        if source is not target
    }
    names = {f"{step.value}: {STEP_LABELS[step]}" for step in Step}
    ends = {f"{step.value} --> [*]" for step in ENDS} | {"[*] --> planning"}
    assert drawn == arrows | names | ends


def test_every_step_but_the_ends_leads_on() -> None:
    left = {source for one in ACTIONS.values() if one.moves for source in one.paths}
    assert left == set(Step) - ENDS
