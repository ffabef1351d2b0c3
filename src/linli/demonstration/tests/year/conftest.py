"""A small demonstration, loaded once for all tests of the folder and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.demonstration import services
from linli.demonstration.models import Loading

COUNT = 1_500
AS_OF = date(2026, 1, 14)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process, so that the demonstration is loaded once.

    First of all hooks: xdist reads the groups in a hook of its own.
    """
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.xdist_group("demonstration"))


def until() -> datetime:
    """Give the instant up to which the year runs."""
    return Loading.objects.get().as_of


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Load 1,500 cases up to a winter morning and give what was told meanwhile."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        services.load(as_of=AS_OF, count=COUNT, progress=told.append)
        yield told
        transaction.set_rollback(True)
