"""A whole instance with the demonstration in it, and people with browsers of their own.

`LINLI_JOURNEY_ADDRESS` plays on an instance that already runs, which saves its start.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from linli.config.instance import scratch_instance
from tests.journeys.people import CHROMIUM, SWITCHES, Stage


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Give the address of a running demonstration."""
    given = os.environ.get("LINLI_JOURNEY_ADDRESS")
    if given:
        yield given.rstrip("/")
        return
    with scratch_instance(mode="demo") as instance:
        yield instance.address.rstrip("/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give Debian's browser, without its talk to the outside."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def stage(address: str, chromium: Browser) -> Iterator[Stage]:
    """Give the place where a play is played; every browser window closes with it."""
    played = Stage(address=address, browser=chromium)
    yield played
    played.close()
