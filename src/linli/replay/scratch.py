"""What the scratch instance needs before the first report: areas, catalogue, staff, calendar.

Everything is invented but the areas and the names of categories and departments, which come
from the files given. Imported only once Django is set up for the scratch database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import ceil

from django.db import transaction

from linli.ground.kernel.calendar_store import set_calendar
from linli.ground.kernel.calendars import Unit
from linli.ground.kernel.services import ensure_partitions
from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.models import Organisation, Person
from linli.ground.people.queries.organisations import announce_organisations
from linli.ground.people.services import appoint, open_account
from linli.ground.people.terms import Basis, OrganisationKind, Role
from linli.ground.territory.errors import UnableToImportAreas
from linli.ground.territory.queries import find_area
from linli.ground.territory.services import add_areas, import_geojson
from linli.ground.territory.terms import AreaKind, GeoJsonFields, NewArea
from linli.spine.cases.catalogue_terms import ForeignCategory
from linli.spine.cases.services.catalogue import import_categories
from linli.spine.cases.services.settings import set_case_settings

from .errors import UnableToReplay
from .mapping import FileMapping
from .reading import Point, ReportFile
from .terms import Ground

# Codes that no place has.
STREET_CODE, COMMUNITY_CODE = "990101001000", "990101001001"
LONG_AGO = date(1970, 1, 1)
LONGEST_HOURS = 3650
# The rule for points that repeat is made for a sub-district; here one holds a whole city.
REPEATS_IN_A_CITY = 400
CENTRE_ROLES = (Role.VERIFIER, Role.INTAKE_CLERK, Role.DISPATCHER)


@transaction.atomic
def prepare(*, areas: bytes, mapping: FileMapping, file: ReportFile, at: datetime) -> Ground:
    """Set up the scratch instance in one transaction.

    Args:
        areas: the GeoJSON file as it came.
        at: aware instant of the set-up.

    Raises:
        UnableToReplay: when the areas can't be taken over; says why and where.
    """
    _ensure_partitions(file, at)
    street_id = _draw(areas, mapping, at)
    set_calendar(street_code=STREET_CODE, zone=mapping.zone)
    _set_default_points(street_id, file.default_points)
    departments = _found(sorted({row.department for row in file.rows}))
    return Ground(
        categories=_enter_catalogue(mapping, file, at),
        departments=departments,
        accounts={role.value: _employ(role, at, area_id=street_id) for role in CENTRE_ROLES},
        handlers={
            one: _employ(Role.HANDLER, at, organisation_id=one, area_id=street_id)
            for one in departments.values()
        },
    )


def _ensure_partitions(file: ReportFile, at: datetime) -> None:
    instants = [row.opened for row in file.rows]
    instants += [row.closed for row in file.rows if row.closed is not None]
    for instant in sorted({(one.year, one.month) for one in [*instants, at]}):
        first = date(*instant, 1)
        ensure_partitions(first=first, last=first)


def _draw(areas: bytes, mapping: FileMapping, at: datetime) -> int:
    """Enter one street with one community, and the areas of the file as its grids."""
    name = mapping.source[:100]
    whole = [
        NewArea(code=STREET_CODE, kind=AreaKind.STREET, name=name, name_en=name),
        NewArea(code=COMMUNITY_CODE, kind=AreaKind.COMMUNITY, name=name, name_en=name),
    ]
    add_areas(areas=whole, valid_from=LONG_AGO, actor=SYSTEM, at=at)
    try:
        import_geojson(
            content=areas,
            system=mapping.areas.system,
            kind=AreaKind.GRID,
            fields=GeoJsonFields(name=name_property(areas, mapping), under=COMMUNITY_CODE),
            valid_from=LONG_AGO,
            actor=SYSTEM,
            at=at,
            confirm=True,
        )
    except UnableToImportAreas as refusal:
        faults = " ".join(found.words() for found in refusal.faults[:5])
        raise UnableToReplay(
            f"区域文件不能导入：{refusal.words()}{faults}",
            f"the areas can't be imported ({refusal.code}).",
        ) from refusal
    return _street_id()


def _street_id() -> int:
    street = find_area(STREET_CODE)
    if street is None:
        raise UnableToReplay("回放用的街道没有建成。", "the street of the replay is missing.")
    return street.id


def name_property(areas: bytes, mapping: FileMapping) -> str:
    """Choose the first of the mapping's properties that the areas have."""
    for name in mapping.areas.name:
        if f'"{name}"'.encode() in areas:
            return name
    return mapping.areas.name[0]


def _set_default_points(street_id: int, points: frozenset[Point]) -> None:
    set_case_settings(
        street_id=street_id, suspicious_points=points, suspicious_repeats=REPEATS_IN_A_CITY
    )


def _enter_catalogue(mapping: FileMapping, file: ReportFile, at: datetime) -> dict[str, str]:
    rows: list[ForeignCategory] = []
    names = sorted({row.category for row in file.rows})
    for number, name in enumerate(names, start=1):
        amount, unit = _limit(file.limits.get(name))
        rows.append(
            ForeignCategory(
                code=f"{number:04d}", name=name, name_en=name, limit_amount=amount, limit_unit=unit
            )
        )
    keys = import_categories(rows=rows, source=mapping.source, at=at, effective_from=LONG_AGO)
    return {row.name: keys[row.code] for row in rows}


def _limit(hours: int | None) -> tuple[int | None, str]:
    if hours is None:
        return None, ""
    if hours <= LONGEST_HOURS:
        return hours, Unit.URGENT_HOURS.value
    return min(ceil(hours / 24), LONGEST_HOURS), Unit.CALENDAR_DAYS.value


def _found(names: Sequence[str]) -> dict[str, int]:
    """Make an organisation of each department."""
    made = Organisation.objects.bulk_create(
        Organisation(
            code=f"replay-{number}",
            name=name[:120],
            name_en=name[:120],
            kind=OrganisationKind.DEPARTMENT.value,
        )
        for number, name in enumerate(names, start=1)
    )
    announce_organisations()
    return {name: one.pk for name, one in zip(names, made, strict=True)}


def _employ(role: Role, at: datetime, *, area_id: int, organisation_id: int | None = None) -> int:
    """Open an account nobody can sign in to, in a post that was always held."""
    login = f"replay-{role.value}-{organisation_id or 0}"
    person = Person.objects.create(name=login, street_code=STREET_CODE)
    account_id = open_account(login=login, password=None, person_id=person.pk, actor=SYSTEM, at=at)
    appoint(
        person_id=person.pk,
        role=role,
        starts_on=LONG_AGO,
        basis=Basis.APPOINTED,
        actor=SYSTEM,
        at=at,
        organisation_id=organisation_id,
        area_id=area_id,
    )
    return account_id
