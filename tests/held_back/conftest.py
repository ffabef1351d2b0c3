"""One world, looked into from all sides once, for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from .finding import Found, look
from .keeping_world import plant_returns
from .more_world import call_back, enforce, fill_up, supervise, whistle
from .posts_world import keep_posts
from .walking import Said
from .world import World, make_world, take_in

_FOUND: list[Found] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process, so that the world is made once."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.xdist_group("held back"))


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Make the sub-district in full work; the pages' clock is the office's."""
    settings.MEDIA_ROOT = tmp_path
    made = make_world()
    enforce(made)
    take_in(made)
    whistle(made)
    supervise(made)
    call_back(made)
    fill_up(made)
    plant_returns(made)
    keep_posts(made)
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.office.at)
    return made


@pytest.fixture
def found(db: None, request: pytest.FixtureRequest) -> Found:
    """Give all there is to find in the world; it is looked for once."""
    if not _FOUND:
        world: World = request.getfixturevalue("world")
        _FOUND.append(look(world))
    return _FOUND[0]


@pytest.fixture
def said(found: Found) -> list[Said]:
    """Give what everybody was answered everywhere."""
    return found.said
