"""Published results: what was done by which power and how often; nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext

from linli.ground.kernel.queries import get_calendar
from linli.programmes.enforcement.models import (
    Appeal,
    LegalNotice,
    Measure,
    Operation,
    Participation,
    Party,
    Power,
)
from linli.programmes.enforcement.queries.names import either, name_of
from linli.programmes.enforcement.queries.operations import scores_of
from linli.programmes.enforcement.rules.refusals import NoSuchOperation
from linli.programmes.enforcement.terms import (
    KIND_LABELS,
    MEASURE_LABELS,
    Kind,
    MeasureKind,
    PublicMeasure,
    PublicOperation,
)

MOST = 50


def list_published(*, page: int = 1, size: int = MOST) -> list[PublicOperation]:
    """List published results, newest first."""
    page = max(1, min(page, 10_000))
    return [_public(row) for row in _published()[(page - 1) * size : page * size]]


def public_operation(*, number: str) -> PublicOperation:
    """Get one published result.

    Raises:
        NoSuchOperation: none of this number is public.
    """
    row = None if "\x00" in number else _published().filter(number=number).first()
    if row is None:
        raise NoSuchOperation("enforcement.not_found")
    return _public(row)


def is_public_photo(photo_id: UUID) -> bool:
    """Say whether a photo was chosen for a result that is public now."""
    return _published().filter(public_photo_ids__contains=[str(photo_id)]).exists()


def _published() -> QuerySet[Operation]:
    rows = Operation.objects.filter(published_at__isnull=False, withdrawn_at=None)
    return rows.select_related("area", "street").order_by("-published_at", "-id")


def _public(row: Operation) -> PublicOperation:
    zone = ZoneInfo(get_calendar(row.street.code).zone)
    measures, hangs = Measure.objects.filter(operation=row), {"operation": row}
    scores = tuple(scores_of(row))
    published = row.published_at or row.planned_at
    return PublicOperation(
        number=row.number,
        kind_label=gettext(KIND_LABELS[Kind(row.kind)]),
        title=row.title,
        area_name=name_of(row.area or row.street),
        done_on=row.starts_at.astimezone(zone).date(),
        published_at=published,
        summary=row.summary,
        departments=tuple(_departments(row)),
        notices_count=LegalNotice.objects.filter(**hangs).count(),
        complied_count=Party.objects.filter(**hangs, complied_at__isnull=False).count(),
        heard_count=Appeal.objects.filter(**hangs).count(),
        measures=tuple(_measures(row)),
        photo_ids=tuple(UUID(one) for one in row.public_photo_ids),
        reconsider_until=measures.aggregate(last=Max("reconsider_until"))["last"],
        score=sum(one.points for one in scores) if scores else None,
        scores=scores,
    )


def _departments(row: Operation) -> Iterable[str]:
    taking_part = Participation.objects.filter(operation=row).select_related("secondment__home")
    return dict.fromkeys(name_of(one.secondment.home) for one in taking_part.order_by("id"))


def _measures(row: Operation) -> Iterable[PublicMeasure]:
    counted = Measure.objects.filter(operation=row).values("power_id", "kind")
    rows = list(counted.annotate(count=Count("id")).order_by("power_id", "kind"))
    powers = Power.objects.select_related("department").in_bulk([one["power_id"] for one in rows])
    for one in rows:
        power = powers[one["power_id"]]
        yield PublicMeasure(
            label=gettext(MEASURE_LABELS[MeasureKind(one["kind"])]),
            department_name=name_of(power.department),
            basis=either(power.basis, power.basis_en),
            count=one["count"],
        )
