"""Looking at a page from all sides: both languages, desk and phone, by eye, by axe and by Tab.

A journey names its pages as `Sight`s and gives them to `look_from_all_sides`, which returns what
is wrong in words; a picture of each side is kept when `LINLI_PICTURES` names a folder. `listen`
hears what a window says meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from babel.messages.pofile import read_po
from playwright.sync_api import Page
from psycopg import sql

from tests.journeys.people import DESKTOP, PHONE, find_barriers, keep_picture, settle
from tests.journeys.visitors import Site

SIZES = {"1280": DESKTOP, "390": PHONE}
LANGUAGES = ("zh-hans", "en")
# What axe finds hangs on the width; another language changes only the words it reads out.
FOR_AXE = {("zh-hans", "1280"), ("en", "390")}
ROOMS = Path(__file__).parents[2] / "src" / "linli"
CHINESE = re.compile(r"[一-鿿][一-鿿0-9，、；！？]*")
QUOTED = re.compile(r'"([^"]*)"')
SPACES = re.compile(r"\s")
SHORT = 4
# What a page of the desk is about, by the first part of its address.
NUMBERED = {
    "cases": "cases_case",
    "dispatch": "cases_case",
    "enforcement": "enforcement_operation",
    "whistles": "whistle_whistle",
}
TITLE = re.compile(r"\{(.+?)\}")
TABS_AT_ONCE = 25
MOST_TABS = 600


@dataclass(frozen=True, kw_only=True)
class Sight:
    """One page to be looked at: its address, and what must stand on it once it is there."""

    name: str
    path: str
    shows: str = "h1"


@dataclass(frozen=True, kw_only=True)
class Data:
    """All Chinese that is stored, and all that the catalogues translate."""

    values: frozenset[str]
    whole: str
    interface: frozenset[str]

    def is_stored(self, words: str) -> bool:
        """Say whether what an English page shows in Chinese comes from the database."""
        said = SPACES.sub("", words).strip("：·()（）“”")
        if said in self.values:
            return True
        if said in self.interface:
            return False
        return said in self.whole or all(self._has(run) for run in CHINESE.findall(said))

    def _has(self, run: str) -> bool:
        words = run.rstrip("，、；！？0123456789")
        return words in self.values or (len(words) > SHORT and words in self.whole)


def read_data(site: Site) -> Data:
    """Read all Chinese values of the instance's database, and the words of all catalogues."""
    with psycopg.connect(site.database) as connection:
        values = {one for place in _places(connection) for one in _values(connection, *place)}
    return Data(
        values=frozenset(values),
        whole="\n".join(values),
        interface=frozenset(_interface()),
    )


def _places(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        " AND c.data_type IN ('character varying', 'text', 'jsonb', 'ARRAY')"
        " AND c.table_name !~ '^(kernel_event_|kernel_stream|procrastinate)'"
    ).fetchall()


def _values(connection: psycopg.Connection, table: str, column: str) -> Iterator[str]:
    statement = sql.SQL("SELECT DISTINCT {column}::text FROM {table} WHERE {column}::text ~ {any}")
    query = statement.format(
        column=sql.Identifier(column), table=sql.Identifier(table), any=sql.Literal("[一-龥]")
    )
    for (value,) in connection.execute(query):
        yield SPACES.sub("", value)
        yield from value.split()
        # What is empty is quoted too, or the next value would be read from its end.
        yield from filter(None, QUOTED.findall(value))


def _interface() -> Iterator[str]:
    for catalogue in ROOMS.rglob("locale/en/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file):
                said = message.id if isinstance(message.id, str) else message.id[0]
                if CHINESE.search(said):
                    yield said


def with_number(site: Site, sight: Sight) -> Sight:
    """Put the number in place of a title in braces: which number it got depends on the day."""
    table = NUMBERED.get(sight.path.split("/")[2], "")
    path = TITLE.sub(lambda found: _number_of(site, table, found[1]), sight.path)
    return replace(sight, path=path)


def _number_of(site: Site, table: str, title: str) -> str:
    statement = f"SELECT number FROM {table} WHERE title LIKE %s ORDER BY number"  # noqa: S608
    found = site.ask(statement, title + "%")
    assert found, f"the demonstration has no {title}"
    return str(found[0][0])


def listen(page: Page, address: str) -> list[str]:
    """Give a list that fills with script and console errors and with requests to other sites."""
    heard: list[str] = []
    host = urlsplit(address).netloc
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: heard.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc in (host, "")
            else heard.append(f"{page.url} asked {request.url}")
        ),
    )
    return heard


def speak(page: Page, address: str, language: str) -> None:
    """Let the next page come in `language` (`zh-hans` or `en`)."""
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])


def look_from_all_sides(page: Page, address: str, sight: Sight, data: Data) -> list[str]:
    """Open a page in both languages, desk and phone, and list what is wrong with it."""
    wrong: list[str] = []
    for language in LANGUAGES:
        speak(page, address, language)
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(address + sight.path)
        page.locator(sight.shows).first.wait_for()
        settle(page)
        for width in SIZES:
            side = f"{sight.name}-{language}-{width}"
            wrong += [f"{side}: {fault}" for fault in look(page, language, width, data)]
            keep_picture(page, side)
    speak(page, address, LANGUAGES[0])
    return wrong


def look(page: Page, language: str, width: str, data: Data) -> list[str]:
    """List what is wrong with the page as it stands, at one width."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": SIZES[width][0], "height": SIZES[width][1]})
    wrong = find_overflow(page)
    if (language, width) in FOR_AXE:
        wrong += find_barriers(page)
    if language == "en":
        wrong += find_untranslated(page, data)
    if language == "zh-hans":
        wrong += walk_by_tab(page)
    return wrong


def find_overflow(page: Page) -> list[str]:
    """Name the elements that stick out sideways, when the page is wider than its window."""
    found: list[str] = page.evaluate(_OVERFLOW)
    return [f"sticks out: {one}" for one in found]


def find_untranslated(page: Page, data: Data) -> list[str]:
    """List the Chinese on an English page that is no data."""
    said: list[str] = page.evaluate(_CHINESE)
    return [f"not in English: {words!r}" for words in said if not data.is_stored(words)]


def walk_by_tab(page: Page) -> list[str]:
    """Press Tab once around the page; list what is not reached, not seen, or holds one fast."""
    page.evaluate(_WALK)
    pressed = 0
    while pressed < MOST_TABS and not page.evaluate("window.walk.isRound"):
        for _ in range(TABS_AT_ONCE):
            page.keyboard.press("Tab")
        pressed += TABS_AT_ONCE
    found: list[str] = page.evaluate(_WALKED)
    return [f"by Tab: {one}" for one in found]


_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""

_CHINESE = """() => {
  const said = new Set();
  const keep = (words, element) => {
    if (!words || !/[一-龥]/.test(words)) return;
    if (element.closest("[lang^='zh'], script, style, textarea, aside.demonstration")) return;
    said.add(words.trim().replace(/\\s+/g, " "));
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    // Words that were searched for are marked in the midst of what they belong to.
    const element = texts.currentNode.parentElement.closest(":not(mark)");
    const isMarked = element.querySelector(":scope > mark");
    keep(isMarked ? element.textContent : texts.currentNode.data, element);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [alt], [placeholder]"))
    for (const name of ["aria-label", "title", "alt", "placeholder"])
      // A tip names one thing a line.
      for (const line of (one.getAttribute(name) ?? "").split("\\n")) keep(line, one);
  keep(document.title, document.body);
  return [...said];
}"""

_WALK = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const tell = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
  const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const walk = { met: new Set(), faults: new Set(), isRound: false, first: null };
  const isMarked = (one) => {
    const style = getComputedStyle(one);
    const hasLine = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return hasLine || style.boxShadow !== "none";
  };
  const isSeen = (one) => {
    const box = one.getBoundingClientRect();
    const across = [box.left + 3, box.left + box.width / 2, box.right - 3];
    const down = [box.top + 3, box.top + box.height / 2, box.bottom - 3];
    return across.some((x) => down.some((y) => {
      const there = document.elementFromPoint(x, y);
      const label = one.labels?.[0];
      return there && (one.contains(there) || there.contains(one) || label?.contains(there));
    }));
  };
  walk.look = (event) => {
    const one = event.target;
    if (walk.met.size > 1 && one === walk.first) walk.isRound = true;
    walk.first ??= one;
    if (walk.met.has(one)) return;
    walk.met.add(one);
    if (!isMarked(one)) walk.faults.add("focus not seen on " + tell(one));
  };
  walk.tell = () => {
    // A map is drawn when it comes into sight, a way to the act goes when the act is there.
    const comesAndGoes = "[inert], [data-map], .to-act";
    const isDue = (one) =>
      one.tabIndex >= 0 && !one.disabled && shown(one) && !one.closest(comesAndGoes);
    const sameGroup = (one) => one.type === "radio" && [...walk.met].some(
      (other) => other.type === "radio" && other.name === one.name && other.form === one.form);
    const missed = [...document.querySelectorAll(stops)].filter(
      (one) => isDue(one) && !walk.met.has(one) && !sameGroup(one));
    const found = [...walk.faults, ...missed.slice(0, 8).map((one) => "not reached: " + tell(one))];
    if (!walk.isRound) found.push("no way around; the focus is on " + tell(document.activeElement));
    document.removeEventListener("focusin", walk.look, true);
    for (const one of walk.met) {
      one.focus();
      if (!shown(one) || one.closest("[data-map]") || isSeen(one)) continue;
      found.push("covered when it has the focus: " + tell(one));
    }
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    return found;
  };
  window.walk = walk;
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  document.addEventListener("focusin", walk.look, true);
}"""

_WALKED = "() => window.walk.tell()"
