"""What is reported in the demonstration's year: when, where and in which words."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from linli.spine.cases.terms import Step

from . import places
from .places import Plot, Point

SEED = 12_000
COUNT = 12_000
FRESH = 26
FRESH_HOURS = 3
DAYS = 365
NEAR_DEGREES = 0.00009

# Weight of each hour from 0 to 23.
HOURS = {
    "day": (0, 0, 0, 0, 0, 1, 3, 7, 11, 12, 11, 9, 6, 7, 9, 9, 8, 7, 5, 4, 3, 2, 1, 0),
    "morning": (0, 0, 0, 0, 1, 4, 10, 16, 15, 11, 7, 5, 4, 4, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0),
    "evening": (1, 0, 0, 0, 0, 0, 1, 3, 4, 4, 4, 4, 4, 4, 4, 5, 7, 11, 14, 14, 11, 7, 4, 2),
    "night": (8, 5, 3, 2, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 2, 2, 2, 3, 4, 7, 11, 17, 20, 15),
}
CHANNELS = {"web": 46, "phone": 18, "hotline": 12, "counter": 3, "patrol": 21}
KINDS = {"物业服务": "complaint", "邻里纠纷": "request"}


@dataclass(frozen=True, kw_only=True)
class Story:
    """One kind of matter with its share of the year, its season and its words."""

    category: str
    weight: float
    season: Sequence[float]
    hours: str
    texts: Sequence[str]
    done: Sequence[str]
    scene: str = ""


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What is settled beforehand of a life: the step where it stands now, and what it meets.

    Everybody acts promptly in it and nothing else happens by chance.
    """

    stands_at: Step
    meets: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One report to be made: the story at a place and an instant."""

    story: Story
    at: datetime
    grid: Plot
    point: Point
    address: str
    text: str
    channel: str
    kind: str
    fate: Fate | None = None
    is_of_resident: bool = False


@cache
def stories() -> tuple[Story, ...]:
    """Read the stories that ship with the demonstration."""
    text = Path(__file__).with_name("stories.toml").read_text(encoding="utf-8")
    return tuple(Story(**entry) for entry in tomllib.loads(text)["story"])


def tell_year(until: datetime, *, count: int = COUNT) -> list[Telling]:
    """Draw the year's reports up to `until` (aware), oldest first; the last hours are busy."""
    chance = random.Random(SEED)
    teller = Teller(chance)
    last = until.astimezone(ZoneInfo("Asia/Shanghai"))
    instants = [*_year(last, count - FRESH, chance), *_fresh(last, chance)]
    return sorted((teller.tell(story, at) for story, at in instants), key=lambda told: told.at)


def _year(last: datetime, count: int, chance: random.Random) -> Iterator[tuple[Story, datetime]]:
    days = [last.date() - timedelta(days=back) for back in range(1, DAYS + 1)]
    pairs = [(day, story) for day in days for story in stories()]
    weights = [
        story.weight
        * story.season[day.month - 1]
        / sum(story.season)
        * (0.8 if day.weekday() >= 5 else 1.0)
        for day, story in pairs
    ]
    for day, story in chance.choices(pairs, weights, k=count):
        (hour,) = chance.choices(range(24), HOURS[story.hours])
        moment = time(hour, chance.randrange(60), chance.randrange(60))
        yield story, datetime.combine(day, moment, tzinfo=last.tzinfo)


def _fresh(last: datetime, chance: random.Random) -> Iterator[tuple[Story, datetime]]:
    weights = [story.weight * story.season[last.month - 1] for story in stories()]
    for story in chance.choices(stories(), weights, k=FRESH):
        yield story, last - timedelta(seconds=chance.randrange(120, FRESH_HOURS * 3600))


class Teller:
    """Tells stories at the buildings of the grids; some grids bring more reports than others."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.grids = list(places.grids())
        self.busy = [chance.choice((0.5, 0.8, 1.0, 1.0, 1.4, 2.6)) for _ in self.grids]
        self.buildings: dict[str, list[Plot]] = {}
        for building in places.buildings():
            self.buildings.setdefault(building.parent_code, []).append(building)

    def tell(self, story: Story, at: datetime, *, grid_code: str = "") -> Telling:
        """Put a story at an instant to a place, in a grid of one's choice or by chance."""
        chance = self.chance
        (grid,) = chance.choices(self.grids, self.busy)
        if grid_code:
            grid = next(one for one in self.grids if one.code == grid_code)
        building = chance.choice(self.buildings[grid.code])
        (channel,) = chance.choices(list(CHANNELS), list(CHANNELS.values()))
        return Telling(
            story=story,
            at=at,
            grid=grid,
            point=self._near(building.point),
            address=building.address,
            text=chance.choice(story.texts).format(place=building.name),
            channel=channel,
            kind=KINDS.get(story.category, "incident"),
        )

    def _near(self, point: Point) -> Point:
        lon, lat = point
        drift = (self.chance.uniform(-NEAR_DEGREES, NEAR_DEGREES) for _ in range(2))
        return (round(lon + next(drift), 7), round(lat + next(drift), 7))
