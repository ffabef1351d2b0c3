"""A world for each test that looks into it, and one walk through it for all that only read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from .more_world import call_back, enforce, fill_up, supervise, whistle
from .visitors import list_visitors
from .walking import Said, walk
from .world import World, make_world, take_in

_WALKED: list[Said] = []


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
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.office.at)
    return made


@pytest.fixture
def said(db: None, request: pytest.FixtureRequest) -> list[Said]:
    """Give what everybody was answered everywhere; the walk is made once."""
    if not _WALKED:
        world: World = request.getfixturevalue("world")
        _WALKED.extend(walk(world, list_visitors(world)))
    return _WALKED
