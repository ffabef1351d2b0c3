"""What stands at the root of the repository, and the one command."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import linli
from linli.config.command import parser
from linli.config.translations import list_rooms

ROOT = Path(__file__).resolve().parents[2]


def launcher_constant(name: str) -> object:
    for node in ast.parse((ROOT / "linli").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise LookupError(name)


def test_the_launcher_knows_the_same_commands_as_the_parser() -> None:
    actions = parser.make_parser()._subparsers
    assert actions is not None
    known = actions._group_actions[0].choices
    assert known is not None
    assert set(known) == set(launcher_constant("COMMANDS"))  # type: ignore[call-overload]


def test_the_launcher_needs_nothing_but_the_standard_library() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse((ROOT / "linli").read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= set(sys.stdlib_module_names)


def test_usage_needs_no_set_up() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "linli")],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONUTF8": "1"},
    )
    assert "./linli demo" in done.stdout


def test_an_unknown_command_is_named() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "linli"), "fly"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "fly" in done.stderr
    assert done.stdout == ""


def test_the_version_is_the_one_of_the_package() -> None:
    assert f'version = "{linli.VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_room_says_what_it_is() -> None:
    assert [room.name for room in list_rooms() if not (room / "README.md").exists()] == []


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    assert [line for line in wanted.splitlines() if line.strip() and "#" not in line] == []
