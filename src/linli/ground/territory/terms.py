"""Words of the territory: kinds of areas, their codes, and where a point lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from linli.ground.kernel.marking import N_


class AreaKind(StrEnum):
    """Levels of the territory, from the province down to one staircase of a building."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"
    UNIT = "unit"


KIND_LABELS: Mapping[AreaKind, str] = {
    AreaKind.PROVINCE: N_("省"),
    AreaKind.CITY: N_("市"),
    AreaKind.DISTRICT: N_("区县"),
    AreaKind.STREET: N_("街道"),
    AreaKind.COMMUNITY: N_("社区"),
    AreaKind.GRID: N_("网格"),
    AreaKind.BUILDING: N_("楼栋"),
    AreaKind.UNIT: N_("单元"),
}

# How many leading digits all areas inside one area of this kind share. Down to the community
# this is the national statistical code; the grid adds three digits (GB/T 34300), building and
# unit are ours.
PREFIX_DIGITS: Mapping[AreaKind, int] = {
    AreaKind.PROVINCE: 2,
    AreaKind.CITY: 4,
    AreaKind.DISTRICT: 6,
    AreaKind.STREET: 9,
    AreaKind.COMMUNITY: 12,
    AreaKind.GRID: 15,
    AreaKind.BUILDING: 18,
    AreaKind.UNIT: 20,
}
NATIONAL_DIGITS = 12


def code_digits(kind: AreaKind) -> int:
    """Say how many digits the code of an area of this kind has, zeros included."""
    return max(PREFIX_DIGITS[kind], NATIONAL_DIGITS)


def code_prefix(code: str, kind: AreaKind) -> str:
    """Cut a code down to the digits that every area inside its area of this kind shares."""
    return code[: PREFIX_DIGITS[kind]]


def kind_of_code(code: str) -> AreaKind:
    """Read the level from a code: its length, and for national codes the zeros at its end.

    Raises:
        ValueError: when no level has such a code.
    """
    for kind in AreaKind:
        prefix = code_prefix(code, kind)
        if code.isdigit() and len(code) == code_digits(kind) and code == prefix.ljust(12, "0"):
            return kind
    raise ValueError(f"no level has the code {code!r}")


def prefix_of(code: str) -> str:
    """Give the digits that every area inside the area with this code shares, e.g. 220104004.

    A code without a level (cut short by hand) stands for itself.
    """
    try:
        return code_prefix(code, kind_of_code(code))
    except ValueError:
        return code


def parent_code(code: str) -> str | None:
    """Give the code one level up, or None for a province."""
    kinds = list(AreaKind)
    position = kinds.index(kind_of_code(code))
    if position == 0:
        return None
    return code_prefix(code, kinds[position - 1]).ljust(NATIONAL_DIGITS, "0")


@dataclass(frozen=True, slots=True)
class AreaRef:
    """An area as other rooms name it; the id stands for one version of it."""

    id: int
    code: str
    kind: AreaKind
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows: a box of the earth by its sides, in degrees WGS-84, sides included."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point lies.

    Args:
        area: the finest area that holds the point, or None.
        street_id, community_id, grid_id: the levels of that area, as far as it goes down.
        candidates: empty when there is nothing to choose; else the grids that hold the point or
            come within 5 m of it, the holding one first, then by distance.
        outside: no area holds the point.
    """

    area: AreaRef | None = None
    street_id: int | None = None
    community_id: int | None = None
    grid_id: int | None = None
    candidates: tuple[AreaRef, ...] = ()
    outside: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaView:
    """One version of an area, with what other rooms may show of it."""

    id: int
    code: str
    kind: AreaKind
    name: str
    name_en: str
    parent_id: int | None
    lon: float | None
    lat: float | None
    area_m2: float | None
    address: str
    valid_from: date
    valid_to: date | None

    @property
    def ref(self) -> AreaRef:
        """Give the short form."""
        return AreaRef(self.id, self.code, self.kind, self.name, self.name_en)


class PlaceKind(StrEnum):
    """What people name besides areas; a local name is what only those who live here say."""

    COMPOUND = "compound"
    BUILDING = "building"
    GATE = "gate"
    CROSSING = "crossing"
    SHOP = "shop"
    LOCAL = "local"

    @property
    def label(self) -> str:
        """The Chinese name of the kind, a message id."""
        return PLACE_KIND_LABELS[self]


PLACE_KIND_LABELS: Mapping[PlaceKind, str] = {
    PlaceKind.COMPOUND: N_("小区"),
    PlaceKind.BUILDING: N_("楼栋"),
    PlaceKind.GATE: N_("大门"),
    PlaceKind.CROSSING: N_("路口"),
    PlaceKind.SHOP: N_("店铺"),
    PlaceKind.LOCAL: N_("俗称"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPlace:
    """One answer of the search for a place: an area, or a name people use, with its point.

    Args:
        area: the area itself, the one a name stands for, or the grid that holds the point.
        name: what it is called; for a name people use, that name.
        kind_label: msgid of the kind of area or name.
        within, grid: names of the community and of the grid.
        name_id: of a name people use; None for an area.
    """

    area: AreaRef
    name: str
    kind_label: str
    lon: float | None
    lat: float | None
    address: str
    within: str
    grid: str = ""
    name_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlaceName:
    """A name to be entered: of an area, or of a point of its own.

    Args:
        area_code: code of the area it is a name of; empty with a point.
        lon, lat: degrees WGS-84, where it is no area's name.
        row: line in the file it came from, counted from 1; 0 without a file.
    """

    kind: PlaceKind
    name: str
    area_code: str = ""
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    source: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceNameView:
    """A name people use, as others may show it; `area_name` is the area or the grid around."""

    id: int
    kind: PlaceKind
    name: str
    area_code: str
    area_name: str
    is_alias: bool
    lon: float | None
    lat: float | None
    address: str
    source: str
    added_by_id: int | None
    added_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceNamesReport:
    """What became of a list of names: how many are new, known already, refused and why."""

    rows: int
    added: int
    known: int
    faults: tuple[Fault, ...]


class CoordinateSystem(StrEnum):
    """Systems in which geometries come in; stored geometry is always WGS-84.

    CGCS2000 differs from WGS-84 by centimetres and is taken over as it is.
    """

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


Geometry = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewArea:
    """An area to be entered; geometry is GeoJSON Polygon or MultiPolygon in WGS-84.

    Args:
        lon, lat: label point in degrees; taken from the geometry when absent.
        area_m2: square metres; taken from the geometry when absent.
        row: line or feature in the file it came from, counted from 1; 0 without a file.
    """

    code: str
    kind: AreaKind
    name: str
    name_en: str = ""
    geometry: Geometry | None = None
    lon: float | None = None
    lat: float | None = None
    area_m2: float | None = None
    address: str = ""
    alias: str = ""
    source: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with one row of an import, and where; a warning has the same form.

    Args:
        row: line or feature in the file, counted from 1; 0 without a file.
        code: stable id of the reason, e.g. `territory.polygon_crosses_itself`.
        message: msgid of the sentence, with places for `params`.
        lon, lat: the place of the fault in degrees WGS-84, where it has one.
    """

    row: int
    area: str
    code: str
    message: str
    params: Mapping[str, object]
    lon: float | None = None
    lat: float | None = None

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Say row, area, reason and place, translated by the caller's `gettext`."""
        form = N_("第 %(row)s 行“%(area)s”：%(reason)s")
        if not self.row:
            form = N_("“%(area)s”：%(reason)s")
        elif self.lon is not None:
            form = N_("第 %(row)s 行“%(area)s”：%(reason)s（经度 %(lon).6f，纬度 %(lat).6f）")
        return translate(form) % {
            "row": self.row,
            "area": self.area,
            "reason": self.reason(translate),
            "lon": self.lon,
            "lat": self.lat,
        }

    def reason(self, translate: Callable[[str], str] = str) -> str:
        """Say the reason alone."""
        params = dict(self.params)
        if "kind" in params:
            params["kind"] = translate(str(params["kind"]) or "?")
        return translate(self.message) % params


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import would do, or did.

    Args:
        rows: rows read.
        added: areas new to the territory.
        redrawn: areas whose earlier version ends the day the new one begins.
        unchanged: rows equal to what is there.
        faults: why rows can't come in; empty once imported.
        warnings: what was taken over all the same, such as slivers within the tolerance.
        import_id: record of the import; None after a trial run.
    """

    rows: int
    added: int
    redrawn: int
    unchanged: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    import_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GeoJsonFields:
    """Which properties of a feature hold what.

    Args:
        under: code of the area the features lie in; codes are then numbered in file order and
            `code` is not read.
    """

    name: str = "name"
    code: str = "code"
    name_en: str = "name_en"
    address: str = "address"
    alias: str = "alias"
    under: str = ""
