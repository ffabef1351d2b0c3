"""What a plan changes: the sheet before compared with the sheet after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from linli.ground.territory.plan_terms import BuildingMove, Change, GridChange, Heir
from linli.ground.territory.terms import AreaKind

from .covering import heirs_of
from .polygons import size_m2
from .sheets import MOST_OF_A_KIND, GridOn, Sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The difference of two sheets; `crowded` are grids with more buildings than have a code."""

    grids: tuple[GridChange, ...]
    buildings: tuple[BuildingMove, ...]
    heirs: tuple[Heir, ...]
    crowded: tuple[str, ...]

    @property
    def touched(self) -> frozenset[str]:
        """The codes of all grids that begin, end or are redrawn."""
        return frozenset(one.code for one in self.grids)


def compare(before: Sheet, after: Sheet, *, used: frozenset[str] = frozenset()) -> Outcome:
    """Say what changes from one sheet to the other.

    Args:
        used: codes of buildings ever given, none of which is given to another.
    """
    grids = tuple(_grid_changes(before, after))
    moves, crowded = _moves(before, after, used)
    heirs = (*_grid_heirs(before, after, grids), *_building_heirs(moves))
    return Outcome(grids=grids, buildings=moves, heirs=heirs, crowded=crowded)


def _grid_changes(before: Sheet, after: Sheet) -> Iterator[GridChange]:
    counts = [_counts(sheet) for sheet in (before, after)]
    for code in sorted({*before.grids, *after.grids}):
        old, new = before.grids.get(code), after.grids.get(code)
        change = _change(old, new)
        shown = new or old
        same_duties = before.duties.get(code, ()) == after.duties.get(code, ())
        if shown is None or (change is None and same_duties):
            continue
        yield GridChange(
            code=code,
            name=shown.name,
            name_en=shown.name_en,
            former_name=old.name if old else "",
            change=change or Change.REDRAWN,
            before_m2=_size(old),
            after_m2=_size(new),
            buildings_before=counts[0].get(code, 0),
            buildings_after=counts[1].get(code, 0),
            duties=tuple(dict.fromkeys(duty[0] for duty in after.duties.get(code, ()))),
        )


def _change(old: GridOn | None, new: GridOn | None) -> Change | None:
    if old is None:
        return Change.BEGINS
    if new is None:
        return Change.ENDS
    is_same = old == new or (old.name == new.name and _same_shape(old.shape, new.shape))
    return None if is_same else Change.REDRAWN


def _same_shape(old: BaseGeometry | None, new: BaseGeometry | None) -> bool:
    if old is None or new is None:
        return old is new
    return old is new or bool(old.equals(new))


def _counts(sheet: Sheet) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in sheet.buildings.values():
        counts[one.grid] = counts.get(one.grid, 0) + 1
    return counts


def _size(grid: GridOn | None) -> int:
    return round(size_m2(grid.shape)) if grid is not None and grid.shape is not None else 0


def _moves(
    before: Sheet, after: Sheet, used: frozenset[str]
) -> tuple[tuple[BuildingMove, ...], tuple[str, ...]]:
    numbers: dict[str, int] = {}
    for code in used | set(before.buildings):
        numbers[code[:15]] = max(numbers.get(code[:15], 0), int(code[15:18]))
    moves, crowded = [], set()
    for code in sorted(before.buildings):
        old, new = before.buildings[code], after.buildings[code]
        if old.grid == new.grid:
            continue
        numbers[new.grid] = numbers.get(new.grid, 0) + 1
        if numbers[new.grid] > MOST_OF_A_KIND:
            crowded.add(new.grid)
            continue
        moves.append(
            BuildingMove(
                code=code,
                name=old.name,
                address=old.address,
                from_grid=old.grid,
                to_grid=new.grid,
                new_code=f"{new.grid}{numbers[new.grid]:03d}",
                units=old.units,
            )
        )
    return tuple(moves), tuple(sorted(crowded))


def _grid_heirs(before: Sheet, after: Sheet, changes: tuple[GridChange, ...]) -> Iterator[Heir]:
    shapes = {code: one.shape for code, one in after.grids.items() if one.shape is not None}
    changed = {one.code for one in changes}
    for one in changes:
        if one.change is Change.BEGINS:
            continue
        old = before.grids[one.code]
        shares = {c: s for c, s in heirs_of(old.shape, shapes).items() if c in changed}
        for code, share in (shares or _by_buildings(before, after, one.code)).items():
            yield Heir(kind=AreaKind.GRID, former_code=old.code, code=code, share=share)


def _by_buildings(before: Sheet, after: Sheet, code: str) -> dict[str, float]:
    """Say who takes over an undrawn grid by where its buildings went, or that it stays itself."""
    went = [after.buildings[one.code].grid for one in before.buildings_in(code)]
    found = {heir: round(went.count(heir) / len(went), 6) for heir in dict.fromkeys(went)}
    return found or ({code: 1.0} if code in after.grids else {})


def _building_heirs(moves: tuple[BuildingMove, ...]) -> Iterator[Heir]:
    for move in moves:
        yield Heir(kind=AreaKind.BUILDING, former_code=move.code, code=move.new_code, share=1.0)
