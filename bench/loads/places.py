"""The ground of a measurement: a street of 48 grids and one category."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

COLUMNS, ROWS = 8, 6
WEST, SOUTH, STEP_LON, STEP_LAT = 125.30, 43.87, 0.0025, 0.0018
CATEGORY = "matter:06012"


@dataclass(frozen=True, kw_only=True)
class Places:
    """Ids of the rows both loads refer to."""

    street: int
    community: int
    grid: int
    category: int


def fill_places(url: str) -> Places:
    """Make a street of 48 grids and one category."""
    os.environ.update(
        DATABASE_URL=url,
        DJANGO_SETTINGS_MODULE="linli.config.settings",
        LINLI_SCRATCH="1",
    )
    os.environ.setdefault("LINLI_SECRET", "bench-" + "0123456789abcdef" * 4)
    import django
    from django.db import connections

    django.setup()
    try:
        return _make_rows()
    finally:
        connections.close_all()


def _make_rows() -> Places:
    from linli.ground.territory.models import Area
    from linli.ground.territory.services import announce_change
    from linli.spine.cases.models import Category
    from linli.spine.cases.services.catalogue import touch_catalogue

    opened = date(2020, 1, 1)
    street = Area.objects.create(
        code="220104004000", kind="street", name="测量街道", valid_from=opened
    )
    community = Area.objects.create(
        code="220104004001", kind="community", name="测量社区", parent=street, valid_from=opened
    )
    grids = Area.objects.bulk_create(
        Area(
            code=f"220104004001{number + 1:03d}",
            kind="grid",
            name=f"{number + 1}",
            parent=community,
            geometry=_square(number % COLUMNS, number // COLUMNS),
            valid_from=opened,
        )
        for number in range(COLUMNS * ROWS)
    )
    announce_change(at=datetime.now(UTC))
    found = Category.objects.filter(kind="matter", code=CATEGORY.partition(":")[2]).first()
    category = found or _make_category(opened)
    touch_catalogue(at=datetime.now(UTC))
    return Places(street=street.pk, community=community.pk, grid=grids[0].pk, category=category.pk)


def _make_category(opened: date) -> Any:
    from linli.spine.cases.models import Category

    return Category.objects.create(
        kind="matter",
        code=CATEGORY.partition(":")[2],
        major_code="06",
        major_name="测量",
        name="暴露垃圾",
        limit_amount=2,
        limit_unit="working_hours",
        effective_from=opened,
    )


def _square(column: int, row: int) -> dict[str, Any]:
    west, south = WEST + column * STEP_LON, SOUTH + row * STEP_LAT
    east, north = west + STEP_LON, south + STEP_LAT
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
