"""Writes the reference pages that are made from the code, and tells which are out of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from linli.config.checkout import ROOT

FOLDER = ROOT / "docs" / "reference"


def states() -> str:
    """Draw the incident procedure from its table."""
    from linli.spine.cases.rules.document import document

    return document()


def permissions() -> str:
    """Lay out who may do what, and how far, from the table that decides it."""
    from linli.ground.people.permission_matrix import render

    return render()


def pages() -> str:
    """List the pages of the desk with the right that opens each."""
    from linli.faces.desk.page_rights import render

    return render()


PAGES: Mapping[str, Callable[[], str]] = {
    "states.md": states,
    "permissions.md": permissions,
    "pages.md": pages,
}


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
