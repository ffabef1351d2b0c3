"""Writes the reference pages that are made from the code, and tells which are out of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from linli.config.checkout import ROOT

FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Made by `./linli check --write`; edits are lost. -->\n\n"


def states() -> str:
    """Draw the incident procedure from its table."""
    from linli.spine.cases.rules.procedure import ACTIONS
    from linli.spine.cases.terms import STEP_LABELS

    lines = ["# States of a case\n", NOTE, "```mermaid", "stateDiagram-v2"]
    lines += [f"    {step.value}: {label}" for step, label in STEP_LABELS.items()]
    rows = []
    for action in ACTIONS.values():
        for source, target in action.paths.items():
            if source is not target:
                lines.append(f"    {source.value} --> {target.value}: {action.name.value}")
        rows.append(
            f"| `{action.name.value}` {action.label} | {_words(action.paths)} "
            f"| `{action.right.value}` | {action.bond.value} "
            f"| {', '.join(need.value for need in action.needs)} "
            f"| {', '.join(need.value for need in action.takes)} | `{action.event.name}` |"
        )
    lines += [
        "```\n",
        "| action | from → to | right | bond | must be given | may be given | event |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _words(paths: Mapping[Any, Any]) -> str:
    moves = [f"{s} → {t}" for s, t in paths.items() if s is not t]
    return "<br>".join(moves) if moves else f"stays ({', '.join(str(step) for step in paths)})"


def permissions() -> str:
    """Lay out who may do what, and how far, from the table that decides it."""
    from linli.ground.people.permission_matrix import render

    return render()


PAGES: Mapping[str, Callable[[], str]] = {"states.md": states, "permissions.md": permissions}


def list_stale() -> list[Path]:
    """List the pages that differ from what the code says."""
    return [
        FOLDER / name
        for name, render in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != render()
    ]


def write() -> None:
    """Write all pages anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, render in PAGES.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")
