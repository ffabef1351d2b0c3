"""Which posts there should be, who may give which, and what a term and a way in need. No clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.ground.territory.terms import AreaKind

from .errors import UnableToAppoint
from .terms import LEADERS_OF_ONE_AREA, Action, Basis, Role
from .terms.posts import NewPost, WayInInput
from .terms.redrawing import ROLES_OF_A_GRID

# What should be held at least once in every area of a kind.
POSTS_OF_AREAS: Mapping[AreaKind, tuple[Role, ...]] = {
    AreaKind.STREET: (
        Role.STREET_LEADER,
        Role.SHIFT_LEADER,
        Role.INTAKE_CLERK,
        Role.DISPATCHER,
        Role.VERIFIER,
        Role.SUPERVISOR,
    ),
    AreaKind.COMMUNITY: (Role.COMMUNITY_SECRETARY,),
    AreaKind.GRID: ROLES_OF_A_GRID,
    AreaKind.BUILDING: (Role.BUILDING_LEADER,),
    AreaKind.UNIT: (Role.UNIT_LEADER,),
}
# Posts of the neighbourhood, which a community gives itself; all others are the office's.
OF_THE_NEIGHBOURHOOD = frozenset((*ROLES_OF_A_GRID, *LEADERS_OF_ONE_AREA))
# Whose rights come from an organisation.
AT_ORGANISATIONS = frozenset((Role.HANDLER, Role.JOINT_TEAM_MEMBER))
LONGEST_TERM_YEARS = 5
ENDING_DAYS, LEAST_DAYS, MOST_DAYS = 60, 7, 365


def right_to_keep(role: Role) -> Action:
    """Say by which right a post in this role is given, prolonged and ended."""
    return Action.POST_KEEP if role in OF_THE_NEIGHBOURHOOD else Action.STAFF_KEEP


def kinds_of(role: Role) -> tuple[AreaKind, ...]:
    """List the kinds of areas in which somebody should hold this role; empty for any area."""
    return tuple(kind for kind, roles in POSTS_OF_AREAS.items() if role in roles)


def check_place(said: NewPost, kind: AreaKind) -> None:
    """Refuse a place in which this role is not held, and a handler's without an organisation.

    An officer or a helper may be given a whole community or street as well.

    Raises:
        UnableToAppoint: saying so.
    """
    fits = kinds_of(said.role)
    if said.role in AT_ORGANISATIONS and said.organisation_id is None:
        raise UnableToAppoint("people.post_needs_place", field="organisation")
    if said.role in (Role.GRID_OFFICER, Role.ORDER_HELPER):
        fits = (*fits, AreaKind.COMMUNITY, AreaKind.STREET)
    if fits and kind not in fits:
        raise UnableToAppoint("people.role_not_here", field="role")


def check_term(role: Role, starts_on: date, ends_on: date | None) -> None:
    """Refuse a term out of order, one too long, and a leader's without an end.

    Raises:
        UnableToAppoint: saying which.
    """
    if ends_on is None:
        if role in LEADERS_OF_ONE_AREA:
            raise UnableToAppoint("people.term_needed", field="ends_on")
        return
    if ends_on <= starts_on:
        raise UnableToAppoint("people.term_out_of_order", field="ends_on")
    if (ends_on.year, ends_on.month, ends_on.day) > (
        starts_on.year + LONGEST_TERM_YEARS,
        starts_on.month,
        starts_on.day,
    ):
        raise UnableToAppoint("people.term_too_long", field="ends_on", years=LONGEST_TERM_YEARS)


def check_way_in(said: NewPost) -> None:
    """Refuse an election without counts, a recommendation by nobody, and counts that can't be.

    Raises:
        UnableToAppoint: saying which.
    """
    way = said.way_in
    if said.basis is Basis.RECOMMENDED and said.recommended_by_id is None:
        raise UnableToAppoint("people.recommended_by_whom", field="recommended_by")
    if said.basis is Basis.ELECTED and (way.decided_on is None or way.in_favour is None):
        raise UnableToAppoint("people.election_needs_result", field="in_favour")
    if way.decided_on is not None and way.decided_on > said.starts_on:
        raise UnableToAppoint("people.decided_before_start", field="decided_on")
    if not _counts_fit(way):
        raise UnableToAppoint("people.counts_do_not_fit", field="in_favour")


def _counts_fit(way: WayInInput) -> bool:
    told = [one for one in (way.entitled, way.cast, way.in_favour) if one is not None]
    return told == sorted(told, reverse=True) and all(one >= 0 for one in told)
