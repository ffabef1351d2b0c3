"""Visitors of a journey: what goes wrong while they look at pages fails the journey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from playwright.sync_api import BrowserContext, Page

from linli.ground.kernel.ids import tracking_code
from tests.journeys.people import WCAG, find_barriers, settle

WIDTHS = {"desktop": (1280, 800), "phone": (390, 844), "narrow": (360, 740)}
YONGCHANG = {"longitude": 125.307, "latitude": 43.878}


@dataclass(frozen=True)
class Site:
    """The running instance: its address, and its database for what no page tells."""

    address: str
    database: str
    secret: str

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Read from the database beside the application."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(statement, values).fetchall()

    def change(self, statement: str) -> None:
        """Change the database beside the application, as another program would."""
        with psycopg.connect(self.database) as connection:
            connection.execute(statement)

    def code_of(self, case_id: UUID) -> str:
        """Give the tracking code of a case, as its reporter got it."""
        return tracking_code(case_id, secret=self.secret)


@dataclass
class Visitor:
    """Somebody at a browser; what went wrong meanwhile is kept and fails the journey."""

    page: Page
    site: Site
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.site.address + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the page stands as it stays."""
        settle(self.page)

    def expect_fault(self, words: str) -> None:
        """Foresee one message of the console, such as the status of a refusal."""
        self.expected.append(words)

    def check_width(self) -> None:
        """Nothing may stick out sideways."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{self.page.url} is {width} px wide"  # type: ignore[index]

    def check_access(self) -> None:
        """No serious fault by axe (WCAG 2.2 A and AA)."""
        serious = find_barriers(self.page, only=WCAG)
        assert not serious, f"{self.page.url}: {serious}"

    def hear(self, context: BrowserContext) -> None:
        """Note every request that leaves the site, every error of a script or of the console."""
        host = urlsplit(self.site.address).netloc
        context.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc in (host, "")
                else self.faults.append(f"left the site: {request.url}")
            ),
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.faults.append(said.text) if said.type == "error" else None,
        )

    def unexpected(self) -> list[str]:
        """List the faults nobody foresaw."""
        return [
            fault for fault in self.faults if not any(words in fault for words in self.expected)
        ]


Come = Callable[..., Visitor]
