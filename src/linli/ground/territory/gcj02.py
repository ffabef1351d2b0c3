"""Conversion between WGS-84 and the two systems of Chinese maps, GCJ-02 and BD-09.

Used only at the edges: imports, exports and tiles. Formulas: the widely published
approximation of GCJ-02 on the Krasovsky 1940 ellipsoid; the inverse is iterative and meets the
forward direction to better than a micrometre. All functions take degrees, as numbers or numpy
arrays, and leave what lies outside the box around China as it is. Within some 700 m of the
edges of that box the published offset jumps, and no inverse exists.
"""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Degrees = TypeVar("Degrees", float, NDArray[np.float64])
Array = NDArray[np.float64]

CHINA_WEST, CHINA_EAST = 72.004, 137.8347
CHINA_SOUTH, CHINA_NORTH = 0.8293, 55.8271

_KRASOVSKY_AXIS_M = 6378245.0
_KRASOVSKY_E2 = 0.00669342162296594323
_BD_PERIOD = np.pi * 3000.0 / 180.0
_ROUNDS = 12


def from_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn WGS-84 degrees into GCJ-02."""
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    inside = _in_china(x, y)
    east, north = _offset(x, y)
    return _like(lon, np.where(inside, x + east, x), np.where(inside, y + north, y))


def to_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn GCJ-02 degrees into WGS-84 by fixed-point iteration."""
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    inside = _in_china(x, y)
    east, north = x, y
    for _round in range(_ROUNDS):
        away_east, away_north = _offset(east, north)
        east, north = x - away_east, y - away_north
    return _like(lon, np.where(inside, east, x), np.where(inside, north, y))


def bd09_from_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn WGS-84 degrees into BD-09."""
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    inside = _in_china(x, y)
    east, north = _bd09_from_gcj02(*from_wgs84(x, y))
    return _like(lon, np.where(inside, east, x), np.where(inside, north, y))


def bd09_to_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn BD-09 degrees into WGS-84 by fixed-point iteration."""
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    inside = _in_china(x, y)
    east, north = x - 0.0065, y - 0.006
    for _round in range(_ROUNDS):
        reached_east, reached_north = _bd09_from_gcj02(east, north)
        east, north = east + x - reached_east, north + y - reached_north
    east, north = to_wgs84(east, north)
    return _like(lon, np.where(inside, east, x), np.where(inside, north, y))


def _like(given: Degrees, x: Array, y: Array) -> tuple[Degrees, Degrees]:
    if isinstance(given, np.ndarray):
        return cast("tuple[Degrees, Degrees]", (x, y))
    return cast("tuple[Degrees, Degrees]", (float(x), float(y)))


def _in_china(lon: Array, lat: Array) -> NDArray[np.bool_]:
    return (lon >= CHINA_WEST) & (lon <= CHINA_EAST) & (lat >= CHINA_SOUTH) & (lat <= CHINA_NORTH)


def _offset(lon: Array, lat: Array) -> tuple[Array, Array]:
    """Give the shift from WGS-84 to GCJ-02 in degrees east and north."""
    x, y = lon - 105.0, lat - 35.0
    phi = np.radians(lat)
    bend = 1 - _KRASOVSKY_E2 * np.sin(phi) ** 2
    meridian_m = _KRASOVSKY_AXIS_M * (1 - _KRASOVSKY_E2) / (bend * np.sqrt(bend))
    parallel_m = _KRASOVSKY_AXIS_M / np.sqrt(bend) * np.cos(phi)
    return np.degrees(_east_m(x, y) / parallel_m), np.degrees(_north_m(x, y) / meridian_m)


def _waves(value: Array, *terms: tuple[float, float]) -> Array:
    return sum((height * np.sin(value * np.pi / period) for height, period in terms), 0 * value)


def _east_m(x: Array, y: Array) -> Array:
    plain = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    waves = _waves(x, (20.0, 1 / 6), (20.0, 1 / 2), (20.0, 1.0), (40.0, 3.0), (150.0, 12.0))
    return plain + (waves + _waves(x, (300.0, 30.0))) * 2.0 / 3.0


def _north_m(x: Array, y: Array) -> Array:
    plain = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    waves = _waves(x, (20.0, 1 / 6), (20.0, 1 / 2))
    waves = waves + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))
    return plain + waves * 2.0 / 3.0


def _bd09_from_gcj02(lon: Array, lat: Array) -> tuple[Array, Array]:
    reach = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PERIOD)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PERIOD)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006
