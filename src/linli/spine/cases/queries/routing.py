"""Reads of the lists of responsibilities, and proposals for cases; kept until they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.fresh import Fresh
from linli.ground.people.queries import list_organisations
from linli.ground.people.terms import OrganisationKind, OrganisationRef
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.catalogue_terms import ResponsibilityKind
from linli.spine.cases.models import Case, Responsibility
from linli.spine.cases.queries.catalogue import (
    CATALOGUE,
    find_category,
    follow_successors,
    list_categories,
    read_token,
)
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.rules.routing import (
    REASONS,
    Item,
    Matter,
    OrganisationTree,
    Proposal,
    Reason,
    propose,
)

_ORGANISATION_PARAMS = ("lead", "about", "broken")


def propose_for_case(case_id: UUID, *, on: date | None = None) -> Proposal:
    """Propose who handles a case, by its category and place as they are now.

    Args:
        on: day whose list counts; without it the day the case was reported.

    Raises:
        Case.DoesNotExist: when there is no such case.
    """
    return propose_for_cases([get_placed(case_id)], on=on)[case_id]


def get_placed(case_id: UUID) -> Case:
    """Get a case with category, street, community and grid.

    Raises:
        Case.DoesNotExist: when there is no such case.
    """
    case = _PLACED.first(case_id=case_id)
    if case is None:
        raise Case.DoesNotExist
    return case


_PLACED = Compiled(
    lambda case_id: (
        Case.objects.select_related("category", "street", "community", "grid")
        .defer(*SHAPES)
        .filter(id=case_id)
    )
)


def propose_for_cases(cases: Iterable[Case], *, on: date | None = None) -> dict[UUID, Proposal]:
    """Propose who handles each of these cases, in two statements a sub-district.

    Args:
        cases: with category, street, community and grid.
        on: day whose list counts; without it the day each case was reported.
    """
    listed = list(cases)
    trees = {code: load_tree(code) for code in sorted({case.street.code for case in listed})}
    return {
        case.id: propose(
            matter=_matter_of(case, on or localdate(case.reported_at)),
            items=list_items(case.street.code),
            tree=trees[case.street.code],
        )
        for case in listed
    }


def propose_for_place(
    *,
    category_key: str,
    street_code: str,
    area_code: str = "",
    on: date,
    about_organisation_id: int | None = None,
) -> Proposal:
    """Propose who handles a matter of this category at this place on this day.

    Args:
        category_key: e.g. `matter:06012`; empty or unknown goes to the centre.
        area_code: code of the smallest area known; empty means only the street is known.
    """
    matter = _matter(
        key=category_key,
        area_code=area_code or prefix_of(street_code),
        on=on,
        about_id=about_organisation_id,
    )
    return propose(matter=matter, items=list_items(street_code), tree=load_tree(street_code))


def list_items(street_code: str) -> tuple[Item, ...]:
    """List the items of every version of a sub-district's list, as the rules read them."""
    return _lists.get().get(street_code, ())


def load_tree(street_code: str) -> OrganisationTree:
    """Load all organisations with their superiors, and the centre of this sub-district."""
    everyone = list_organisations(active_only=False)
    return OrganisationTree(
        parents={one.id: one.parent_id for one in everyone},
        active=frozenset(one.id for one in everyone if one.is_active),
        centre_id=_centre(street_code, everyone),
    )


def list_without_route(*, street_code: str, on: date) -> list[str]:
    """List the keys of categories that no item leads, so that a keeper can close the gaps."""
    items, tree = list_items(street_code), load_tree(street_code)
    found = []
    for one in list_categories(on=on):
        matter = Matter(
            key=one.key, major_key=one.major_key, area_code=prefix_of(street_code), on=on
        )
        if propose(matter=matter, items=items, tree=tree).responsibility_id is None:
            found.append(one.key)
    return found


def explain_reason(*, code: str, params: Mapping[str, Any]) -> str:
    """Say a reason in the language of the request; organisations are named by their ids.

    Args:
        code: a code of `rules.routing.REASONS`; an unknown one is shown as it is.
        params: as stored with the assignment.
    """
    return _say(code, params, _names_in([params]))


def explain_proposal(proposal: Proposal) -> tuple[str, ...]:
    """Say a proposal's reason and every note that belongs to it."""
    return explain_proposals([proposal])[0]


def explain_proposals(proposals: Iterable[Proposal]) -> list[tuple[str, ...]]:
    """Say the reasons and notes of each of these proposals, in one statement."""
    told: list[tuple[Reason, ...]] = [(one.reason, *one.notes) for one in proposals]
    names = _names_in(one.params for reasons in told for one in reasons)
    return [tuple(_say(one.code, one.params, names) for one in reasons) for reasons in told]


def _names_in(told: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    ids = {params[name] for params in told for name in _ORGANISATION_PARAMS if name in params}
    units = list_organisations(ids=ids, active_only=False)
    return {one.id: _unit_name(one) for one in units}


def _say(code: str, params: Mapping[str, Any], names: Mapping[int, str]) -> str:
    if code not in REASONS:
        return code
    said = {
        name: names.get(params[name]) or _unit_name(None)
        for name in _ORGANISATION_PARAMS
        if name in params
    }
    return gettext(REASONS[code]) % (dict(params) | said)


def _matter_of(case: Case, on: date) -> Matter:
    area = case.grid or case.community or case.street
    return _matter(
        key=case.category.key if case.category else "",
        area_code=area.code,
        on=on,
        about_id=case.about_organisation_id,
    )


def _matter(*, key: str, area_code: str, on: date, about_id: int | None) -> Matter:
    standing = follow_successors(key, on=on) if key else ""
    category = find_category(standing) if standing else None
    return Matter(
        key=standing,
        major_key=category.major_key if category else "",
        area_code=area_code,
        on=on,
        about_id=about_id,
    )


def _unit_name(unit: OrganisationRef | None) -> str:
    if unit is None:
        return gettext("（已删除的单位）")
    english = (get_language() or "").startswith("en")
    return (unit.name_en or unit.name) if english else unit.name


def _centre(street_code: str, everyone: list[OrganisationRef]) -> int | None:
    centres = [one.id for one in everyone if one.kind == OrganisationKind.CENTRE and one.is_active]
    if len(centres) > 1:
        here = list_organisations(
            kinds=[OrganisationKind.CENTRE], within_code=prefix_of(street_code)
        )
        centres = [one.id for one in here] or centres
    return min(centres, default=None)


def _load_items() -> dict[str, tuple[Item, ...]]:
    rows = Responsibility.objects.select_related("list__street", "area").prefetch_related(
        "helpers", "categories"
    )
    found: dict[str, list[Item]] = defaultdict(list)
    for row in rows.order_by("list__effective_from", "item_no"):
        found[row.list.street.code].append(_item(row))
    return {street: tuple(let_heirs_follow(items)) for street, items in found.items()}


def let_heirs_follow(items: Iterable[Item]) -> Iterator[Item]:
    """Let items take over the successors of categories they name, unless their list names those."""
    listed = list(items)
    named: dict[str, set[str]] = defaultdict(set)
    for item in listed:
        named[item.version] |= item.keys
    for item in listed:
        heirs = {heir for key in item.keys for heir in _heirs(key)} - named[item.version]
        yield replace(item, keys=item.keys | heirs) if heirs else item


def _heirs(key: str) -> Iterator[str]:
    seen = {key}
    held = find_category(key)
    while held is not None and held.successor_key and held.successor_key not in seen:
        seen.add(held.successor_key)
        yield held.successor_key
        held = find_category(held.successor_key)


def _item(row: Responsibility) -> Item:
    return Item(
        id=row.pk,
        item_no=row.item_no,
        version=row.list.version,
        kind=ResponsibilityKind(row.kind),
        lead_id=row.lead_id,
        helper_ids=tuple(sorted(one.pk for one in row.helpers.all())),
        keys=frozenset(one.key for one in row.categories.all()),
        majors=frozenset(row.majors),
        area_prefix=prefix_of(row.area.code) if row.area else "",
        effective_from=row.list.effective_from,
        effective_to=row.list.effective_to,
    )


_lists = Fresh(CATALOGUE, _load_items, version=read_token)
