"""Posts in the words of the page: which one is to be filled, and how lines of posts are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for
from linli.faces.desk.filters import Choices
from linli.faces.desk.finding import street_of
from linli.faces.desk.offers import in_english, name_organisation
from linli.ground.kernel.searches import record_search
from linli.ground.people.post_rules import right_to_keep
from linli.ground.people.queries import list_organisations
from linli.ground.people.queries.search import SHORTEST_NAME, search_candidates
from linli.ground.people.rules import may
from linli.ground.people.terms import LEADERS_OF_ONE_AREA, Action, Member, PersonLine, Role, Target
from linli.ground.people.terms.posts import PostLine, PostView
from linli.ground.territory.errors import UnknownArea
from linli.ground.territory.locator import list_refs
from linli.ground.territory.queries import get_area
from linli.ground.territory.terms import AreaKind, AreaView, prefix_of

USUAL_YEARS = 3
COMMUNITY_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A post to be filled: the role, and where."""

    role: Role
    area: AreaView

    @property
    def area_id(self) -> int:
        """The area's version."""
        return self.area.id

    @property
    def name(self) -> str:
        """The area in the language of the page."""
        return (self.area.name_en if in_english() else "") or self.area.name

    @property
    def looked_for_in(self) -> str:
        """Where one looks for people: leaders live in the community, staff in the street."""
        is_small = self.role in LEADERS_OF_ONE_AREA or self.role is Role.GRID_WORKER
        return self.area.code[:COMMUNITY_DIGITS] if is_small else f"{self.area.code[:9]}000"

    @property
    def has_organisation(self) -> bool:
        """Whether the holder works for some organisation."""
        return self.role not in (Role.BUILDING_LEADER, Role.UNIT_LEADER)

    def usual(self, today: date) -> dict[str, Any]:
        """Give what is proposed: a term of three years from today."""
        ends = today.replace(year=today.year + USUAL_YEARS, day=min(today.day, 28))
        return {"starts_on": today, "ends_on": ends if self.role in LEADERS_OF_ONE_AREA else None}


@dataclass(frozen=True, kw_only=True)
class NamedPost:
    """A post with its place and organisation in the language of the page."""

    line: PostLine | PostView
    place: str
    above: str
    organisation: str


def read_slot(query: QueryDict, member: Member) -> Slot | None:
    """Read which post is to be filled; None without one that the member may fill."""
    role, area_id = query.get("role", ""), query.get("area", "")
    is_number = area_id.isascii() and area_id.isdigit() and len(area_id) < 16
    if role not in set(Role) or role == Role.RESIDENT or not is_number:
        return None
    try:
        slot = Slot(role=Role(role), area=get_area(int(area_id)))
    except UnknownArea:
        return None
    target = Target(area_code=slot.area.code, street_code=slot.area.code, is_complaint=False)
    return slot if may(member, right_to_keep(slot.role), target) else None


def offer_roles(member: Member) -> list[tuple[str, str]]:
    """Offer the roles a member may give somewhere."""
    return [
        (role.value, gettext(role.label))
        for role in Role
        if role is not Role.RESIDENT and holds_post_for(member, right_to_keep(role))
    ]


def offer_places(member: Member) -> Choices:
    """Offer the street, its communities and grids by id."""
    codes = sorted({post.street_code for post in member.appointments if post.street_code})
    found: list[tuple[str, Any]] = []
    for street in codes:
        prefix = prefix_of(street)
        for kind in (AreaKind.STREET, AreaKind.COMMUNITY, AreaKind.GRID):
            found += [
                (str(one.id), (one.name_en if in_english() else "") or one.name)
                for one in list_refs(kind, prefix)
            ]
    return found


def offer_doors(member: Member) -> Choices:
    """Offer the street, its communities and grids by code, as far as the member sees posts."""
    found: list[tuple[str, Any]] = []
    for street in sorted({post.street_code for post in member.appointments if post.street_code}):
        for kind in (AreaKind.STREET, AreaKind.COMMUNITY, AreaKind.GRID):
            found += [
                (one.code, (one.name_en if in_english() else "") or one.name)
                for one in list_refs(kind, prefix_of(street))
                if may(member, Action.POST_READ, _at(one.code))
            ]
    return found


def _at(code: str) -> Target:
    return Target(area_code=code, street_code=code, is_complaint=False)


def find_candidates(
    member: Member,
    asked: str,
    *,
    within_code: str,
    at: datetime,
    without: int | None = None,
) -> list[PersonLine]:
    """Find people who could hold a post, by name; the search is logged, a short one is not made.

    Args:
        within_code: where one looks.
        without: a person who is not among them, as the one who is away.
    """
    if len(asked) < SHORTEST_NAME:
        return []
    record_search(
        actor=member.actor(),
        street_code=street_of(member),
        kinds=("people",),
        words=asked,
        at=at,
    )
    found = search_candidates(within_code=within_code, text=asked)
    return [one for one in found if one.id != without]


def name_posts(lines: Iterable[PostLine | PostView]) -> list[NamedPost]:
    """Name places and organisations of posts, in no statement but the first of a process."""
    rows = list(lines)
    units = {one.id: name_organisation(one) for one in list_organisations(active_only=False)}
    return [
        NamedPost(
            line=one,
            place=one.area_name_en if in_english() else one.area_name,
            above=_above(one),
            organisation=units.get(one.organisation_id or 0, ""),
        )
        for one in rows
    ]


def _above(one: PostLine | PostView) -> str:
    if isinstance(one, PostView):
        return ""
    return one.above_en if in_english() else one.above
