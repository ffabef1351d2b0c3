"""What the tests of the API share: a small street, and callers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linli.ground.territory.tests.factories import Street, make_street
from linli.spine.cases.catalogue_terms import CategoryKind
from linli.spine.cases.models import CatalogueVersion, Category

from .calls import Caller


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def street(db: None) -> Street:
    """A street of two communities with three grids each."""
    return make_street()


@pytest.fixture
def category(db: None) -> Category:
    """One matter of the standard, public."""
    CatalogueVersion.objects.update_or_create(
        defaults={"token": uuid4(), "changed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    )
    return Category.objects.create(
        kind=CategoryKind.MATTER.value,
        code="06012",
        major_code="06",
        major_name="市容环境",
        name="暴露垃圾",
        limit_amount=2,
        limit_unit="working_hours",
        effective_from=date(2026, 1, 1),
    )


@pytest.fixture
def anybody() -> Caller:
    """Somebody without an account."""
    return Caller(Client())
