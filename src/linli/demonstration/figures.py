"""The figures of the accounts the demonstration follows: counted here, or only stated there."""

from __future__ import annotations

from datetime import date

from django.db import connection

from .places import STREET_CODE

# About one grid; they do not agree with 19,000 households and 36,000 residents in 48 grids.
STATED = {"households_per_grid": 380, "residents_per_grid": 700}

_AREAS = "SELECT id, kind, area_m2 FROM territory_area WHERE code LIKE %(within)s AND {in_force}"
_IN_FORCE = "valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)"
_COUNTS = f"""
WITH area AS ({_AREAS.format(in_force=_IN_FORCE)}),
post AS (
    SELECT role FROM people_appointment
    JOIN area ON area.id = people_appointment.area_id
    WHERE starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
),
home AS (
    SELECT household.id FROM people_household household JOIN area ON area.id = household.area_id
),
body AS (SELECT kind, members_count FROM people_organisation WHERE is_active),
item AS (
    SELECT item.kind FROM cases_responsibility item
    JOIN cases_responsibilitylist list ON list.id = item.list_id
    JOIN area ON area.id = list.street_id
    WHERE effective_from <= %(on)s AND (effective_to IS NULL OR effective_to > %(on)s)
)
SELECT
    (SELECT count(*) FROM area WHERE kind = 'community') AS communities,
    (SELECT count(*) FROM area WHERE kind = 'grid') AS grids,
    (SELECT count(*) FROM post WHERE role = 'building_leader') AS building_leaders,
    (SELECT count(*) FROM post WHERE role = 'unit_leader') AS unit_leaders,
    (SELECT count(*) FROM home) AS households,
    (SELECT count(*) FROM people_person JOIN home ON home.id = household_id) AS residents,
    (SELECT count(*) FROM item) AS responsibilities,
    (SELECT count(*) FROM item WHERE kind = 'department') AS responsibilities_department,
    (SELECT count(*) FROM item WHERE kind = 'subdistrict') AS responsibilities_subdistrict,
    (SELECT count(*) FROM item WHERE kind = 'whistle') AS responsibilities_whistle,
    (SELECT count(*) FROM body WHERE kind = 'party_branch') AS organisations,
    (SELECT coalesce(sum(members_count), 0) FROM body WHERE kind = 'party_branch') AS members,
    (SELECT count(*) FROM body WHERE kind = 'alliance') AS alliances,
    (SELECT count(*) FROM body WHERE kind = 'volunteer_team') AS volunteer_teams,
    (SELECT round(sum(area_m2)::numeric / 1000000, 2)::float FROM area WHERE kind = 'grid')
        AS area_km2,
    (SELECT count(*) FROM cases_case) AS cases
"""  # noqa: S608  (only this module's own text is put together)


def compute_figures(*, on: date) -> dict[str, dict[str, float]]:
    """Count the figures in force on a day, and give those that are only stated apart."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"within": f"{STREET_CODE[:9]}%", "on": on})
        names = [column.name for column in cursor.description]
        row = cursor.fetchone()
    return {"computed": dict(zip(names, row, strict=True)), "stated": dict(STATED)}
