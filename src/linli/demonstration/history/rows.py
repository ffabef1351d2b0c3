"""The rows of one case as it lives: a projection of its events, in the columns of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.terms import Actor, Occurrence
from linli.spine.cases.events import CaseEvent
from linli.spine.cases.rules.clocks import STEP_CLOCKS, StartedClock
from linli.spine.cases.rules.ladder import NextRung, Running, find_next
from linli.spine.cases.terms import SUBJECT_KIND, ClockName, Step, case_subject
from linli.spine.cases.terms.supervision import Rung

from .columns import (
    AssignmentColumns,
    CaseColumns,
    CasePhotoColumns,
    ClockColumns,
    RatingColumns,
    ReporterColumns,
)
from .world import World

Row = dict[str, object]
RECENT = timedelta(hours=40)


@dataclass(kw_only=True)
class Book:
    """All rows to be written, by table."""

    cases: list[CaseColumns] = field(default_factory=list)
    reporters: list[ReporterColumns] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    assignments: list[AssignmentColumns] = field(default_factory=list)
    clocks: list[ClockColumns] = field(default_factory=list)
    photos: list[Row] = field(default_factory=list)
    case_photos: list[CasePhotoColumns] = field(default_factory=list)
    ratings: list[RatingColumns] = field(default_factory=list)
    latest: list[Occurrence] = field(default_factory=list)


@dataclass(kw_only=True)
class Ledger:
    """One case being written down: its row, its running clocks, its step."""

    world: World
    book: Book
    case: CaseColumns
    step: Step
    running: dict[ClockName, ClockColumns] = field(default_factory=dict)
    handling: ClockColumns | None = None
    photographer_id: int | None = None
    ratings: list[RatingColumns] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The id of the case."""
        return self.case.id

    def move(
        self,
        event: CaseEvent,
        *,
        to: Step,
        actor: Actor,
        at: datetime,
        texts: Mapping[str, str] | None = None,
    ) -> UUID:
        """Record an event; a move to another step turns the clocks as the service does."""
        source = self.step.value
        if to is not self.step:
            self.step = to
            self._turn(at)
            self.case.version += 1
        self.case.step, self.case.changed_at = to.value, at
        return self.write(event, before=source, actor=actor, at=at, texts=texts)

    def open(self, event: CaseEvent, *, actor: Actor, at: datetime) -> UUID:
        """Record the report itself and start the clock of the first step."""
        self._turn(at)
        return self.write(event, before="", actor=actor, at=at)

    def write(
        self,
        event: CaseEvent,
        *,
        before: str,
        actor: Actor,
        at: datetime,
        texts: Mapping[str, str] | None = None,
    ) -> UUID:
        """Write one event with its words; state is the caller's."""
        event_id = self.world.new_id(at)
        told = replace(event, due_at=self.case.due_at)
        self.book.events.append(
            {
                "id": event_id,
                "recorded_at": at,
                "subject_kind": SUBJECT_KIND,
                "subject_id": str(self.id),
                "name": event.name,
                "actor_kind": actor.kind.value,
                "actor_id": actor.account_id,
                "actor_role": actor.role,
                "actor_organisation_id": actor.organisation_id,
                "step_before": before,
                "step_after": self.step.value,
                "facts": msgspec.Raw(msgspec.json.encode(told)),
            }
        )
        kept = {key: body for key, body in (texts or {}).items() if body}
        self.book.texts.extend(
            {"event_id": event_id, "key": key, "body": body, "erased_at": None}
            for key, body in kept.items()
        )
        if self.world.until - at < RECENT:
            self.book.latest.append(
                Occurrence(
                    id=event_id,
                    event=told,
                    subject=case_subject(self.id),
                    actor=actor,
                    at=at,
                    step_before=before,
                    step_after=self.step.value,
                    texts=kept,
                )
            )
        return event_id

    def keep_clock(self, clock: StartedClock) -> ClockColumns:
        """Write down a clock as it starts."""
        row = ClockColumns(
            case_id=self.id,
            name=clock.name.value,
            started_at=clock.started_at,
            limit_amount=clock.limit.amount,
            limit_unit=clock.limit.unit.value,
            promised_at=clock.due_at,
            due_at=clock.due_at,
        )
        self.plan(row)
        self.book.clocks.append(row)
        self.running[clock.name] = row
        if clock.name is ClockName.HANDLE:
            self.handling = row
        return row

    def plan(self, clock: ClockColumns) -> None:
        """Work out when a clock reaches its next rung, as the sweep does."""
        step = self.find_next(clock)
        clock.ladder_at, clock.ladder_for = (step.at if step else None), clock.due_at

    def find_next(self, clock: ClockColumns) -> NextRung | None:
        """Find the next rung of a clock by the ladder of the sub-district."""
        running = Running(
            started_at=clock.started_at,
            due_at=clock.due_at,
            unit=Unit(clock.limit_unit),
            rung=Rung(clock.rung) if clock.rung else None,
        )
        return find_next(running, self.world.policy.ladder, self.world.calendar)

    def rate(self, rating: RatingColumns) -> None:
        """Write down what the reporter said of a closing."""
        self.ratings.append(rating)
        self.book.ratings.append(rating)

    def start(self, name: ClockName, at: datetime, limit: Limit | None = None) -> StartedClock:
        """Start a clock as `rules.clocks.start_clock` does."""
        chosen = limit or self.world.policy.limit_of(name, is_urgent=self.case.is_urgent)
        due_at = self.world.hours.due_after(at, chosen)
        return StartedClock(name=name, started_at=at, limit=chosen, due_at=due_at)

    def _turn(self, at: datetime) -> None:
        wanted = STEP_CLOCKS.get(self.step)
        for name in list(self.running):
            is_handling = name is ClockName.HANDLE and self.step in (Step.ACCEPTING, Step.HANDLING)
            if name is not wanted and not is_handling:
                self.running.pop(name).stopped_at = at
        clock = self._clock(wanted, at) if wanted else None
        self.case.due_at = clock.due_at if clock else None
        self.case.is_overdue = clock is not None and clock.overdue_at is not None

    def _clock(self, wanted: ClockName, at: datetime) -> ClockColumns:
        if wanted in self.running:
            return self.running[wanted]
        if wanted is ClockName.HANDLE and self.handling is not None:
            self.handling.stopped_at = None
            self.running[wanted] = self.handling
            return self.handling
        return self.keep_clock(self.start(wanted, at))
