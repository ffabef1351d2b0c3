"""What somebody at the desk asks for: addresses drawn by chance from what the database holds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import psycopg

STEPS = (
    *("open", "verifying", "filing", "dispatching", "accepting", "handling", "checking"),
    *("closed", "settled", "declined", "void", "silent", "reminded"),
)
CHANNELS = ("web", "phone", "hotline", "counter", "patrol", "courier")
LEVELS = ("grid", "community", "street", "district")
ORDERS = ("-reported_at", "reported_at", "due_at")
WORDS = ("垃圾", "暖气不热", "路灯", "噪声", "井盖", "楼道", "乱停车", "积雪", "漏水", "小广告")
FILTERS = 3
LAST_PAGE = 50
DAYS_BACK = 1_800
MISSES = ("量子力学", "qzxv", "鲸鱼搁浅", "zzgrqp", "火星移民局", "2019-9999999")


# West, south, east and north of where there are cases, in degrees WGS-84.
Bounds = tuple[float, float, float, float]
# A window of a map that shows about one grid.
WINDOW_LON, WINDOW_LAT = 0.003, 0.002


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the database holds to be asked for."""

    areas: tuple[str, ...]
    categories: tuple[str, ...]
    organisations: tuple[str, ...]
    numbers: tuple[str, ...]
    places: tuple[str, ...]
    bounds: Bounds


def read_held(url: str) -> Held:
    """Read what can be asked for; of the cases as many open ones as old ones."""
    with psycopg.connect(url) as connection:
        return Held(
            areas=_column(
                connection, "SELECT code FROM territory_area WHERE kind IN ('community', 'grid')"
            ),
            categories=_column(
                connection,
                "SELECT category_id::text FROM lived_cases_case WHERE category_id IS NOT NULL",
            ),
            organisations=_column(
                connection,
                "SELECT organisation_id::text FROM lived_cases_assignment "
                "WHERE organisation_id IS NOT NULL LIMIT 5000",
            ),
            numbers=_column(
                connection,
                "(SELECT number FROM cases_case WHERE closed_at IS NULL ORDER BY md5(number) "
                "LIMIT 500) UNION ALL (SELECT number FROM cases_case ORDER BY md5(number) "
                "LIMIT 500)",
            ),
            places=_column(connection, "SELECT DISTINCT address FROM lived_cases_case LIMIT 500"),
            bounds=_bounds(connection),
        )


def _column(connection: psycopg.Connection[Any], statement: str) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(statement))


def _bounds(connection: psycopg.Connection[Any]) -> Bounds:
    found = connection.execute(
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM lived_cases_case"
    ).fetchone()
    assert found is not None
    west, south, east, north = found
    return west, south, east, north


def draw_addresses(held: Held, *, count: int, seed: int) -> dict[str, list[str]]:
    """Draw `count` addresses of each page."""
    asker = Asker(held, random.Random(seed))  # noqa: S311
    pages: dict[str, Callable[[], str]] = {
        "home": lambda: "desk/",
        "list": lambda: f"desk/cases/?{asker.filters()}",
        "later_page": lambda: f"desk/cases/?{asker.filters(few=1, page=True)}",
        "map": lambda: f"desk/cases/?{asker.filters()}&view=map",
        "map_points": lambda: f"desk/cases/points.json?{asker.filters()}{asker.window()}",
        "case": lambda: f"desk/cases/{asker.any_of(held.numbers)}/",
        "search_hit": lambda: f"desk/search?{urlencode({'q': asker.words()})}",
        "search_miss": lambda: f"desk/search?{urlencode({'q': asker.any_of(MISSES)})}",
        "dispatch": lambda: "desk/dispatch/",
    }
    return {page: [address() for _ in range(count)] for page, address in pages.items()}


@dataclass(frozen=True)
class Asker:
    """Somebody who chooses by chance."""

    held: Held
    chance: random.Random

    def any_of(self, choices: tuple[str, ...]) -> str:
        """Choose one."""
        return self.chance.choice(choices)

    def words(self) -> str:
        """Choose what to look for: a matter, a place, both, or a number."""
        matter, place = self.any_of(WORDS), self.any_of(self.held.places)
        return self.any_of((matter, place, f"{matter} {place}", self.any_of(self.held.numbers)))

    def filters(self, *, few: int = FILTERS, page: bool = False) -> str:
        """Choose filters and an order as the address of the list names them."""
        chosen = dict(self.chance.sample(list(self._each()), few))
        if "since" in chosen and self.chance.random() < 0.5:
            since = date.fromisoformat(chosen["since"])
            chosen["until"] = (since + timedelta(days=self.chance.randrange(7, 120))).isoformat()
        chosen["order"] = self.any_of(ORDERS)
        if page:
            chosen["page"] = str(self.chance.randrange(2, LAST_PAGE))
        return urlencode(chosen)

    def window(self) -> str:
        """Choose where a map was moved to, half of the time; a map just opened names none."""
        if self.chance.random() < 0.5:
            return ""
        west, south, east, north = self.held.bounds
        lon, lat = self.chance.uniform(west, east), self.chance.uniform(south, north)
        half_lon, half_lat = WINDOW_LON / 2, WINDOW_LAT / 2
        sides = (lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat)
        return f"&window={','.join(f'{side:.6f}' for side in sides)}"

    def _each(self) -> Iterator[tuple[str, str]]:
        yield "step", self.any_of(STEPS)
        yield "area", self.any_of(self.held.areas)
        yield "category", self.any_of(self.held.categories)
        yield "organisation", self.any_of(self.held.organisations)
        yield "source", self.any_of(CHANNELS)
        yield "level", self.any_of(LEVELS)
        yield "since", str(self._some_day())
        yield "overdue", "on"
        yield "q", self.any_of(WORDS)

    def _some_day(self) -> date:
        return datetime.now(UTC).date() - timedelta(days=self.chance.randrange(1, DAYS_BACK))
