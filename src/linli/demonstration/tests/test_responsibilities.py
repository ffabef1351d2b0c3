"""The shipped list of responsibilities: 131 items that route every category of the catalogue."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.models import Organisation
from linli.ground.territory.models import Area
from linli.spine.cases.catalogue_terms import NewItem
from linli.spine.cases.queries.catalogue import list_categories
from linli.spine.cases.queries.routing import (
    explain_proposal,
    list_without_route,
    propose_for_place,
)
from linli.spine.cases.rules.responsibilities import item_from_row
from linli.spine.cases.services.catalogue import load_standard
from linli.spine.cases.services.responsibilities import publish_list

FOLDER = Path(__file__).parents[1]
AT = datetime(2026, 1, 1, tzinfo=UTC)
SINCE = date(2026, 1, 1)
STREET = "220104004000"
HAN = re.compile(r"[\u4e00-\u9fff]")
COMMUNITIES = ("220104004001", "220104004003", "220104004005", "220104004006")


def read(name: str) -> list[dict[str, str]]:
    """Read a shipped table."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items() -> list[NewItem]:
    """Read the shipped items."""
    return [item_from_row(row) for row in read("responsibilities.csv")]


@pytest.fixture
def published(db: None) -> None:
    """Enter areas, organisations and catalogue as shipped, and publish the list."""
    for code in (STREET, *COMMUNITIES):
        kind = "street" if code == STREET else "community"
        Area.objects.create(code=code, kind=kind, name=code, valid_from=SINCE, source="test")
    made: dict[str, Organisation] = {}
    for row in read("organisations.csv"):
        made[row["code"]] = Organisation.objects.create(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            kind=row["kind"],
            parent=made.get(row["parent"]),
            area=Area.objects.filter(code=row["area"]).first(),
        )
    load_standard(at=AT, effective_from=SINCE)
    publish_list(
        street_code=STREET,
        version="2026-1",
        effective_from=SINCE,
        items=items(),
        actor=SYSTEM,
        at=AT,
    )


def test_there_are_67_department_36_subdistrict_and_28_whistle_items() -> None:
    assert Counter(item.kind for item in items()) == {
        "department": 67,
        "subdistrict": 36,
        "whistle": 28,
    }
    assert [item.item_no for item in items()] == list(range(1, 132))


def test_every_item_has_both_languages_and_a_basis() -> None:
    for item in items():
        assert item.title, item.item_no
        assert item.title_en, item.item_no
        assert not HAN.search(item.title_en), item.item_no
        assert item.basis, item.item_no
        assert item.basis_en, item.item_no


@pytest.mark.parametrize("area_code", ["", COMMUNITIES[0]])
def test_every_category_has_a_route_with_a_reason_everywhere(
    published: None, area_code: str
) -> None:
    categories = list_categories(on=SINCE)
    assert sum(one.is_transcribed for one in categories) == 403
    for one in categories:
        proposal = propose_for_place(
            category_key=one.key, street_code=STREET, area_code=area_code, on=SINCE
        )
        assert proposal.responsibility_id is not None, one.key
        assert proposal.lead_id is not None, one.key
        assert all("%" not in said for said in explain_proposal(proposal)), one.key


def test_no_category_is_left_without_a_route(published: None) -> None:
    assert list_without_route(street_code=STREET, on=SINCE) == []


def test_clutter_in_a_stairwell_goes_to_the_committee_of_its_own_community(
    published: None,
) -> None:
    for community in COMMUNITIES:
        proposal = propose_for_place(
            category_key="local:L21", street_code=STREET, area_code=community + "001", on=SINCE
        )
        assert proposal.lead_id is not None
        lead = Organisation.objects.get(id=proposal.lead_id)
        assert lead.code == f"community-{community}"


def test_a_complaint_about_any_organisation_goes_above_it(published: None) -> None:
    for unit in Organisation.objects.exclude(parent=None).select_related("parent"):
        proposal = propose_for_place(
            category_key="local:L48",
            street_code=STREET,
            on=SINCE,
            about_organisation_id=unit.pk,
        )
        assert proposal.lead_id == unit.parent_id, unit.code
