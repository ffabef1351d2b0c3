"""A small district for tests of catalogue and routing: areas, units and a list of items."""

from __future__ import annotations

from datetime import UTC, date, datetime

from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.models import Organisation
from linli.ground.territory.models import Area
from linli.spine.cases.catalogue_terms import NewItem
from linli.spine.cases.services.responsibilities import publish_list

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)
STREET = "220104004000"
COMMUNITY = "220104004001"
GRID = "220104004001001"


def make_areas() -> None:
    """Make a street with one community and one grid."""
    above: Area | None = None
    for code, kind in ((STREET, "street"), (COMMUNITY, "community"), (GRID, "grid")):
        above = Area.objects.create(
            code=code, kind=kind, name=code, parent=above, valid_from=SINCE, source="test"
        )


def make_units() -> dict[str, Organisation]:
    """Make a government, a department, a street office, its team below it and its centre."""
    made: dict[str, Organisation] = {}
    for code, kind, parent in (
        ("government", "government", ""),
        ("cleansing", "department", "government"),
        ("street-office", "street_office", "government"),
        ("team", "joint_team", "street-office"),
        ("centre", "centre", "street-office"),
    ):
        made[code] = Organisation.objects.create(
            code=code,
            name=f"单位{code}",
            name_en=code.title(),
            kind=kind,
            parent=made.get(parent),
        )
    return made


def item(number: int, **changes: object) -> NewItem:
    """Describe one item, by default the cleansing of littered places."""
    fields: dict[str, object] = {
        "item_no": number,
        "kind": "department",
        "title": "保洁",
        "lead": "cleansing",
        "categories": ("matter:06010",),
    }
    return NewItem(**(fields | changes))  # type: ignore[arg-type]


def publish(*items: NewItem, version: str = "2026-1", since: date = SINCE) -> int:
    """Publish a list of these items."""
    return publish_list(
        street_code=STREET,
        version=version,
        effective_from=since,
        items=items,
        actor=SYSTEM,
        at=AT,
    )
