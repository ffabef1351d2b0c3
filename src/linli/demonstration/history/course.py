"""Time as it passes for one case: waiting, coming to an act, running out of time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from linli.demonstration.stories import Telling
from linli.ground.kernel.terms import SYSTEM, Actor
from linli.spine.cases import events
from linli.spine.cases.catalogue_terms import CategoryView, CheckedBy
from linli.spine.cases.rules.clocks import STEP_CLOCKS
from linli.spine.cases.supervision_events import RungReached
from linli.spine.cases.terms import ClockName, Step

from .columns import ClockColumns
from .opening import open_case
from .photos import Camera
from .rows import Book, Ledger
from .world import Hand, World

RECENT = timedelta(days=4)
SLOW_SHARE, SLOW = 0.35, 5.0
SWEEP = timedelta(seconds=30)
CLIMB = timedelta(seconds=40)


class NotYet(Exception):
    """The next act lies after the instant of loading, or beyond where the case shall stand."""


class Course:
    """One case on its way through time, by chance or as its fate has it."""

    def __init__(self, world: World, book: Book, telling: Telling, category: CategoryView) -> None:
        self.world = world
        self.book = book
        self.telling = telling
        self.category = category
        self.fate = telling.fate
        self.chance: random.Random = world.chance
        self.at: datetime = telling.at
        self.ledger: Ledger = open_case(world, book, telling, category)
        self.case = self.ledger.case
        self.camera = Camera(
            world,
            self.ledger,
            telling.story.scene,
            is_seen=category.checked_by != CheckedBy.REPORTER,
        )
        self.pace = self._pace()

    def _pace(self) -> float:
        """Let a share of the newest cases wait longer, so that every desk has work on it."""
        is_recent = self.world.until - self.telling.at < RECENT
        return SLOW if is_recent and self._happens("slow", SLOW_SHARE) else 1.0

    def _happens(self, what: str, share: float) -> bool:
        if self.fate is not None:
            return what in self.fate.meets
        return self.chance.random() < share

    def _chosen(self, choices: Sequence[str]) -> str:
        return self.chance.choice(choices)

    def _wait(self, least: float, most: float) -> datetime:
        """Let working time pass, in minutes; mostly the quicker end."""
        minutes = least + (most - least) * self.chance.random() ** 2
        if self.fate is not None:
            return self._come(self.at + timedelta(minutes=min(minutes, 2 * least)))
        return self._come(self.world.hours.after(self.at, minutes * self.pace))

    def _come(self, at: datetime) -> datetime:
        if at >= self.world.until or self._stands():
            raise NotYet
        self._sweep(at)
        self.at = at
        return at

    def _stands(self) -> bool:
        fate = self.fate
        if fate is None or self.ledger.step is not fate.stands_at:
            return False
        is_returned = "returned" not in fate.meets or self.case.return_count > 0
        is_rated = "rated" not in fate.meets or bool(self.ledger.ratings)
        return is_returned and is_rated

    def _sweep(self, before: datetime) -> None:
        """Do what the sweep does each minute until an instant: climb, and mark what ran out."""
        for name, clock in self.ledger.running.items():
            self._climb(name, clock, before)
        wanted = STEP_CLOCKS.get(self.ledger.step)
        if wanted is None:
            return
        clock = self.ledger.running[wanted]
        at = max(clock.due_at, self.at) + SWEEP
        if not self.case.is_overdue and at < before:
            clock.overdue_at = at
            self.case.is_overdue = True
            self._tell(events.CaseOverdue(clock=wanted.value), at)

    def _climb(self, name: ClockName, clock: ClockColumns, before: datetime) -> None:
        """Let one clock reach the rungs it is due for until an instant."""
        while clock.ladder_at is not None:
            at = clock.ladder_at + CLIMB
            # What runs on after a pause has passed some of its rungs already.
            at = at if at > self.at else self.at + CLIMB
            step = self.ledger.find_next(clock)
            if at >= before or step is None:
                return
            clock.rung = step.rung.value
            self.ledger.plan(clock)
            event = RungReached(
                rung=step.rung.value, clock=name.value, organisation_id=self._in_turn()
            )
            self._tell(event, at)

    def _in_turn(self) -> int | None:
        """Name the organisation that answers now, if one does."""
        return None

    def _tell(self, event: events.CaseEvent, at: datetime) -> None:
        self.ledger.write(event, before=self.ledger.step.value, actor=SYSTEM, at=at)

    def _move(
        self, event: events.CaseEvent, to: Step, by: Hand | Actor, note: str = "", **texts: str
    ) -> UUID:
        actor = by.actor if isinstance(by, Hand) else by
        event_id = self.ledger.move(
            event, to=to, actor=actor, at=self.at, texts={"note": note, **texts}
        )
        self.camera.belong_to(event_id)
        return event_id
