"""What an office has at hand when a journey begins: cases at the step that the play needs.

They are brought there through the API with the sessions of the people of the demonstration, so
that a journey spends its time on the pages it is about.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIResponse, Page, expect

from tests.journeys.people import DESKTOP, Stage, photo
from tests.journeys.visitors import Site

RUBBISH = "matter:06010"
PILES = "matter:06036"
A_DEGREE = 1_000_000
PATIENCE_S = 120
WORDS_WRITTEN = """
SELECT count(*) FROM cases_casewords JOIN cases_case c ON c.id = case_id
WHERE c.number = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM cases_casewordsdue AS due WHERE due.case_id = c.id)
"""


@dataclass
class Office:
    """The office of one play: who acts, on which instance, and where the next matter is."""

    stage: Stage
    site: Site
    come: Callable[..., Page]
    reported: int = 0
    outside: Page | None = None

    def report(
        self, text: str, *, category: str = RUBBISH, at: tuple[float, float] | None = None
    ) -> str:
        """Report a matter with a photo as somebody outside; give its number.

        Args:
            at: degrees; without it each matter is 90 m from the one before in this play, and at
                no point where so many were reported already that it would be doubted.
        """
        self.outside = self.outside or self.stage.window()
        self.reported += 1
        aside = self.one("SELECT count(*) FROM cases_case") % 100 / A_DEGREE
        lon, lat = at or (125.3035 + 0.0011 * self.reported + aside, 43.8791)
        words = {
            "text": text,
            "category": category,
            "lon": lon,
            "lat": lat,
            "address": "桂林路口",
            "photos": [self.photo(self.outside)],
            "anonymous": True,
        }
        sent = self.outside.request.post(f"{self.site.address}/api/v1/reports", data=words)
        return str(_answer(sent)["number"])

    def photo(self, page: Page) -> dict[str, str]:
        """Store a photo as whoever the window belongs to, and give it as the API takes it."""
        token = _token(page)
        asked = page.request.post(
            f"{self.site.address}/api/v1/photos",
            multipart={"file": photo((90, 80, 60))},
            headers={"X-CSRFToken": token, "Referer": self.site.address + "/"},
        )
        kept = _answer(asked)
        return {"id": kept["id"], "secret": kept["secret"]}

    def act(
        self, login: str, number: str, action: str, *, with_photo: bool = False, **given: Any
    ) -> dict[str, Any]:
        """Let somebody act on a case behind the scene; give the case as it is then."""
        page = self.stage.person(login)
        if with_photo:
            given["photos"] = [self.photo(page)]
        answer = page.request.post(
            f"{self.site.address}/api/v1/cases/{number}/actions/{action}",
            data=given,
            headers={"X-CSRFToken": _token(page), "Referer": self.site.address + "/"},
        )
        return _answer(answer)

    def filed(self, text: str, **more: Any) -> str:
        """Bring a fresh report to where it waits for the dispatcher."""
        number = self.report(text, **more)
        self.act("verifier", number, "verify")
        self.act("clerk", number, "file", category_id=self.category_of(number))
        return number

    def dispatched(self, text: str, **more: Any) -> str:
        """Bring a fresh report to the lead that is proposed."""
        number = self.filed(text, **more)
        lead = self.organisation("dept-sanitation")
        self.act("dispatcher", number, "dispatch", lead_id=lead)
        return number

    def closed(self, text: str, **more: Any) -> str:
        """Bring a fresh report to its end, handled and checked."""
        number = self.dispatched(text, **more)
        self.act("handler-sanitation", number, "accept")
        self.act("handler-sanitation", number, "feed_back", note="清走了", with_photo=True)
        self.act("verifier", number, "pass_check", with_photo=True)
        self.act("clerk", number, "close")
        return number

    def wait_for_words(self, numbers: Sequence[str]) -> None:
        """Wait until cases can be found by their words, which are written seconds after them."""
        self.wait_until(
            lambda: self.one(WORDS_WRITTEN, list(numbers)) == len(numbers),
            f"the words of {numbers} are not written",
        )

    def wait_until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Look into the database until what is done behind the pages has come about."""
        until = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < until, otherwise
            time.sleep(0.1)

    def category_of(self, number: str) -> int:
        """Give the category a case was reported under."""
        [(found,)] = self.site.ask("SELECT category_id FROM cases_case WHERE number = %s", number)
        return int(found)

    def category(self, key: str) -> int:
        """Give a category by its key, such as `matter:06010`."""
        kind, code = key.split(":")
        return int(
            self.one(
                "SELECT id FROM cases_category WHERE kind = %s AND code = %s"
                " ORDER BY effective_from DESC LIMIT 1",
                kind,
                code,
            )
        )

    def organisation(self, code: str) -> int:
        """Give an organisation by its code."""
        [(found,)] = self.site.ask("SELECT id FROM people_organisation WHERE code = %s", code)
        return int(found)

    def item(self) -> int:
        """Give an item of the list of responsibilities in force."""
        return int(
            self.one(
                "SELECT min(r.id) FROM cases_responsibility r"
                " JOIN cases_responsibilitylist l ON l.id = r.list_id"
                " WHERE l.effective_from <= current_date"
                " AND (l.effective_to IS NULL OR l.effective_to > current_date)"
            )
        )

    def open(self, login: str, number: str, size: tuple[int, int] = DESKTOP) -> Page:
        """Open a case's page as somebody."""
        page = self.come(login, size)
        page.goto(f"{self.site.address}/desk/cases/{number}/")
        expect(page.locator("h1")).to_be_visible()
        return page

    def one(self, statement: str, *values: object) -> Any:
        """Read one value from the database."""
        [(found,)] = self.site.ask(statement, *values)
        return found

    def step(self, number: str) -> str:
        """Say at which step a case stands in the database."""
        return str(self.one("SELECT step FROM cases_case WHERE number = %s", number))

    def count_events(self, number: str, name: str) -> int:
        """Count the events of one kind in the history of a case."""
        return int(
            self.one(
                "SELECT count(*) FROM kernel_event e JOIN cases_case c ON c.id::text = e.subject_id"
                " WHERE c.number = %s AND e.name = %s",
                number,
                name,
            )
        )


def _token(page: Page) -> str:
    cookies = page.context.cookies()
    return next((one.get("value", "") for one in cookies if one.get("name") == "csrftoken"), "")


def _answer(asked: APIResponse) -> dict[str, Any]:
    assert asked.ok, f"{asked.status} {asked.url}: {asked.text()[:300]}"
    given: dict[str, Any] = json.loads(asked.text())
    return given
