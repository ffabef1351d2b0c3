"""What each sub-district has set for its cases, and the names of areas; held by the process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar
from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.queries import get_calendar
from linli.ground.territory.index import Index
from linli.ground.territory.locator import index_now
from linli.ground.territory.queries import get_area, list_areas
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.models import CaseSettings
from linli.spine.cases.rules.clocks import DEFAULT_LIMITS, Policy
from linli.spine.cases.rules.ladder import complete
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.rules.reports import rounded
from linli.spine.cases.terms import AreaName, ClockName
from linli.spine.cases.terms.supervision import Base, Rung, RungAt


class _Held:
    """Names of areas, as long as the territory stands as in this index."""

    def __init__(self, index: Index | None) -> None:
        self.index = index
        self.names: dict[int, AreaName] = {}
        self.home: dict[date, int] = {}


_held = _Held(None)


def get_policy(street_id: int) -> Policy:
    """Get what a sub-district has set."""
    return _policies.get().get(street_id) or _usual(settings.REOPEN_WITHIN_DAYS)


def announce_policies() -> None:
    """Let every process read the settings again."""
    announce(_policies.name)


def calendar_of(street_id: int) -> WorkingCalendar:
    """Get the calendar of the sub-district with this area id."""
    return get_calendar(area_name(street_id).code)


def area_name(area_id: int) -> AreaName:
    """Name an area by its id; read once as long as the territory does not change.

    Raises:
        UnknownArea: when there is none.
    """
    names = _known().names
    found = names.get(area_id)
    if found is None:
        area = get_area(area_id)
        found = names[area_id] = AreaName(id=area.id, code=area.code, name=area.name)
    return found


def home_street(on: date) -> int:
    """Give the sub-district that takes in what lies outside all areas: the first by code.

    Raises:
        ReportRefused: when the territory has no sub-district on that day.
    """
    home = _known().home
    if on not in home:
        streets = list_areas(kind=AreaKind.STREET, on=on)
        if not streets:
            raise ReportRefused("report.no_street")
        home[on] = streets[0].id
    return home[on]


def _known() -> _Held:
    global _held  # noqa: PLW0603 - one a process, replaced as a whole
    index, held = index_now(), _held
    if held.index is not index:
        held = _held = _Held(index)
    return held


@lru_cache(maxsize=1)
def _usual(reopen_days: int) -> Policy:
    return Policy(reopen_days=reopen_days)


def _policy(row: CaseSettings) -> Policy:
    limits = {
        ClockName(name): Limit(amount, Unit(unit)) for name, (amount, unit) in row.limits.items()
    }
    points = frozenset(rounded((lon, lat)) for lon, lat in row.suspicious_points)
    return Policy(
        limits={**DEFAULT_LIMITS, **limits},
        reopen_days=row.reopen_days or settings.REOPEN_WITHIN_DAYS,
        return_limit=row.return_limit,
        suspicious_points=points,
        suspicious_repeats=row.suspicious_repeats,
        ladder=complete({Rung(rung): read_rung(at) for rung, at in row.ladder.items()}),
        silent_days=row.silent_days,
        extension_days=row.extension_days,
        leader_extension_days=row.leader_extension_days,
        pending_days=row.pending_days,
        duplicate_radius_m=row.duplicate_radius_m,
        duplicate_hours=row.duplicate_hours,
        sample_share=row.sample_share,
        sample_days=row.sample_days,
        asking_days=row.asking_days,
    )


def read_rung(written: list[Any] | None) -> RungAt | None:
    """Read one rung as the settings keep it: base and amount, or nothing where it is left out."""
    return RungAt(Base(written[0]), written[1]) if written else None


def _read_policies() -> Mapping[int, Policy]:
    return {row.street_id: _policy(row) for row in CaseSettings.objects.all()}


_policies = Fresh("case settings", _read_policies)
