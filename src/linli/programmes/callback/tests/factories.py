"""An office with somebody who calls back, and cases played to their closing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.ground.people.models import Account
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import (
    AccountFactory,
    OrganisationFactory,
    hold_post,
    member_of,
)
from linli.programmes.callback.models import Callback
from linli.programmes.callback.services.calling import log_try, take
from linli.programmes.callback.terms import Result, Step, TryInput, Way
from linli.spine.cases.terms import ActionName, Contact, Reported
from linli.spine.cases.terms import Step as CaseStep
from linli.spine.cases.tests.factories import START, Office, make_office

DAY = timedelta(days=1)
REACHED = TryInput(way=Way.PHONE, result=Result.REACHED, solved=True, satisfaction=3)
UNSOLVED = TryInput(
    way=Way.PHONE,
    result=Result.REACHED,
    solved=False,
    satisfaction=1,
    note="她说还堆着",
    redo_note="还有一半没有清走",
)
NO_ANSWER = TryInput(way=Way.PHONE, result=Result.NO_ANSWER)


@dataclass
class Crew:
    """The office and those who have to do with call-backs, by name."""

    office: Office
    accounts: dict[str, Account]
    members: dict[str, Member] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Member:
        if name not in self.members:
            self.members[name] = member_of(self.accounts[name], at=START)
        return self.members[name]

    @property
    def at(self) -> datetime:
        """What time it is."""
        return self.office.at

    def tick(self, span: timedelta = timedelta(minutes=10)) -> datetime:
        """Let time pass and say what time it is."""
        return self.office.tick(span)

    def close(self, **changes: Any) -> Reported:
        """Report a matter and take it to its closing."""
        return self.office.play(to=CaseStep.CLOSED, **changes)

    def callback_of(self, reported: Reported) -> Callback:
        """Give the newest call-back of a case."""
        return Callback.objects.filter(case_id=reported.case_id).latest("closed_at")

    def made(self, **changes: Any) -> UUID:
        """Close a case and give its call-back."""
        return self.callback_of(self.close(**changes)).id

    def attempt(self, callback_id: UUID, form: TryInput = REACHED, who: str = "clerk") -> Step:
        """Take a call-back and log a try."""
        take(callback_id=callback_id, member=self[who], at=self.tick())
        return log_try(callback_id=callback_id, member=self[who], form=form, at=self.tick())

    def rate(self, reported: Reported, *, solved: bool = True, satisfaction: int = 3) -> None:
        """Let the reporter rate on the own page."""
        self.office.by_code(reported, ActionName.RATE, solved=solved, satisfaction=satisfaction)

    def reopen(self, reported: Reported) -> None:
        """Let the reporter reopen on the own page."""
        self.office.by_code(reported, ActionName.REOPEN, note="没有解决")


def make_crew() -> Crew:
    """Make an office with two who call back; one of the centre is posted at the lead besides."""
    office = make_office()
    street = {"street": office.place.street}
    centre = OrganisationFactory(name="示例指挥中心", name_en="Example centre")
    both = AccountFactory(callback_clerk=True, **street)
    handler = AccountFactory(handler=True, organisation=office.lead)
    hold_post(both, Role.HANDLER, organisation=office.lead)
    accounts: dict[str, Account] = {
        "clerk": AccountFactory(callback_clerk=True, organisation=centre, **street),
        "colleague": AccountFactory(callback_clerk=True, **street),
        "both": both,
        "handler": handler,
        "shift": office.accounts[Role.SHIFT_LEADER],
        "supervisor": office.accounts[Role.SUPERVISOR],
        "leader": AccountFactory(street_leader=True, **street),
        "intake": office.accounts[Role.INTAKE_CLERK],
        "keeper": office.accounts[Role.KEEPER],
        "resident": office.accounts[Role.RESIDENT],
    }
    return Crew(office=office, accounts=accounts)


NOBODY = Contact()
