"""What stands on the desks when the demonstration is loaded, whatever chance has brought.

For every person of the start page something of each kind waits, something is late and something
is due soon; the resident with an account has reports to follow, to rate, to reopen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from linli.demonstration.stories import KINDS, Fate, Story, Teller, Telling, stories
from linli.ground.kernel.calendars import Limit, Unit
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.terms import Step

from .world import World

SEED = 8
BEFORE_DISPATCH = timedelta(minutes=25)
LATE, SOON = timedelta(hours=2), timedelta(hours=3)
STRIDE = timedelta(minutes=20)
FARTHEST = timedelta(days=40)


def set_desks(
    world: World, categories: Mapping[str, CategoryView], *, leads: Sequence[int], grid_code: str
) -> list[Telling]:
    """Tell the reports that give every desk its work.

    Args:
        categories: by the key that stories name.
        leads: organisations whose handlers shall find something to accept and to handle.
        grid_code: the grid whose leader shall find something to look at.
    """
    return list(_Morning(world, categories).tell(leads, grid_code))


class _Morning:
    def __init__(self, world: World, categories: Mapping[str, CategoryView]) -> None:
        self.world = world
        self.categories = categories
        self.chance = random.Random(SEED)
        self.teller = Teller(self.chance)

    def tell(self, leads: Sequence[int], grid_code: str) -> Iterator[Telling]:
        yield from self._grid(grid_code)
        yield from self._centre()
        for lead_id in leads:
            yield from self._handlers(lead_id, grid_code)
        yield from self._resident()

    def _grid(self, grid_code: str) -> Iterator[Telling]:
        for minutes in (24, 71):
            told = self._any(Step.VERIFYING, minutes=minutes)
            yield self._at_grid(told, grid_code)
        found = self._at_grid(self._any(Step.FILING, minutes=12), grid_code)
        yield replace(found, channel="patrol")

    def _at_grid(self, told: Telling, grid_code: str) -> Telling:
        moved = self.teller.tell(told.story, told.at, grid_code=grid_code)
        return replace(moved, fate=told.fate, channel=told.channel)

    def _centre(self) -> Iterator[Telling]:
        for step, minutes in (
            (Step.FILING, 52),
            (Step.FILING, 95),
            (Step.DISPATCHING, 66),
            (Step.DISPATCHING, 104),
            (Step.CHECKING, 260),
            (Step.CHECKING, 330),
            (Step.CHECKING, 420),
            (Step.CLOSING, 360),
            (Step.CLOSING, 480),
        ):
            yield self._any(step, minutes=minutes)
        yield self._any(Step.DISPATCHING, minutes=190, meets="returned")
        yield self._any(Step.HANDLING, minutes=27 * 60, meets="reworked")

    def _handlers(self, lead_id: int, grid_code: str) -> Iterator[Telling]:
        """Give one organisation work: to accept, in hand, late, due within hours."""
        fitting = [one for one in self._in_season() if self._leads(one, grid_code) == lead_id]
        if not fitting:
            return
        for step, ago in ((Step.ACCEPTING, 85), (Step.HANDLING, 75)):
            yield self._told(self.chance.choice(fitting), step, ago, grid_code=grid_code)
        until = self.world.until
        for earliest, latest in (
            (until - FARTHEST, until - LATE),
            (until + timedelta(minutes=15), until + SOON),
        ):
            story = self.chance.choice(fitting)
            at = self._at_for_due(story, earliest, latest)
            if at is not None:
                minutes = (until - at) / timedelta(minutes=1)
                yield self._told(story, Step.HANDLING, minutes, grid_code=grid_code)

    def _at_for_due(self, story: Story, earliest: datetime, latest: datetime) -> datetime | None:
        """Find when to report so that handling is due between two instants, if it can be."""
        category = self.categories[story.category]
        limit = Limit(category.limit_amount, Unit(category.limit_unit))
        at = self.world.until - 2 * BEFORE_DISPATCH
        while at > self.world.until - FARTHEST:
            due = self.world.hours.due_after(at + BEFORE_DISPATCH, limit)
            if due <= latest:
                return at if due >= earliest else None
            at -= STRIDE
        return None

    def _resident(self) -> Iterator[Telling]:
        for told in (
            self._any(Step.HANDLING, minutes=20 * 60),
            self._any(Step.CLOSED, minutes=26 * 60),
            self._any(Step.CLOSED, minutes=50 * 60, meets="rated"),
            self._any(Step.CLOSED, minutes=76 * 60, meets="rated solved"),
            self._any(Step.DECLINED, minutes=47 * 60, meets="declined"),
        ):
            yield replace(told, is_of_resident=True)

    def _any(self, step: Step, *, minutes: float, meets: str = "") -> Telling:
        seen = [one for one in self._in_season() if one.scene and one.category not in KINDS]
        return self._told(self.chance.choice(seen), step, minutes, meets=meets)

    def _told(
        self, story: Story, step: Step, minutes: float, *, meets: str = "", grid_code: str = ""
    ) -> Telling:
        at = self.world.until - timedelta(minutes=minutes)
        told = self.teller.tell(story, at, grid_code=grid_code)
        fate = Fate(stands_at=step, meets=frozenset(meets.split()))
        return replace(told, channel="web", fate=fate)

    def _in_season(self) -> list[Story]:
        month = self.world.until.astimezone(self.world.hours.zone).month
        return [one for one in stories() if one.season[month - 1] > 0]

    def _leads(self, story: Story, grid_code: str) -> int | None:
        category = self.categories[story.category]
        return self.world.propose(category, grid_code, self.world.until).lead_id
