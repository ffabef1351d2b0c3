"""Conversions between WGS-84 and the systems of Chinese maps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.ground.territory import gcj02

IN_CHINA = {
    "lon": st.floats(gcj02.CHINA_WEST + 0.02, gcj02.CHINA_EAST - 0.02),
    "lat": st.floats(gcj02.CHINA_SOUTH + 0.02, gcj02.CHINA_NORTH - 0.02),
}
METRE = 1 / 111_000


def test_the_published_point_comes_out_as_published() -> None:
    lon, lat = gcj02.from_wgs84(125.3, 43.85)
    assert (round(lon, 8), round(lat, 8)) == (125.30645031, 43.85239109)


def test_the_published_point_leads_back() -> None:
    lon, lat = gcj02.to_wgs84(125.30645031, 43.85239109)
    assert (lon, lat) == pytest.approx((125.3, 43.85), abs=1e-8)


def test_a_published_bd09_point_comes_out_as_published() -> None:
    """Tian'anmen as the vendor's converter gives it for GCJ-02 116.404, 39.915."""
    lon, lat = gcj02.bd09_from_wgs84(*gcj02.to_wgs84(116.404, 39.915))
    assert (lon, lat) == pytest.approx((116.41036949371029, 39.92133699351022), abs=1e-9)


@given(**IN_CHINA)
def test_gcj02_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    back = gcj02.to_wgs84(*gcj02.from_wgs84(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-6 * METRE)


@given(**IN_CHINA)
def test_bd09_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    back = gcj02.bd09_to_wgs84(*gcj02.bd09_from_wgs84(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-6 * METRE)


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_outside_china_nothing_changes(lon: float, lat: float) -> None:
    inside = (
        gcj02.CHINA_WEST <= lon <= gcj02.CHINA_EAST
        and gcj02.CHINA_SOUTH <= lat <= gcj02.CHINA_NORTH
    )
    assume(not inside)
    for convert in (
        gcj02.from_wgs84,
        gcj02.to_wgs84,
        gcj02.bd09_from_wgs84,
        gcj02.bd09_to_wgs84,
    ):
        assert convert(lon, lat) == (lon, lat)


def test_arrays_convert_like_single_points() -> None:
    lons, lats = np.array([125.3, -71.06, 103.0]), np.array([43.85, 42.36, 29.98])
    together = gcj02.from_wgs84(lons, lats)
    for at, (lon, lat) in enumerate(zip(lons, lats, strict=True)):
        assert gcj02.from_wgs84(float(lon), float(lat)) == (together[0][at], together[1][at])
