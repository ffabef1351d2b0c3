"""Conversion between WGS-84 and the two systems of Chinese maps, GCJ-02 and BD-09.

Used only at the edges: imports, exports and tiles. Formulas: the widely published
approximation of GCJ-02 on the Krasovsky 1940 ellipsoid; the inverse is iterative and meets the
forward direction to better than a micrometre. All functions take degrees, as numbers or numpy
arrays, and leave what lies outside the box around China as it is. Within some 700 m of the
edges of that box the published offset jumps, and no inverse exists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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
    return _inside_china(_gcj02_from_wgs84, lon, lat)


def to_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn GCJ-02 degrees into WGS-84 by fixed-point iteration."""
    return _inside_china(_wgs84_from_gcj02, lon, lat)


def bd09_from_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn WGS-84 degrees into BD-09."""
    return _inside_china(lambda x, y: _bd09_from_gcj02(*_gcj02_from_wgs84(x, y)), lon, lat)


def bd09_to_wgs84(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Turn BD-09 degrees into WGS-84 by fixed-point iteration."""
    return _inside_china(lambda x, y: _wgs84_from_gcj02(*_gcj02_from_bd09(x, y)), lon, lat)


def _inside_china(
    convert: Callable[[Array, Array], tuple[Array, Array]], lon: Degrees, lat: Degrees
) -> tuple[Degrees, Degrees]:
    """Convert what lies in the box around China; points outside are computed at its edge."""
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    inside_x, inside_y = x.clip(CHINA_WEST, CHINA_EAST), y.clip(CHINA_SOUTH, CHINA_NORTH)
    inside = (inside_x == x) & (inside_y == y)
    east, north = convert(inside_x, inside_y)
    east, north = np.where(inside, east, x), np.where(inside, north, y)
    if isinstance(lon, np.ndarray):
        return (east, north)
    return (float(east), float(north))


def _gcj02_from_wgs84(lon: Array, lat: Array) -> tuple[Array, Array]:
    east, north = _offset(lon, lat)
    return lon + east, lat + north


def _wgs84_from_gcj02(lon: Array, lat: Array) -> tuple[Array, Array]:
    east, north = lon, lat
    for _round in range(_ROUNDS):
        away_east, away_north = _offset(east, north)
        east, north = lon - away_east, lat - away_north
    return east, north


def _gcj02_from_bd09(lon: Array, lat: Array) -> tuple[Array, Array]:
    east, north = lon - 0.0065, lat - 0.006
    for _round in range(_ROUNDS):
        reached_east, reached_north = _bd09_from_gcj02(east, north)
        east, north = east + lon - reached_east, north + lat - reached_north
    return east, north


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
