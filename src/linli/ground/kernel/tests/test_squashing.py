"""Many tables made in one step."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from linli.ground.kernel.squashing import CreateModels


def in_a_circle() -> CreateModels:
    return CreateModels(
        models=[
            CreateModel(name, [("id", models.BigAutoField(primary_key=True)), ("next", to_other)])
            for name, to_other in (
                ("Hen", models.ForeignKey("kernel.egg", models.CASCADE)),
                ("Egg", models.ForeignKey("kernel.hen", models.CASCADE)),
            )
        ]
    )


@pytest.mark.django_db
def test_tables_in_a_circle_are_made_and_dropped() -> None:
    before, after = ProjectState(), ProjectState()
    in_a_circle().state_forwards("kernel", after)
    with connection.schema_editor() as editor:
        in_a_circle().database_forwards("kernel", editor, before, after)
    assert {"kernel_hen", "kernel_egg"} <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        in_a_circle().database_backwards("kernel", editor, after, before)
    assert not {"kernel_hen", "kernel_egg"} & set(connection.introspection.table_names())


def test_models_are_drawn_only_when_somebody_asks_for_them() -> None:
    state = ProjectState()
    assert "apps" not in state.__dict__
    assert state.apps.get_models() == []
    in_a_circle().state_forwards("kernel", state)
    assert "apps" not in state.__dict__
    assert {model.__name__ for model in state.apps.get_models()} == {"Hen", "Egg"}


def test_it_says_which_models_and_what_they_are_tied_to() -> None:
    assert in_a_circle().describe() == "Create models Hen, Egg"
    assert in_a_circle().references_model("Egg", "kernel")
    assert not in_a_circle().references_model("Fox", "kernel")
