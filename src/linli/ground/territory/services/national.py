"""The national division codes this room ships, entered branch by branch."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from linli.ground.kernel.terms import Actor
from linli.ground.territory.errors import UnknownArea
from linli.ground.territory.terms import (
    AreaKind,
    ImportReport,
    NewArea,
    code_prefix,
    kind_of_code,
    prefix_of,
)

from .areas import Origin, add_areas

NATIONAL_CODES = Path(__file__).parents[1] / "standards" / "national_codes.csv"


def load_national_codes(
    *, branch: str, valid_from: date, actor: Actor, at: datetime
) -> ImportReport:
    """Enter the codes and names below one code, and the levels it lies in.

    Args:
        branch: 12-digit code, e.g. 220104004000 for a street and its communities.
        valid_from: first day the areas are in force here.
        at: aware instant of the act.

    Raises:
        UnknownArea: the file has no such code; it is not complete, see standards/README.md.
        UnableToImportAreas: the codes are in force already under other names.
    """
    areas = list(_branch(branch))
    if branch not in {area.code for area in areas}:
        raise UnknownArea("territory.unknown_area", key=branch)
    origin = Origin(file_name=NATIONAL_CODES.name)
    return add_areas(areas=areas, valid_from=valid_from, actor=actor, at=at, origin=origin)


def _branch(branch: str) -> Iterator[NewArea]:
    prefix = prefix_of(branch)
    above = {code_prefix(branch, kind).ljust(12, "0") for kind in AreaKind}
    with NATIONAL_CODES.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            if line["code"].startswith(prefix) or line["code"] in above:
                yield NewArea(
                    row=number,
                    code=line["code"],
                    kind=kind_of_code(line["code"]),
                    name=line["name"],
                    source=line["edition"],
                )
