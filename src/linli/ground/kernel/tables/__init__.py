"""Tables as offices send and get them: Excel and CSV read safely, Excel written safely."""

from __future__ import annotations

from .reading import MOST_BYTES, MOST_ROWS, Table, TableRow, find_heading, read_table
from .terms import Cell, Column, Fault, Mark, TableRefused
from .values import has_nul, instant_of, number_of, text_of
from .writing import Sheet, SheetColumn, guard, unguard, write_table

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Cell",
    "Column",
    "Fault",
    "Mark",
    "Sheet",
    "SheetColumn",
    "Table",
    "TableRefused",
    "TableRow",
    "find_heading",
    "guard",
    "has_nul",
    "instant_of",
    "number_of",
    "read_table",
    "text_of",
    "unguard",
    "write_table",
]
