"""What a stored cell stands for, read and written; for this room only."""

from __future__ import annotations

from linli.programmes.returns.models import Stands
from linli.programmes.returns.terms import Span, Target


def target_of(row: Stands) -> Target:
    """Give what a row says its cell stands for."""
    return Target(
        figure=row.figure,
        span=Span(row.span),
        area_code=row.area_code,
        category_key=row.category_key,
        major_code=row.major_code,
        channel=row.channel,
        level=row.level,
    )


def fields_of(target: Target) -> dict[str, str]:
    """Give the fields of a row by what its cell stands for."""
    return {
        "figure": target.figure,
        "span": target.span.value,
        "area_code": target.area_code,
        "category_key": target.category_key,
        "major_code": target.major_code,
        "channel": target.channel,
        "level": target.level,
    }
