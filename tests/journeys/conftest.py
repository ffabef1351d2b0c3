"""A whole instance with the demonstration in it, and people with browsers of their own.

The instance runs in processes of its own for the whole session. The browsers are closed with the
last journey: their event loop must not outlive them, or Django would refuse the database to the
tests that follow in the same process.

`LINLI_JOURNEY_ADDRESS` (with `LINLI_JOURNEY_DATABASE` and `LINLI_JOURNEY_SECRET`) plays on an
instance that already runs, which saves its start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from linli.config.instance import scratch_instance
from tests.journeys.looking import listen
from tests.journeys.office import Office
from tests.journeys.people import CHROMIUM, DESKTOP, SWITCHES, Stage
from tests.journeys.phones import TALKING, Phone, new_phone
from tests.journeys.visitors import WIDTHS, YONGCHANG, Come, Site, Visitor

Staff = Callable[..., Page]
GetPhone = Callable[..., Phone]
SECRET = "journeys-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
# Maps are drawn by WebGL, in software where the machine has no graphics.
DRAWING = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
# What is waited for comes late on a machine at work; what never comes still fails.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all journeys in one process, so that the demonstration is loaded once."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Run the demonstration behind the real front door on a free port."""
    given = os.environ.get("LINLI_JOURNEY_ADDRESS")
    if given:
        yield Site(
            address=given.rstrip("/"),
            database=os.environ["LINLI_JOURNEY_DATABASE"],
            secret=os.environ["LINLI_JOURNEY_SECRET"],
        )
        return
    environment = {"LINLI_SECRET": SECRET, "LINLI_HOSTS": "127.0.0.1"}
    with scratch_instance(mode="demo", environment=environment) as instance:
        yield Site(address=instance.address.rstrip("/"), database=instance.url, secret=SECRET)


@pytest.fixture(scope="session")
def address(site: Site) -> str:
    """Give the address of a running demonstration."""
    return site.address


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Give what drives browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def drawing_browser(playwright: Playwright) -> Iterator[Browser]:
    """Open Debian's browser, without its talk to the outside, that draws maps."""
    with _launched(playwright, DRAWING) as browser:
        yield browser


@pytest.fixture(scope="package")
def talking_browser(playwright: Playwright) -> Iterator[Browser]:
    """Open a browser with a camera and a microphone that make something up."""
    with _launched(playwright, TALKING) as browser:
        yield browser


@pytest.fixture
def chromium(drawing_browser: Browser) -> Iterator[Browser]:
    """Give the browser; its windows close with the journey."""
    yield drawing_browser
    _close_windows(drawing_browser)


@contextmanager
def _launched(playwright: Playwright, switches: tuple[str, ...]) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, *switches])
    yield browser
    browser.close()


def _close_windows(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()


@pytest.fixture
def stage(address: str, chromium: Browser) -> Iterator[Stage]:
    """Give the place where a play is played; every browser window closes with it."""
    played = Stage(address=address, browser=chromium)
    yield played
    played.close()


@pytest.fixture
def staff(stage: Stage) -> Iterator[Staff]:
    """Let people of the demonstration come; what their windows say of faults fails the journey.

    A form sent back with what is wrong (422) is no fault.
    """
    heard: dict[Page, list[str]] = {}

    def arrive(login: str, size: tuple[int, int] = DESKTOP) -> Page:
        page = stage.person(login, size)
        if page not in heard:
            heard[page] = listen(page, stage.address)
        return page

    yield arrive
    said = [fault for page in heard.values() for fault in page if "status of 422" not in fault]
    assert said == []


@pytest.fixture
def office(stage: Stage, site: Site, staff: Staff) -> Office:
    """Give an office with cases at hand; faults heard in its windows fail the journey."""
    return Office(stage=stage, site=site, come=staff)


@pytest.fixture
def come(chromium: Browser, site: Site) -> Iterator[Come]:
    """Let visitors come, by width and language, with a device position when asked."""
    visitors: list[Visitor] = []

    def arrive(
        width: str = "desktop",
        language: str = "zh-hans",
        *,
        scripts: bool = True,
        located: bool = False,
    ) -> Visitor:
        across, down = WIDTHS[width]
        context = chromium.new_context(
            viewport={"width": across, "height": down},
            locale="en-US" if language == "en" else "zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            permissions=["geolocation"] if located else [],
            geolocation=YONGCHANG if located else None,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "language", "value": language, "url": site.address}])
        visitor = Visitor(page=context.new_page(), site=site)
        visitor.hear(context)
        visitors.append(visitor)
        return visitor

    yield arrive
    assert [fault for visitor in visitors for fault in visitor.unexpected()] == []


@pytest.fixture
def take(tmp_path: Path) -> Callable[[str], Path]:
    """Take photos as a phone would."""

    def make(name: str) -> Path:
        path = tmp_path / name
        Image.effect_noise((640, 480), 40).convert("RGB").save(path, "JPEG")
        return path

    return make


@pytest.fixture
def talking(talking_browser: Browser) -> Iterator[Browser]:
    """Give the browser with camera and microphone; its windows close with the journey."""
    yield talking_browser
    _close_windows(talking_browser)


@pytest.fixture
def phone(talking: Browser, site: Site, tmp_path: Path) -> GetPhone:
    """Give phones nobody has used."""

    def buy(**changes: object) -> Phone:
        return new_phone(talking, site, tmp_path, **changes)

    return buy
