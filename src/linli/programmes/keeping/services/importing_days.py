"""Tables of days taken over: rows become changes of a draft of the calendar, never more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext

from linli.ground.kernel.tables.reading import TableRow
from linli.ground.kernel.tables.terms import Column, Fault
from linli.ground.kernel.tables.values import text_of
from linli.programmes.keeping.rules.importing import ReadRow
from linli.programmes.keeping.rules.importing_days import (
    DAY_COLUMNS,
    OF_A_NEW_DAY,
    read_date,
    read_day_row,
)
from linli.programmes.keeping.terms import WORK_LABELS, Matter

from .importing import DraftBatch, DraftImporter, list_sayings, offer


class DayBatch(DraftBatch):
    """The rows of a file of days."""

    matter = Matter.CALENDAR
    columns = DAY_COLUMNS
    key_column = "day"
    needed = OF_A_NEW_DAY

    def key_of(self, row: TableRow) -> str:
        """Give the day, or what stands there instead."""
        return read_date(row.cells.get("day")) or text_of(row.cells.get("day")).replace("\x00", "")

    def read(self, row: TableRow) -> tuple[ReadRow, tuple[Fault, ...]]:
        """Read one row."""
        works, offered = list_sayings(WORK_LABELS), offer(WORK_LABELS.values())
        return read_day_row(row.cells, works=works, offered=offered)


class DayImporter(DraftImporter):
    """Says what the rows of a table of days mean."""

    kind = "calendar"
    columns: Sequence[Column] = DAY_COLUMNS
    matter = Matter.CALENDAR
    batch = DayBatch

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give what may be written for a day."""
        return {"work": [gettext(label) for label in WORK_LABELS.values()]}
