"""Changes settings of an instance by its services, as any process of it would.

`python -m tests.instance.changing` reads what to change, one a line, and says `done` once that is
committed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import django

OPENED = date(2020, 1, 1)
STREET, COMMUNITY = "220104004000", "220104004001"
WEST_GRID, EAST_GRID = "220104004001001", "220104004001002"
WEST, BORDER, NEW_BORDER, EAST = 125.300, 125.303, 125.305, 125.308
SOUTH, NORTH = 43.870, 43.872
BETWEEN = (125.304, 43.871)
DAYS_OFF = 40
# Every report of these tests is at one point.
MORE_THAN_ANY_TEST = 30_000


def main() -> None:
    """Do what is asked, one after the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    for line in sys.stdin:
        change, _, word = line.strip().partition(" ")
        if change == "category":
            add_category(word)
        else:
            CHANGES[change]()
        sys.stdout.write("done\n")
        sys.stdout.flush()


def begin() -> None:
    """Make a street of two grids, with a calendar."""
    from linli.ground.kernel.calendar_store import set_calendar
    from linli.ground.kernel.terms import SYSTEM
    from linli.ground.territory.services import add_areas
    from linli.ground.territory.terms import AreaKind, NewArea

    areas = [
        NewArea(code=STREET, kind=AreaKind.STREET, name="测试街道"),
        NewArea(code=COMMUNITY, kind=AreaKind.COMMUNITY, name="测试社区"),
    ]
    add_areas(areas=areas, valid_from=OPENED, actor=SYSTEM, at=datetime.now(UTC))
    draw_grids(BORDER, OPENED)
    set_calendar(street_code=STREET)
    doubt_places([])


def move_border() -> None:
    """Draw the grids anew from today on."""
    draw_grids(NEW_BORDER, datetime.now(UTC).date())


def draw_grids(border: float, since: date) -> None:
    """Draw the two grids with their border at this longitude."""
    from linli.ground.kernel.terms import SYSTEM
    from linli.ground.territory.services import add_areas
    from linli.ground.territory.terms import AreaKind, NewArea

    areas = [
        NewArea(code=code, kind=AreaKind.GRID, name=name, geometry=box(west, east))
        for code, name, west, east in (
            (WEST_GRID, "西网格", WEST, border),
            (EAST_GRID, "东网格", border, EAST),
        )
    ]
    add_areas(areas=areas, valid_from=since, actor=SYSTEM, at=datetime.now(UTC))


def box(west: float, east: float) -> dict[str, object]:
    """Draw a rectangle as GeoJSON."""
    ring = [[west, SOUTH], [east, SOUTH], [east, NORTH], [west, NORTH], [west, SOUTH]]
    return {"type": "Polygon", "coordinates": [ring]}


def add_category(name: str) -> None:
    """Add a category of this name."""
    from linli.spine.cases.catalogue_terms import ForeignCategory
    from linli.spine.cases.services.catalogue import import_categories

    row = ForeignCategory(code=name, name=name)
    import_categories(rows=[row], source="test", at=datetime.now(UTC), effective_from=OPENED)


def doubt_the_place() -> None:
    """Say that a point says nothing about the place."""
    doubt_places([BETWEEN])


def doubt_places(points: Sequence[tuple[float, float]]) -> None:
    """List the points that say nothing; none is doubted for being reported often."""
    from linli.ground.territory.queries import list_areas
    from linli.ground.territory.terms import AreaKind
    from linli.spine.cases.services.settings import set_case_settings

    street = list_areas(kind=AreaKind.STREET)[0]
    set_case_settings(
        street_id=street.id, suspicious_points=points, suspicious_repeats=MORE_THAN_ANY_TEST
    )


def take_days_off() -> None:
    """Make the coming days holidays."""
    from django.db import transaction

    from linli.ground.kernel.calendar_store import set_day

    with transaction.atomic():
        for day in coming_days():
            set_day(street_code=STREET, day=day, is_workday=False)


def coming_days() -> Iterator[date]:
    """List the days from yesterday on: today somewhere on earth may be either of two."""
    first = datetime.now(UTC).date() - timedelta(days=1)
    return (first + timedelta(days=number) for number in range(DAYS_OFF))


CHANGES: Mapping[str, Callable[[], None]] = {
    "begin": begin,
    "border": move_border,
    "settings": doubt_the_place,
    "calendar": take_days_off,
}

if __name__ == "__main__":
    main()
