"""An empty database and one that came file by file end with the same tables."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db.migrations import Migration, RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("linli.")}
MADE_IN_SQL = re.compile(
    r"\b(?:CREATE(?: UNIQUE| UNLOGGED)? (?:TABLE|INDEX|FUNCTION|TRIGGER|SEQUENCE|EXTENSION)"
    r"|ADD CONSTRAINT|ADD COLUMN|SET UNLOGGED)\b ?\w*"
)


@pytest.fixture(scope="module")
def squashed() -> dict[str, Migration]:
    found = MigrationLoader(None).disk_migrations.values()
    return {one.app_label: one for one in found if one.replaces and one.app_label in OURS}


def files_of(label: str) -> dict[str, Migration]:
    every = MigrationLoader(None).disk_migrations
    return {name: one for (app, name), one in every.items() if app == label and not one.replaces}


def made_in_sql(migration: Migration) -> set[str]:
    written = [op.sql for op in migration.operations if isinstance(op, RunSQL)]
    texts = [text for sql in written for text in ([sql] if isinstance(sql, str) else sql)]
    return {made for text in texts for made in MADE_IN_SQL.findall(str(text))}


def models_by_file() -> ProjectState:
    loader = MigrationLoader(None, replace_migrations=False)
    ends = loader.graph.leaf_nodes()
    return loader.project_state([end for end in ends if not loader.disk_migrations[end].replaces])


def columns(state: ProjectState) -> dict[tuple[str, str], list[str]]:
    return {key: list(model.fields) for key, model in state.models.items()}


def test_a_squashed_file_stands_for_all_up_to_its_number(squashed: dict[str, Migration]) -> None:
    for label, one in squashed.items():
        last = one.name.removeprefix("0001_squashed_")
        before = sorted(name for name in files_of(label) if name <= last)
        assert last in before
        assert one.replaces == [(label, name) for name in before]


def test_both_ways_lead_to_the_same_models_with_columns_in_the_same_order() -> None:
    loader, by_file = MigrationLoader(None), models_by_file()
    at_once = loader.project_state()
    assert MigrationAutodetector(by_file, at_once).changes(graph=loader.graph) == {}
    assert columns(at_once) == columns(by_file)


def test_what_is_made_in_sql_is_made_on_both_ways(squashed: dict[str, Migration]) -> None:
    for label, one in squashed.items():
        replaced = [files_of(label)[name] for _, name in one.replaces]
        assert made_in_sql(one) >= {made for file in replaced for made in made_in_sql(file)}
