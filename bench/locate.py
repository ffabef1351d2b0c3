"""How fast the public locator answers, at 48 and at 5,000 polygons.

Each call asks `locator.locate` for the place of today with its candidates near borders; the
version is looked up in the database as in service. The polygons tile a district, one in ten has
an earlier version, and the points fall evenly over them, so that about one in ten lies within
5 m of a border. `vectorised_per_s` counts points for which `locate_many_marked` tells both the
grid and whether a border is near. Every figure is the median of several rounds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from time import perf_counter, perf_counter_ns
from typing import Any

import numpy as np

LAYOUTS = {48: (8, 6), 5_000: (100, 50)}
WEST, SOUTH = 125.25, 43.80
STEP_LON, STEP_LAT = 0.0025, 0.0018
POINTS_PER_EDGE = 6
DEFAULTS: Mapping[str, int] = {
    "rounds": 5,
    "points": 10_000,
    "vectorised_points": 200_000,
    "seed": 20_261_122,
}


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch cluster.

    Args:
        settings: `rounds`, `points` and `vectorised_points` of each, `seed` of their places.
    """
    from linli.config import cluster

    chosen = {**DEFAULTS, **settings}
    with cluster.scratch(durable=True) as own:
        os.environ["DATABASE_URL"] = own.url()
        os.environ["LINLI_SCRATCH"] = "1"
        os.environ.setdefault("LINLI_SECRET", "bench-" + "0123456789abcdef" * 4)
        os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
        _set_up()
        figures: dict[str, float] = {}
        for count in LAYOUTS:
            _fill(count, chosen["seed"])
            figures.update(_measure(count, chosen))
        _disconnect()
    return figures


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "territory", verbosity=0)


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()


def _fill(count: int, seed: int) -> None:
    """Replace the territory by a tiling of `count` grids with crooked borders."""
    from django.db import connection

    from linli.ground.territory.models import Area
    from linli.ground.territory.services import announce_change

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE territory_area")
    rng = np.random.default_rng(seed)
    columns, rows = LAYOUTS[count]
    corners = _corners(columns, rows, rng)
    areas = []
    for number in range(count):
        geometry = _polygon(corners, number % columns, number // columns)
        areas.append(_area(number, geometry, date(2024, 1, 1), None))
        if number % 10 == 0:
            areas.append(_area(number, geometry, date(2020, 1, 1), date(2024, 1, 1)))
    Area.objects.bulk_create(areas)
    announce_change(at=datetime.now(UTC))


def _corners(columns: int, rows: int, rng: np.random.Generator) -> np.ndarray[Any, Any]:
    lons = WEST + STEP_LON * np.arange(columns + 1)
    lats = SOUTH + STEP_LAT * np.arange(rows + 1)
    corners = np.stack(np.meshgrid(lons, lats), axis=-1)
    shift = rng.uniform(-0.15, 0.15, corners.shape) * (STEP_LON, STEP_LAT)
    return corners + shift


def _polygon(corners: np.ndarray[Any, Any], column: int, row: int) -> dict[str, Any]:
    around = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
    ring = []
    for start, end in zip(around, [*around[1:], around[0]], strict=True):
        share = np.linspace(0, 1, POINTS_PER_EDGE, endpoint=False)[:, None]
        ring += (corners[start] + (corners[end] - corners[start]) * share).tolist()
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _area(number: int, geometry: dict[str, Any], starts: date, ends: date | None) -> Any:
    from linli.ground.territory.models import Area

    code = f"220104{number // 90_000 + 1:03d}{number // 900 % 100 + 1:03d}{number % 900 + 1:03d}"
    return Area(
        code=code,
        kind="grid",
        name=f"{number + 1}",
        geometry=geometry,
        valid_from=starts,
        valid_to=ends,
    )


def _measure(count: int, chosen: Mapping[str, int]) -> dict[str, float]:
    rng = np.random.default_rng(chosen["seed"] + count)
    rounds = [_round(count, chosen, rng) for _number in range(chosen["rounds"])]
    p50, p99, per_s = (float(value) for value in np.median(rounds, axis=0))
    return {
        f"p50_us_{count}": round(p50, 1),
        f"p99_us_{count}": round(p99, 1),
        f"vectorised_per_s_{count}": round(per_s),
    }


def _round(
    count: int, chosen: Mapping[str, int], rng: np.random.Generator
) -> tuple[float, float, float]:
    micros = _one_by_one(*_points(count, chosen["points"], rng))
    lons, lats = _points(count, chosen["vectorised_points"], rng)
    p50, p99 = (float(value) for value in np.percentile(micros, [50, 99]))
    return p50, p99, len(lons) / _all_at_once(lons, lats)


def _points(
    count: int, number: int, rng: np.random.Generator
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    columns, rows = LAYOUTS[count]
    lons = rng.uniform(WEST, WEST + STEP_LON * columns, number)
    return lons, rng.uniform(SOUTH, SOUTH + STEP_LAT * rows, number)


def _one_by_one(lons: np.ndarray[Any, Any], lats: np.ndarray[Any, Any]) -> list[float]:
    from linli.ground.territory.locator import locate

    micros = []
    for lon, lat in zip(lons.tolist(), lats.tolist(), strict=True):
        begun = perf_counter_ns()
        locate(lon, lat)
        micros.append((perf_counter_ns() - begun) / 1000)
    return micros


def _all_at_once(lons: np.ndarray[Any, Any], lats: np.ndarray[Any, Any]) -> float:
    """Give the time it takes in seconds."""
    from linli.ground.territory.locator import locate_many_marked

    begun = perf_counter()
    locate_many_marked(lons, lats)
    return perf_counter() - begun
