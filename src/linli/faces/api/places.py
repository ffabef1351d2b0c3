"""`GET /areas` and `GET /locate`: the territory, open to everybody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from linli.ground.kernel.marking import N_
from linli.ground.people.tokens import TokenScope
from linli.ground.territory import queries
from linli.ground.territory.locator import locate
from linli.ground.territory.terms import AreaKind, AreaRef, AreaView, Place

from .callers import anyone
from .limits import READING
from .parsing import check_text

router = Router(tags=["places"])
PUBLIC = anyone(READING, scope=TokenScope.READ)


class AreaOut(BaseModel):
    """One version of an area. `lon` and `lat` are where its label stands, WGS-84 degrees."""

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
    valid_to: date | None = Field(description=N_("停用日；当日起不再有效。"))
    geometry: dict[str, Any] | None = Field(
        None, description=N_("GeoJSON，WGS-84；只在 geometry=true 时给出。")
    )


class AreasOut(BaseModel):
    """Areas in force on a day, by code, one page of them."""

    areas: list[AreaOut]
    total: int
    page: int
    pages: int


class AreaRefOut(BaseModel):
    """An area in short."""

    id: int
    code: str
    kind: AreaKind
    name: str
    name_en: str


class PlaceOut(BaseModel):
    """Where a point lies. Candidates are the areas within 5 m of a border, the nearest first."""

    area: AreaRefOut | None = Field(description=N_("包含该点的最小区域。"))
    within: list[AreaRefOut] = Field(description=N_("从省到所在区域的各级。"))
    candidates: list[AreaRefOut] = Field(
        description=N_("该点距边界不到 5 米时，可能的各网格，最近的在前。")
    )
    outside: bool = Field(description=N_("该点不在任何辖区之内。"))


class AreaQuestion(BaseModel):
    """Which areas are asked for."""

    kind: AreaKind | None = None
    within: str = Field("", max_length=24, description=N_("上级区域的编码，如 220104004。"))
    on: date | None = Field(None, description=N_("哪一天有效的区域；默认今天。"))
    geometry: bool = Field(False, description=N_("是否带上多边形。"))
    page: int = Field(1, ge=1, le=10_000)
    page_size: int = Field(200, ge=1, le=2000)


Degrees = Annotated[float, Query(description=N_("WGS-84 度数。"))]


@router.get(
    "/areas",
    response=AreasOut,
    auth=PUBLIC,
    summary=N_("列出区域"),
    description=N_("省、市、区县、街道、社区、网格、楼栋、单元，按编码排列。"),
)
def list_areas(request: HttpRequest, asked: Query[AreaQuestion]) -> AreasOut:
    """List areas, optionally of one level, inside one area, on one day, with polygons."""
    check_text(asked.within, field="within")
    found = queries.list_areas(kind=asked.kind, within_code=asked.within, on=asked.on)
    start = (asked.page - 1) * asked.page_size
    shown = found[start : start + asked.page_size]
    shapes = _geometries(asked, shown) if asked.geometry else {}
    return AreasOut(
        areas=[_area(area, shapes.get(area.id)) for area in shown],
        total=len(found),
        page=asked.page,
        pages=max(1, -(-len(found) // asked.page_size)),
    )


def _geometries(asked: AreaQuestion, shown: list[AreaView]) -> dict[int, dict[str, Any]]:
    kinds = {area.kind for area in shown}
    return {
        feature["id"]: feature["geometry"]
        for kind in kinds
        for feature in queries.areas_geojson(kind, asked.within, asked.on)["features"]
    }


def _area(area: AreaView, geometry: dict[str, Any] | None) -> AreaOut:
    return AreaOut(
        **{name: getattr(area, name) for name in AreaOut.model_fields if name != "geometry"},
        geometry=geometry,
    )


@router.get(
    "/locate",
    response=PlaceOut,
    auth=PUBLIC,
    summary=N_("查某点在哪个网格"),
)
def locate_point(
    request: HttpRequest, lon: Degrees, lat: Degrees, on: date | None = None
) -> PlaceOut:
    """Say in which areas a point lies, with the candidates near a border."""
    queries.check_point(lon, lat)
    place = locate(lon, lat, on)
    return PlaceOut(
        area=_ref(place.area) if place.area else None,
        within=_within(place),
        candidates=[_ref(area) for area in place.candidates],
        outside=place.outside,
    )


def _within(place: Place) -> list[AreaRefOut]:
    if place.area is None:
        return []
    above = [_ref(area.ref) for area in queries.list_ancestors(place.area.id)]
    return [*above, _ref(place.area)]


def _ref(area: AreaRef) -> AreaRefOut:
    return AreaRefOut(
        id=area.id, code=area.code, kind=area.kind, name=area.name, name_en=area.name_en
    )
