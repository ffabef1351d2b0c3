"""What the selects of the desk offer: categories, areas, organisations, items of the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from linli.faces.frame.choosing import Kept
from linli.ground.people.queries import list_organisations
from linli.ground.people.terms import Member, OrganisationKind, OrganisationRef
from linli.ground.territory.locator import list_refs, serial_now
from linli.ground.territory.terms import AreaKind, AreaRef, prefix_of
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.case import case_photos
from linli.spine.cases.queries.catalogue import (
    catalogue_serial,
    get_category_by_id,
    list_categories,
)
from linli.spine.cases.queries.responsibilities import (
    list_responsibilities,
    responsibilities_serial,
)
from linli.spine.cases.queries.routing import explain_proposal, propose_for_case
from linli.spine.cases.rules.routing import Proposal
from linli.spine.cases.terms import AllowedAction, CaseView, Need, PhotoStage

from .filters import Choices, group_choices
from .forms.act import Offered

HANDLERS = (
    OrganisationKind.STREET_OFFICE,
    OrganisationKind.COMMUNITY_COMMITTEE,
    OrganisationKind.CENTRE,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.JOINT_TEAM,
    OrganisationKind.UTILITY,
    OrganisationKind.PROPERTY_COMPANY,
)
# Each language, day and street has choices of its own; they change with the lists they are of.
MOST_KEPT = 64


def in_english() -> bool:
    """Tell whether the page is written in English."""
    return (get_language() or "").startswith("en")


def address_of_grids(street_code: str) -> str:
    """Tell where the map fetches the outlines of a street's grids."""
    return f"{reverse('desk:grids')}?within={street_code}"


def offer_categories(*, on: datetime, with_majors: bool = False) -> Kept:
    """Offer the categories in force, under their major classes.

    Args:
        on: instant whose day counts.
        with_majors: also offer each major class as a whole, for filters.
    """
    day = timezone.localdate(on)
    return _categories(catalogue_serial(), day, get_language(), with_majors=with_majors)


@lru_cache(maxsize=MOST_KEPT)
def _categories(_serial: int, on: date, _language: str | None, *, with_majors: bool) -> Kept:
    rows: list[tuple[str, str, str]] = []
    begun: set[str] = set()
    for one in list_categories(on=on):
        group = _name_major(one)
        if with_majors and group not in begun:
            begun.add(group)
            rows.append(
                (group, f"major-{one.major_code}", gettext("%(major)s（整类）") % {"major": group})
            )
        rows.append((group, str(one.id), name_category(one)))
    return group_choices(rows)


def offer_category_keys(*, on: datetime) -> Kept:
    """Offer the categories in force by key, as a new report names them."""
    return _category_keys(catalogue_serial(), timezone.localdate(on), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _category_keys(_serial: int, on: date, _language: str | None) -> Kept:
    return group_choices(
        (_name_major(one), one.key, name_category(one)) for one in list_categories(on=on)
    )


def _name_major(one: CategoryView) -> str:
    return (one.major_name_en if in_english() else "") or one.major_name


def name_category(one: CategoryView) -> str:
    """Name a category in the language of the page."""
    return (one.name_en if in_english() else "") or one.name


def name_organisation(one: OrganisationRef) -> str:
    """Name an organisation in the language of the page."""
    return (one.name_en if in_english() else "") or one.name


def offer_organisations(kinds: Iterable[OrganisationKind] = HANDLERS) -> Kept:
    """Offer the organisations that may handle a case, under their kinds."""
    return _organisations(tuple(list_organisations(kinds=kinds)), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _organisations(found: tuple[OrganisationRef, ...], _language: str | None) -> Kept:
    kinds = list(OrganisationKind)
    return group_choices(
        (gettext(one.kind.label), str(one.id), name_organisation(one))
        for one in sorted(found, key=lambda one: (kinds.index(one.kind), one.code))
    )


def offer_areas(member: Member) -> Kept:
    """Offer the communities and grids of the member's streets, grids under their community."""
    codes = sorted({post.street_code for post in member.appointments if post.street_code})
    return _areas(tuple(codes), serial_now(), timezone.localdate(), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _areas(codes: tuple[str, ...], _serial: int, on: date, _language: str | None) -> Kept:
    streets = [prefix_of(street) for street in codes]
    communities, grids = (
        [ref for street in streets for ref in list_refs(kind, street, on)]
        for kind in (AreaKind.COMMUNITY, AreaKind.GRID)
    )
    rows: list[tuple[str, Any]] = []
    for community in communities:
        name = _name_area(community)
        whole = (community.code, gettext("%(area)s（整个社区）") % {"area": name})
        inside = [
            (grid.code, _name_area(grid)) for grid in grids if grid.code[:12] == community.code[:12]
        ]
        rows.append((name, [whole, *inside]))
    return Kept(tuple(rows))


def _name_area(area: AreaRef) -> str:
    return (area.name_en if in_english() else "") or area.name


def offer_for_acts(
    *, acts: Iterable[AllowedAction], case: CaseView, now: datetime
) -> tuple[Offered, str]:
    """Gather what the forms of these acts offer, and the proposal's reason in words.

    Only what some act asks for is read from the database.
    """
    needs = {need.name for act in acts for need in act.needs}
    dispatches = Need.LEAD in needs
    proposal = propose_for_case(case.id) if dispatches else None
    offered = Offered(
        categories=offer_categories(on=now) if Need.CATEGORY in needs else [],
        organisations=offer_organisations() if needs & _UNIT_NEEDS else [],
        photos=_own_photos(case) if Need.PHOTO_CHOICE in needs else [],
        responsibilities=_responsibilities(case, now) if Need.RESPONSIBILITY in needs else [],
        at_work=_at_work(case) if needs & {Need.WAY, Need.OBSTACLE} else [],
        proposed=_proposed(case, proposal),
    )
    return offered, " ".join(explain_proposal(proposal)) if proposal else ""


def _at_work(case: CaseView) -> Choices:
    """Offer the organisations that have the case or a part of it in hand."""
    found = {
        one.organisation_id: one.organisation_name
        for one in case.assignments
        if one.finished_at is None and one.organisation_id is not None
    }
    return [(str(number), name) for number, name in found.items()]


def _own_photos(case: CaseView) -> Choices:
    found = case_photos(case_id=case.id)[PhotoStage.REPORT]
    return [
        (str(photo.photo_id), gettext("第 %(n)s 张") % {"n": number})
        for number, photo in enumerate(found, start=1)
    ]


_UNIT_NEEDS = {Need.LEAD, Need.HELPERS, Need.UNIT}


def _responsibilities(case: CaseView, now: datetime) -> Kept:
    day, serial = timezone.localdate(now), responsibilities_serial()
    return _items(serial, case.street.code, day, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _items(_serial: int, street_code: str, on: date, _language: str | None) -> Kept:
    rows = (
        (
            str(item.id),
            gettext("第 %(no)s 项 %(title)s") % {"no": item.item_no, "title": item.title},
        )
        for item in list_responsibilities(street_code=street_code, on=on)
    )
    return Kept(tuple(rows))


def _proposed(case: CaseView, proposal: Proposal | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "category_id": case.category_id,
        "lon": case.lon,
        "lat": case.lat,
        "address": case.address,
    }
    if proposal is not None:
        category = get_category_by_id(case.category_id) if case.category_id else None
        if category is not None:
            found |= {"limit_amount": category.limit_amount, "limit_unit": category.limit_unit}
        found |= {
            "lead_id": proposal.lead_id,
            "helper_ids": list(proposal.helper_ids),
            "responsibility_id": proposal.responsibility_id,
        }
    return found
