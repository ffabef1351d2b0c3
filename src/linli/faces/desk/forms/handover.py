"""What the outgoing writes: remarks and points, row by row, each perhaps about one case."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from linli.programmes.shifts.terms import HandoverView, NewPoint

BLANK_ROWS = 3


def read_points(posted: QueryDict) -> list[NewPoint]:
    """Read the rows that have words; a row with a number alone keeps its number as words."""
    rows = zip(posted.getlist("case_number"), posted.getlist("text"), strict=False)
    return [
        NewPoint(case_number=number.strip(), text=text.strip() or number.strip())
        for number, text in rows
        if number.strip() or text.strip()
    ]


def rows_to_write(points: Sequence[NewPoint]) -> list[NewPoint]:
    """Give the rows of the form: what is written, and a few blank ones."""
    return [*points, *(NewPoint(text="") for _ in range(BLANK_ROWS))]


def written_points(handover: HandoverView) -> list[NewPoint]:
    """Give the points as they are stored."""
    return [NewPoint(text=point.text, case_number=point.case_number) for point in handover.points]
