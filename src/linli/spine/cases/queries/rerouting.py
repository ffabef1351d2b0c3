"""What another list of responsibilities, or another catalogue, would route differently.

Cases are counted by category and place, which is all that routing asks, so that a million of them
are judged as fast as a hundred. Complaints about a unit never follow the list and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q

from linli.ground.people.queries import list_organisations
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.catalogue_terms import (
    CategoryUse,
    CategoryView,
    NewItem,
    ResponsibilityKind,
    split_key,
)
from linli.spine.cases.models import Case, Responsibility
from linli.spine.cases.queries.catalogue import find_category_by_id, follow_successors
from linli.spine.cases.queries.routing import let_heirs_follow, list_items, load_tree
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.routing import Item, Matter, OrganisationTree, propose
from linli.spine.cases.terms import ENDS

MOST_CASES = 200
_PLACES = ("category_id", "community__code", "grid__code")
_NAMES = ("community__name", "community__name_en")


@dataclass(frozen=True, kw_only=True)
class Route:
    """Who would lead and help."""

    lead_id: int | None
    helper_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RouteShift:
    """Cases of one category in one community that would go elsewhere; units by name."""

    category_key: str
    category_name: str
    community_name: str
    before: str
    after: str
    helpers_before: tuple[str, ...]
    helpers_after: tuple[str, ...]
    open_cases: int
    late_cases: int

    @property
    def is_lead(self) -> bool:
        """Whether another unit leads, not only others help."""
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class CaseShift:
    """One open case that would go elsewhere if it were dispatched anew; nothing of its words."""

    number: str
    category_name: str
    community_name: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Rerouting:
    """What would route differently: cases still open, and those reported of late.

    Args:
        open_cases: how many are open; `open_moved` of them would get another lead.
        late_cases: how many were reported since the day asked for; `late_moved` likewise.
    """

    open_cases: int
    late_cases: int
    open_moved: int
    late_moved: int
    shifts: tuple[RouteShift, ...]
    cases: tuple[CaseShift, ...]


@dataclass(frozen=True, kw_only=True)
class Routes:
    """One way to route: the items in force, and what has taken over which category."""

    items: tuple[Item, ...]
    successors: Mapping[str, str]
    on: date

    def standing(self, key: str) -> str:
        """Give the key under which a category is routed."""
        found = follow_successors(key, on=self.on)
        return self.successors.get(found, found)


def present_routes(*, street_code: str, on: date) -> Routes:
    """Give how matters are routed on a day as things stand."""
    in_force = tuple(
        one
        for one in list_items(street_code)
        if one.effective_from <= on and (one.effective_to is None or on < one.effective_to)
    )
    return Routes(items=in_force, successors={}, on=on)


def with_items(routes: Routes, items: Sequence[NewItem], *, version: str) -> Routes:
    """Give the same with another list; what an item names that is not on record is left out."""
    codes = {one.code: one.id for one in list_organisations()}
    made = [_item(one, codes, version) for one in items if one.lead in codes]
    return replace(routes, items=tuple(let_heirs_follow(made)))


def _item(one: NewItem, codes: Mapping[str, int], version: str) -> Item:
    return Item(
        id=one.item_no,
        item_no=one.item_no,
        version=version,
        kind=ResponsibilityKind(one.kind),
        lead_id=codes[one.lead],
        helper_ids=tuple(sorted(codes[code] for code in one.helpers if code in codes)),
        keys=frozenset(one.categories),
        majors=frozenset(one.majors),
        area_prefix=prefix_of(one.area) if one.area else "",
    )


def with_successors(routes: Routes, successors: Mapping[str, str]) -> Routes:
    """Give the same with categories that have ended, each with its successor or an empty text."""
    # Nothing succeeds most categories: an item must not come to name what has no category.
    named = {"", *(key for item in routes.items for key in item.keys)}
    items = tuple(
        replace(item, keys=item.keys | ({successors.get(key, "") for key in item.keys} - named))
        for item in routes.items
    )
    return replace(routes, items=items, successors=successors)


def compare_routes(
    *, street_code: str, before: Routes, after: Routes, since: datetime
) -> Rerouting:
    """Compare two ways to route over the cases of a sub-district, in a fixed number of statements.

    Args:
        since: cases reported from then on count as reported of late.
    """
    tree = load_tree(street_code)
    old, new = _Router(before, tree), _Router(after, tree)
    rows = list(_count(street_code, since))
    moved = [
        (row, was, will) for row in rows if (was := old.route(row)) != (will := new.route(row))
    ]
    names = _unit_names(route for _row, *routes in moved for route in routes)
    other = [one for one in moved if one[1].lead_id != one[2].lead_id]
    return Rerouting(
        open_cases=sum(row["opened"] for row in rows),
        late_cases=sum(row["late"] for row in rows),
        open_moved=sum(row["opened"] for row, _was, _will in other),
        late_moved=sum(row["late"] for row, _was, _will in other),
        shifts=tuple(_shifts(moved, names)),
        cases=tuple(_cases(street_code, other, names)),
    )


def _count(street_code: str, since: datetime) -> Iterator[dict[str, Any]]:
    is_open, is_late = ~Q(step__in=ENDS), Q(reported_at__gte=since)
    cases = Case.objects.filter(is_open | is_late, street__code=street_code)
    cases = cases.filter(about_organisation=None).order_by()
    yield from cases.values(*_PLACES, *_NAMES).annotate(
        opened=Count("id", filter=is_open), late=Count("id", filter=is_late)
    )


class _Router:
    """Routes groups of cases; each pair of category and relevant place only once."""

    def __init__(self, routes: Routes, tree: OrganisationTree) -> None:
        self.routes, self.tree = routes, tree
        self.prefixes = {item.area_prefix for item in routes.items if item.area_prefix}
        self.known: dict[tuple[int | None, tuple[str, ...]], Route] = {}

    def route(self, row: Mapping[str, Any]) -> Route:
        """Tell who would lead and help in a group of cases."""
        area = row["grid__code"] or row["community__code"] or ""
        inside = tuple(sorted(prefix for prefix in self.prefixes if area.startswith(prefix)))
        place = (row["category_id"], inside)
        if place not in self.known:
            self.known[place] = self._propose(row["category_id"], area)
        return self.known[place]

    def _propose(self, category_id: int | None, area: str) -> Route:
        filed = find_category_by_id(category_id) if category_id else None
        key = self.routes.standing(filed.key) if filed else ""
        major = filed.major_key if filed else ""
        matter = Matter(key=key, major_key=major, area_code=area, on=self.routes.on)
        found = propose(matter=matter, items=self.routes.items, tree=self.tree)
        return Route(lead_id=found.lead_id, helper_ids=tuple(sorted(found.helper_ids)))


def _unit_names(routes: Iterable[Route]) -> dict[int | None, str]:
    ids = {number for route in routes for number in (route.lead_id, *route.helper_ids) if number}
    units = list_organisations(ids=ids, active_only=False) if ids else []
    return {one.id: name_of(one) for one in units}


def _shifts(
    moved: Iterable[tuple[Mapping[str, Any], Route, Route]], names: Mapping[int | None, str]
) -> Iterator[RouteShift]:
    """Add up what moves alike: one line for a category in a community."""
    found: dict[tuple[object, ...], RouteShift] = {}
    for row, was, will in moved:
        filed = find_category_by_id(row["category_id"]) if row["category_id"] else None
        key = (filed.key if filed else "", row["community__code"], was, will)
        held = found.get(key)
        found[key] = RouteShift(
            category_key=filed.key if filed else "",
            category_name=name_of(filed) if filed else "",
            community_name=_community(row),
            before=names.get(was.lead_id, ""),
            after=names.get(will.lead_id, ""),
            helpers_before=tuple(names[one] for one in was.helper_ids if one in names),
            helpers_after=tuple(names[one] for one in will.helper_ids if one in names),
            open_cases=row["opened"] + (held.open_cases if held else 0),
            late_cases=row["late"] + (held.late_cases if held else 0),
        )
    yield from sorted(
        found.values(), key=lambda one: (not one.is_lead, -one.open_cases, -one.late_cases)
    )


def _cases(
    street_code: str,
    moved: Sequence[tuple[Mapping[str, Any], Route, Route]],
    names: Mapping[int | None, str],
) -> Iterator[CaseShift]:
    routes = {
        tuple(row[name] for name in _PLACES): (was, will)
        for row, was, will in moved
        if row["opened"]
    }
    if not routes:
        return
    wanted = reduce(or_, (_at(place) for place in routes))
    cases = Case.objects.filter(wanted, street__code=street_code, about_organisation=None)
    cases = cases.exclude(step__in=ENDS).order_by("-reported_at", "-id")
    for row in cases.values("number", *_PLACES, *_NAMES)[:MOST_CASES]:
        was, will = routes[tuple(row[name] for name in _PLACES)]
        filed = find_category_by_id(row["category_id"]) if row["category_id"] else None
        yield CaseShift(
            number=row["number"],
            category_name=name_of(filed) if filed else "",
            community_name=_community(row),
            before=names.get(was.lead_id, ""),
            after=names.get(will.lead_id, ""),
        )


def _at(place: tuple[object, ...]) -> Q:
    return Q(**dict(zip(_PLACES, place, strict=True)))


def _community(row: Mapping[str, Any]) -> str:
    from linli.spine.cases.queries.words import is_english

    return (row["community__name_en"] if is_english() else "") or row["community__name"] or ""


def count_uses(keys: Sequence[str]) -> dict[str, CategoryUse]:
    """Count what still stands on these categories: open cases, and items of open lists."""
    if not keys:
        return {}
    here = reduce(or_, (_of(key) for key in keys))
    open_cases: dict[str, int] = dict.fromkeys(keys, 0)
    rows = Case.objects.filter(here).exclude(step__in=ENDS).order_by()
    for row in rows.values("category_id").annotate(counted=Count("id")):
        filed = find_category_by_id(row["category_id"])
        if filed is not None:
            open_cases[filed.key] += row["counted"]
    items: dict[str, list[int]] = {key: [] for key in keys}
    named = Responsibility.objects.filter(
        reduce(or_, (_of(key, "categories__") for key in keys)), list__effective_to=None
    )
    for number, kind, code in named.order_by("item_no").values_list(
        "item_no", "categories__kind", "categories__code"
    ):
        items[f"{kind}:{code}"].append(number)
    return {
        key: CategoryUse(open_cases=open_cases[key], item_nos=tuple(items[key])) for key in keys
    }


def _of(key: str, through: str = "category__") -> Q:
    kind, code = split_key(key)
    return Q(**{f"{through}kind": kind, f"{through}code": code})


def count_open_by_category() -> dict[str, int]:
    """Count the open cases of each category, by key."""
    found: dict[str, int] = {}
    rows = Case.objects.exclude(step__in=ENDS).exclude(category=None).order_by()
    for row in rows.values("category_id").annotate(counted=Count("id")):
        filed: CategoryView | None = find_category_by_id(row["category_id"])
        if filed is not None:
            found[filed.key] = found.get(filed.key, 0) + row["counted"]
    return found
