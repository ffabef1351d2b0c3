"""The page of the reference says what the table says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.ground.people.management.commands import permissions
from linli.ground.people.permission_matrix import render
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Role


def test_the_page_in_the_reference_is_in_step() -> None:
    call_command("permissions", "--check")


def test_every_granted_right_stands_in_the_matrix() -> None:
    rows = {
        line.split("`")[1]: line.split("|")[2:-1]
        for line in render().splitlines()
        if line.startswith("| ") and "`" in line and line.count("|") == len(Role) + 2
    }
    assert set(rows) == {action.value for action in Action}
    marked = {
        (role, action)
        for action in Action
        for role, cell in zip(Role, rows[action.value], strict=True)
        if cell.strip()
    }
    assert marked == {(role, action) for role, rights in PERMISSIONS.items() for action in rights}


def test_a_page_out_of_step_is_told_and_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "PAGE", tmp_path / "reference" / "permissions.md")
    with pytest.raises(CommandError, match="out of step"):
        call_command("permissions", "--check")
    call_command("permissions")
    call_command("permissions", "--check")
