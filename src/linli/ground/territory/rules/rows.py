"""Checks of the rows of an import against each other: codes, names, parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from linli.ground.territory.terms import (
    KIND_LABELS,
    AreaKind,
    Fault,
    NewArea,
    kind_of_code,
    parent_code,
)

from .faults import fault

LIMITS: Mapping[str, int] = {"name": 100, "name_en": 100, "address": 200, "alias": 200}
NEEDS_PARENT = (AreaKind.COMMUNITY, AreaKind.GRID, AreaKind.BUILDING, AreaKind.UNIT)


def find_row_faults(
    areas: Iterable[NewArea], *, stated_parents: Mapping[int, str], known_codes: set[str]
) -> Iterator[Fault]:
    """Find rows whose code, name or parent can't stand.

    Args:
        stated_parents: parent code by row, where the file gives one.
        known_codes: codes in force already.
    """
    rows = list(areas)
    codes = known_codes | {area.code for area in rows}
    first: dict[str, int] = {}
    for area in rows:
        found = _text_fault(area) or _code_fault(area)
        if found is None and area.code in first:
            found = fault(area, "territory.code_repeated", code=area.code, first=first[area.code])
        first.setdefault(area.code, area.row)
        found = found or _parent_fault(area, stated_parents.get(area.row, ""), codes)
        if found:
            yield found


def _text_fault(area: NewArea) -> Fault | None:
    texts = {name: getattr(area, name) for name in LIMITS}
    if any("\0" in text for text in (*texts.values(), area.code)):
        return fault(area, "territory.nul_byte")
    if not area.name:
        return fault(area, "territory.name_missing")
    for name, text in texts.items():
        if len(text) > LIMITS[name]:
            return fault(area, "territory.too_long", column=name, limit=LIMITS[name])
    return None


def _code_fault(area: NewArea) -> Fault | None:
    if not area.code:
        return fault(area, "territory.code_missing")
    if not (area.code.isascii() and area.code.isdigit()):
        return fault(area, "territory.code_unknown", code=area.code[:24])
    try:
        kind = kind_of_code(area.code)
    except ValueError:
        return fault(area, "territory.code_unknown", code=area.code[:24])
    if kind != area.kind:
        return fault(area, "territory.kind_differs", code=area.code, kind=KIND_LABELS[area.kind])
    return None


def _parent_fault(area: NewArea, stated: str, codes: set[str]) -> Fault | None:
    implied = parent_code(area.code)
    if stated and stated != implied:
        return fault(area, "territory.parent_differs", parent=stated[:24], code=area.code)
    if area.kind in NEEDS_PARENT and implied not in codes:
        return fault(area, "territory.parent_missing", parent=implied)
    return None
