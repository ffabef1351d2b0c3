"""The list of powers with its versions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext

from linli.programmes.enforcement.models import Power
from linli.programmes.enforcement.queries.names import either, name_of
from linli.programmes.enforcement.terms import (
    KIND_LABELS,
    MEASURE_LABELS,
    WAY_LABELS,
    Kind,
    MeasureKind,
    PowerEntry,
    PowerInput,
    Way,
)


def list_power_entries() -> list[PowerEntry]:
    """List the powers in force, by department and kind."""
    rows = Power.objects.filter(is_active=True).order_by("department__code", "operation_kind", "id")
    return _entries(rows.select_related("department"))


def find_power_entry(power_id: int) -> PowerEntry | None:
    """Find one version of a power."""
    rows = Power.objects.filter(pk=power_id).select_related("department")
    return next(iter(_entries(rows)), None)


def list_power_versions(power_id: int) -> list[PowerEntry]:
    """List all versions of the power a version belongs to, newest first."""
    row = Power.objects.filter(pk=power_id).first()
    if row is None:
        return []
    first = row.origin_id or row.pk
    rows = Power.objects.filter(Q(pk=first) | Q(origin_id=first)).order_by("-version")
    return _entries(rows.select_related("department"))


def _entries(rows: Iterable[Power]) -> list[PowerEntry]:
    return [
        PowerEntry(
            id=row.pk,
            said=_said(row),
            title=either(row.title, row.title_en),
            basis=either(row.basis, row.basis_en),
            department_name=name_of(row.department),
            kind_label=gettext(KIND_LABELS[Kind(row.operation_kind)]),
            way_label=gettext(WAY_LABELS[Way(row.way)]),
            measure_labels=tuple(gettext(MEASURE_LABELS[MeasureKind(m)]) for m in row.measures),
            version=row.version,
            is_active=row.is_active,
            written_by_id=row.written_by_id,
            written_at=row.written_at,
        )
        for row in rows
    ]


def _said(row: Power) -> PowerInput:
    return PowerInput(
        department_id=row.department_id,
        operation_kind=Kind(row.operation_kind),
        title=row.title,
        title_en=row.title_en,
        basis=row.basis,
        basis_en=row.basis_en,
        measures=tuple(MeasureKind(one) for one in row.measures),
        way=Way(row.way),
        delegation=row.delegation,
    )
