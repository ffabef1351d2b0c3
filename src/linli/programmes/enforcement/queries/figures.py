"""Figures of joint enforcement over a time and an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.people.terms import Member
from linli.ground.territory.terms import AreaKind, code_prefix, prefix_of
from linli.programmes.enforcement.models import LegalNotice, Measure, Operation
from linli.programmes.enforcement.queries.facts import visible_to
from linli.programmes.enforcement.queries.operations import PAGE_SIZE
from linli.programmes.enforcement.terms import STEP_LABELS, Step
from linli.programmes.enforcement.terms.figures import EnforcementFigure
from linli.spine.cases.queries.figures import in_parts
from linli.spine.cases.terms.figures import Ask, Counted, CountedPage

# What is counted, by which of its instants, and how it names its operation.
_COUNTED: Mapping[EnforcementFigure, tuple[type[Model], str, str]] = MappingProxyType(
    {
        EnforcementFigure.OPERATIONS: (Operation, "starts_at", ""),
        EnforcementFigure.FINISHED: (Operation, "ended_at", ""),
        EnforcementFigure.NOTICES: (LegalNotice, "served_at", "operation__"),
        EnforcementFigure.MEASURES: (Measure, "taken_at", "operation__"),
    }
)


def count_figures(asks: Iterable[Ask]) -> dict[Ask, int]:
    """Count operations, notices and measures; what was cancelled counts nowhere."""
    found: dict[Ask, int] = {}
    wanted = list(dict.fromkeys(asks))
    for model in dict.fromkeys(one for one, _, _ in _COUNTED.values()):
        own = [ask for ask in wanted if _COUNTED[EnforcementFigure(ask.figure)][0] is model]
        for some in in_parts(own):
            counts = {f"n{no}": Count("pk", filter=_which(ask)) for no, ask in enumerate(some)}
            row = _rows(model).aggregate(**counts)
            found |= {ask: row[f"n{no}"] for no, ask in enumerate(some)}
    return found


def list_counted(*, ask: Ask, member: Member, page: int) -> CountedPage:
    """List the operations behind a number, as far as the member may read them."""
    all_of_them = _behind(ask)
    seen = all_of_them.filter(visible_to(member)).order_by("-starts_at", "-id")
    total = seen.count()
    page = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    first = (page - 1) * PAGE_SIZE
    return CountedPage(
        rows=tuple(
            Counted(
                id=one.id,
                number=one.number,
                title=one.title,
                note=gettext(STEP_LABELS[Step(one.step)]),
                at=one.starts_at,
            )
            for one in seen[first : first + PAGE_SIZE]
        ),
        total=total,
        hidden=all_of_them.count() - total,
        page=page,
        page_size=PAGE_SIZE,
    )


def _behind(ask: Ask) -> QuerySet[Operation]:
    model, _, where = _COUNTED[EnforcementFigure(ask.figure)]
    if not where:
        return Operation.objects.filter(_which(ask))
    return Operation.objects.filter(pk__in=_rows(model).filter(_which(ask)).values("operation_id"))


def _rows(model: type[Model]) -> QuerySet[Any]:
    return QuerySet(model=model)


def _which(ask: Ask) -> Q:
    figure = EnforcementFigure(ask.figure)
    _, when, where = _COUNTED[figure]
    found = Q(
        **{
            f"{when}__gte": ask.since,
            f"{when}__lt": ask.before,
            f"{where}street__code__startswith": code_prefix(ask.street_code, AreaKind.STREET),
        }
    ) & ~Q(**{f"{where}step": Step.CANCELLED.value})
    if ask.area_code:
        found &= Q(**{f"{where}area__code__startswith": prefix_of(ask.area_code)})
    return found & Q(step=Step.FINISHED.value) if figure is EnforcementFigure.FINISHED else found
