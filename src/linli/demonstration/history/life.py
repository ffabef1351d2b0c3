"""One case from the report to its end, or to the instant of loading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from linli.demonstration.stories import Telling
from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.terms import SYSTEM, Actor, ActorKind
from linli.spine.cases import events
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.rules.clocks import StartedClock, reopen_until, runs_always
from linli.spine.cases.rules.routing import Proposal
from linli.spine.cases.terms import ClockName, Step

from . import words
from .columns import AssignmentColumns, RatingColumns
from .course import Course, NotYet
from .rows import Book
from .world import Hand, World

RESIDENT = Actor(kind=ActorKind.RESIDENT, role="resident")


class Life(Course):
    """Plays one case by chance and by the rules, act after act."""

    def __init__(self, world: World, book: Book, telling: Telling, category: CategoryView) -> None:
        super().__init__(world, book, telling, category)
        self.assignments: list[AssignmentColumns] = []
        self.lead = AssignmentColumns(case_id=self.case.id, offered_at=telling.at)
        self.due = telling.at

    def live(self) -> None:
        """Play the case as far as it gets."""
        self.camera.report(self.at, by=self.ledger.photographer_id)
        try:
            self._from_report_to_filing()
        except NotYet:
            self._sweep(self.world.until)

    def _from_report_to_filing(self) -> None:
        found = True
        if self.ledger.step is Step.VERIFYING:
            self._wait(8, 200)
            found = not self._happens("refuted", 0.05)
            self._move(
                events.ReportVerified(found=found),
                Step.FILING,
                self.world.grid_leaders[self.telling.grid.code],
                "" if found else self._chosen(words.REFUTED),
            )
        elif self.telling.channel == "patrol" and self._happens("settled", 0.3):
            return self._settle()
        self._wait(3, 70)
        if self._happens("voided", 0.01):
            return self._end(events.CaseVoided(), Step.VOID, self.world.shift_leader, words.VOIDED)
        if not found or self._happens("declined", 0.02):
            return self._decline()
        self.case.filed_at = self.at
        self._move(
            events.CaseFiled(category_id=self.category.id), Step.DISPATCHING, self.world.clerk
        )
        return self._from_dispatch_to_end()

    def _settle(self) -> None:
        self._wait(6, 30)
        finder = self.world.grid_leaders[self.telling.grid.code]
        before, after = self.camera.before_and_after(self.at, by=finder.account_id)
        self.case.closed_at = self.at
        self._move(
            events.CaseSettled(category_id=self.category.id, before_ids=before, photo_ids=after),
            Step.SETTLED,
            finder,
            self._chosen(self.telling.story.done),
        )

    def _decline(self) -> None:
        reopen_until = self.case.reopen_until = self._window()
        self._end(
            events.CaseDeclined(reopen_until=reopen_until),
            Step.DECLINED,
            self.world.clerk,
            words.DECLINED,
            elsewhere=self._chosen(words.ELSEWHERE),
        )

    def _end(
        self,
        event: events.CaseEvent,
        step: Step,
        by: Hand,
        notes: Sequence[str],
        **texts: str,
    ) -> None:
        self.case.closed_at = self.at
        self._move(event, step, by, self._chosen(notes), **texts)

    def _from_dispatch_to_end(self) -> None:
        while True:
            self._dispatch()
            self._handle(self.pace * self.chance.lognormvariate(-0.85, 0.52))
            self._check()
            self._wait(5, 110)
            self._close()
            if not self._answer():
                return

    def _dispatch(self) -> None:
        self._wait(4, 80)
        is_binding = self.case.return_count >= self.world.policy.return_limit
        proposal = self.world.propose(self.category, self.telling.grid.code, self.telling.at)
        clock = self.ledger.start(ClockName.HANDLE, self.at, self._limit())
        self.ledger.keep_clock(clock)
        self.case.dispatched_at = self.at
        self.case.handle_due_at = self.due = clock.due_at
        self.case.promised_at = self.case.promised_at or clock.due_at
        self.lead = self._lead(proposal, clock.due_at, is_binding=is_binding)
        helpers = proposal.helper_ids if self._happens("helped", 0.3) else ()
        for helper in helpers:
            self._assign(
                AssignmentColumns(
                    case_id=self.case.id,
                    duty="helper",
                    organisation_id=helper,
                    state="accepted",
                    offered_at=self.at,
                    accepted_at=self.at,
                )
            )
        event = self._dispatched(clock, helpers, self.case.promised_at)
        if is_binding:
            self._move(event, Step.HANDLING, self.world.dispatcher, self._chosen(words.RULED))
        else:
            self._move(event, Step.ACCEPTING, self.world.dispatcher)
            self._accept()

    def _limit(self) -> Limit:
        return Limit(self.category.limit_amount, Unit(self.category.limit_unit))

    def _lead(self, proposal: Proposal, due_at: datetime, *, is_binding: bool) -> AssignmentColumns:
        lead = AssignmentColumns(
            case_id=self.case.id,
            organisation_id=proposal.lead_id,
            offered_at=self.at,
            promised_at=due_at,
            due_at=due_at,
            is_binding=is_binding,
        )
        if is_binding:
            lead.state, lead.accepted_at, lead.reason_code = "accepted", self.at, "dispatch.ruled"
        else:
            lead.accept_by = self.ledger.start(ClockName.ACCEPT, self.at).due_at
            lead.responsibility_id = proposal.responsibility_id
            lead.reason_code = proposal.reason.code
            lead.reason_params = dict(proposal.reason.params)
        return self._assign(lead)

    def _dispatched(
        self, clock: StartedClock, helpers: tuple[int, ...], promised_at: datetime
    ) -> events.CaseDispatched:
        return events.CaseDispatched(
            lead_id=self._organisation,
            helper_ids=helpers,
            responsibility_id=self.lead.responsibility_id,
            reason_code=self.lead.reason_code,
            limit_amount=clock.limit.amount,
            limit_unit=clock.limit.unit.value,
            promised_at=promised_at,
            handle_due_at=clock.due_at,
            accept_by=self.lead.accept_by,
            is_binding=self.lead.is_binding,
        )

    def _assign(self, row: AssignmentColumns) -> AssignmentColumns:
        self.assignments.append(row)
        self.book.assignments.append(row)
        return row

    def _finish(self, lead_state: str, other_state: str) -> None:
        for row in self.assignments:
            if row.is_open:
                row.state = lead_state if row.duty == "lead" else other_state
                row.finished_at = self.at

    @property
    def _organisation(self) -> int:
        if self.lead.organisation_id is None:
            raise ValueError("every category of the demonstration is routed to somebody")
        return self.lead.organisation_id

    def _in_turn(self) -> int | None:
        return self.lead.organisation_id if self.lead.is_open else None

    @property
    def _handler(self) -> Hand:
        return self.world.handlers[self._organisation]

    def _accept(self) -> None:
        accept_by = self.lead.accept_by or self.at
        is_silent = self._happens("silent", 0.05)
        if is_silent:
            self._come(accept_by + timedelta(seconds=30))
        else:
            self._come(min(self._answered_at(), accept_by))
            if self._happens("returned", 0.035):
                return self._send_back()
            self.lead.account_id = self._handler.account_id
        self.lead.state, self.lead.accepted_at = "accepted", self.at
        event = events.AssignmentAccepted(organisation_id=self._organisation, is_silent=is_silent)
        self._move(event, Step.HANDLING, SYSTEM if is_silent else self._handler)
        return None

    def _answered_at(self) -> datetime:
        minutes = 6 + 170 * self.chance.random() ** 2 * self.pace
        if self.fate is not None or runs_always(self._limit()):
            return self.at + timedelta(minutes=min(minutes, 15))
        return self.world.hours.after(self.at, minutes)

    def _send_back(self) -> None:
        cited = self.chance.choice(self.world.items).id
        self._finish("returned", "withdrawn")
        self.lead.returned_for_id = cited
        self.case.return_count += 1
        self._move(
            events.AssignmentReturned(organisation_id=self._organisation, responsibility_id=cited),
            Step.DISPATCHING,
            self._handler,
            self._chosen(words.RETURNED),
        )
        self._dispatch()

    def _handle(self, share: float) -> None:
        """Work for a share of the time allowed and say it is done; over 1 it is late."""
        if self.fate is not None:
            self._come(self.at + timedelta(minutes=self.chance.uniform(25, 40)))
            return self._feed_back()
        at = self.at + share * max(self.due - self.at, timedelta(hours=2))
        if not runs_always(self._limit()):
            at = self.world.hours.after(at, self.chance.uniform(0.5, 45))
        if share < 1 and at > self.due:
            at = self.due - timedelta(minutes=self.chance.uniform(1, 15))
        self._come(max(at, self.at + timedelta(minutes=self.chance.uniform(2, 9))))
        return self._feed_back()

    def _feed_back(self) -> None:
        self.lead.account_id = self._handler.account_id
        self._move(
            events.HandlingReported(
                organisation_id=self._organisation,
                photo_ids=self.camera.handled(self.at, by=self._handler.account_id),
                on_time=self.at <= self.due,
            ),
            Step.CHECKING,
            self._handler,
            self._chosen(self.telling.story.done),
        )

    def _check(self) -> None:
        self._wait(20, 380)
        while self._happens("reworked", 0.055):
            self._redo()
            self._wait(20, 300)
        self._finish("done", "done")
        self._assign(
            AssignmentColumns(
                case_id=self.case.id,
                duty="verifier",
                account_id=self.world.verifier.account_id,
                state="done",
                offered_at=self.at,
                accepted_at=self.at,
                finished_at=self.at,
            )
        )
        self._move(
            events.CheckPassed(
                photo_ids=self.camera.checked(self.at, by=self.world.verifier.account_id)
            ),
            Step.CLOSING,
            self.world.verifier,
            self._chosen(words.CHECKED),
        )

    def _redo(self) -> None:
        self.case.rework_count += 1
        self._move(
            events.ReworkOrdered(handle_due_at=self.due),
            Step.HANDLING,
            self.world.verifier,
            self._chosen(words.REWORK),
        )
        self._handle(0.4)

    def _window(self) -> datetime:
        return reopen_until(
            closed_at=self.at, policy=self.world.policy, calendar=self.world.calendar
        )

    def _close(self) -> None:
        self.case.closed_at, self.case.reopen_until = self.at, self._window()
        self._move(events.CaseClosed(reopen_until=self._window()), Step.CLOSED, self.world.clerk)
        self.camera.let_be_seen(self.at + timedelta(minutes=3))

    def _answer(self) -> bool:
        """Let the reporter rate or reopen; say whether a new round begins."""
        is_heard = self.telling.channel in ("web", "phone", "hotline")
        if is_heard and self._happens("reopened", 0.025):
            self._come(self.at + timedelta(hours=self.chance.uniform(3, 130)))
            self.case.closed_at = self.case.reopen_until = None
            self.case.promised_at = self.case.handle_due_at = None
            self._move(
                events.CaseReopened(), Step.DISPATCHING, RESIDENT, self._chosen(words.REOPENED)
            )
            return True
        if is_heard and self._happens("rated", 0.4):
            self._rate()
        return False

    def _rate(self) -> None:
        closed_at = self.at
        most_hours = 60 if self.fate is None else 3
        self._come(self.at + timedelta(hours=self.chance.uniform(0.2, most_hours)))
        solved = self._happens("solved", 0.91)
        satisfaction = self.chance.choices((3, 2, 1), (7, 2, 0.4) if solved else (0, 2, 8))[0]
        event_id = self._move(
            events.CaseRated(solved=solved, satisfaction=satisfaction), Step.CLOSED, RESIDENT
        )
        self.ledger.rate(
            RatingColumns(
                case_id=self.case.id,
                closed_at=closed_at,
                solved=solved,
                satisfaction=satisfaction,
                rated_at=self.at,
                event_id=event_id,
            )
        )
