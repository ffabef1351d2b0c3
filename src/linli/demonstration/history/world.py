"""What every case of the demonstration's year meets: rules, people, lists and the hours of work."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from linli.demonstration.worktime import WorkingTime
from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.terms import Actor, ActorKind
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.rules.clocks import Policy
from linli.spine.cases.rules.routing import Item, Matter, OrganisationTree, Proposal, propose


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Somebody who acts on cases: account, role and organisation."""

    account_id: int
    role: str
    organisation_id: int | None

    @property
    def actor(self) -> Actor:
        """The actor that events name."""
        return Actor(
            kind=ActorKind.STAFF,
            account_id=self.account_id,
            role=self.role,
            organisation_id=self.organisation_id,
        )


@dataclass(kw_only=True)
class World:
    """Everything a case meets; `until` is the instant of loading, after which nothing happens."""

    until: datetime
    secret: str
    calendar: WorkingCalendar
    policy: Policy
    hours: WorkingTime
    street_id: int
    areas: Mapping[str, int]
    categories: Mapping[str, CategoryView]
    items: Sequence[Item]
    tree: OrganisationTree
    clerk: Hand
    shift_leader: Hand
    dispatcher: Hand
    verifier: Hand
    grid_leaders: Mapping[str, Hand]
    handlers: Mapping[int, Hand]
    resident_id: int
    pictures: Mapping[tuple[str, bool], Sequence[Mapping[str, object]]]
    chance: random.Random
    numbers: int = 0
    proposals: dict[tuple[str, str, int], Proposal] = field(default_factory=dict)

    def propose(self, category: CategoryView, grid_code: str, at: datetime) -> Proposal:
        """Propose who handles a matter, by the list in force on the day it was reported."""
        on = at.astimezone(self.hours.zone).date()
        key = (category.key, grid_code, on.year)
        if key not in self.proposals:
            matter = Matter(
                key=category.key, major_key=category.major_key, area_code=grid_code, on=on
            )
            self.proposals[key] = propose(matter=matter, items=self.items, tree=self.tree)
        return self.proposals[key]

    def new_id(self, at: datetime) -> UUID:
        """Make a UUIDv7 of that instant (RFC 9562, 5.7), the same at every loading."""
        milliseconds = int(at.timestamp() * 1000)
        value = milliseconds << 80 | 7 << 76 | self.chance.getrandbits(12) << 64
        return UUID(int=value | 2 << 62 | self.chance.getrandbits(62))
