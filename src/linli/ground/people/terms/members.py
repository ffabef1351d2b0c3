"""Who is asking, what an action is aimed at, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.ground.kernel.terms import Actor, ActorKind

from .roles import Role


@dataclass(frozen=True, kw_only=True)
class Post:
    """One appointment in force: a role at an organisation or in an area.

    `organisation_line` runs from the organisation up to its highest superior.
    `area_prefix` and `street_prefix` are the digits that every code inside begins with.
    `stands_in_for` is the person who holds it, where the member only stands in.
    """

    appointment_id: int | None
    role: Role
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_line: tuple[int, ...] = ()
    area_id: int | None = None
    area_code: str = ""
    area_kind: str = ""
    area_name: str = ""
    area_prefix: str = ""
    street_code: str = ""
    street_prefix: str = ""
    ends_on: date | None = None
    stands_in_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class Member:
    """Who is asking: an account with the posts in force at that instant."""

    account_id: int
    person_id: int | None
    login: str
    name: str
    language: str
    appointments: tuple[Post, ...] = ()
    is_demonstration: bool = False

    @property
    def is_staff(self) -> bool:
        """Whether the member holds any post."""
        return bool(self.appointments)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held, each once, in the order of the posts."""
        return tuple(dict.fromkeys(post.role for post in self.appointments))

    @property
    def organisation_ids(self) -> tuple[int, ...]:
        """The organisations the member holds a post at, each once."""
        found = (post.organisation_id for post in self.appointments)
        return tuple(dict.fromkeys(number for number in found if number is not None))

    @property
    def street_codes(self) -> tuple[str, ...]:
        """The sub-districts the member holds a post in, each once, in the order of the posts."""
        found = (post.street_code for post in self.appointments)
        return tuple(dict.fromkeys(code for code in found if code))

    def actor(self, *, role: Role | None = None, post: Post | None = None) -> Actor:
        """The kernel's actor for this member in `role`, or in the first post when none is named.

        Args:
            post: the very post acted in, where the same role may be held in several.

        Raises:
            ValueError: when the member does not hold that role.
        """
        post = post or self._post(role)
        if post is None or post.role is Role.RESIDENT:
            return Actor(
                kind=ActorKind.RESIDENT, account_id=self.account_id, role=Role.RESIDENT.value
            )
        return Actor(
            kind=ActorKind.STAFF,
            account_id=self.account_id,
            role=post.role.value,
            organisation_id=post.organisation_id,
            stands_in_for=post.stands_in_for,
        )

    def _post(self, role: Role | None) -> Post | None:
        if role is Role.RESIDENT:
            return None
        if role is None:
            return next(iter(self.appointments), None)
        held = next((post for post in self.appointments if post.role is role), None)
        if held is None:
            raise ValueError(f"account {self.account_id} does not hold the role {role}")
        return held


@dataclass(frozen=True, kw_only=True)
class Target:
    """What an action is aimed at.

    A target counts as a complaint unless the caller says it is none, so that what is forgotten
    is denied. `about_organisation_id` is the unit a complaint is about. `heir_codes` are the areas
    that have the ground of `area_code` now, where it has ended: given to read, never to act.
    """

    street_code: str = ""
    area_code: str = ""
    organisation_ids: tuple[int, ...] = ()
    reporter_account_id: int | None = None
    is_complaint: bool = True
    about_organisation_id: int | None = None
    heir_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scope:
    """How far an action reaches over all posts of a member, to be turned into a filter.

    A row is inside when any of these hold: `all`; its area or street code begins with one of
    `area_prefixes`; it is no complaint and begins with one of `area_prefixes_without_complaints`;
    it is assigned to one of `organisation_ids`; it was reported by `account_id`. A complaint
    about one of `never_about` is outside, except for its own reporter.
    """

    all: bool = False
    area_prefixes: tuple[str, ...] = ()
    area_prefixes_without_complaints: tuple[str, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    account_id: int | None = None
    never_about: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is inside."""
        return not (
            self.all
            or self.area_prefixes
            or self.area_prefixes_without_complaints
            or self.organisation_ids
            or self.account_id is not None
        )
