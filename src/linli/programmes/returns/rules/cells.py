"""Cells by their names as Excel writes them, B5 being the second column of the fifth row."""

from __future__ import annotations

import re

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_LETTERS = 26


def read_cell(name: str) -> tuple[int, int]:
    """Read row and column, both from 1, of a cell's name.

    Raises:
        ValueError: when it is no cell's name.
    """
    found = _CELL.fullmatch(name.strip().upper())
    if found is None:
        raise ValueError(f"{name!r} names no cell")
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]), column


def name_column(column: int) -> str:
    """Name a column, from 1: A, B, … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def name_cell(row: int, column: int) -> str:
    """Name a cell, both numbers from 1."""
    return f"{name_column(column)}{row}"


def read_range(name: str) -> tuple[int, int, int, int]:
    """Read a range such as B2:C5 as first row, first column, last row, last column.

    Raises:
        ValueError: when it is none.
    """
    first, _, last = name.partition(":")
    top, left = read_cell(first)
    bottom, right = read_cell(last or first)
    return top, left, bottom, right
