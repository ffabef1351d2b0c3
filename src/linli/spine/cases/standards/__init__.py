"""The shipped catalogue: the standard as transcribed, our extensions, conditions and limits.

`gbt47678_5_2026.csv` holds kind, code, class and name of GB/T 47678.5-2026 as a third party
transcribed them (check against the official text), with our English names and search words.
`conditions.csv`, `default_limits.csv` and `extensions.csv` are our own; so is `for_couriers.csv`,
the categories that are problems of public space and say nothing of persons.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linli.spine.cases.catalogue_terms import (
    STANDARD_SOURCE,
    CategoryKind,
    CheckedBy,
    category_key,
)

_FOLDER = Path(__file__).parent
_CONDITIONS = (
    "filing_condition",
    "filing_condition_en",
    "closing_condition",
    "closing_condition_en",
    "limit_unit",
    "checked_by",
)


def list_standard_rows() -> list[dict[str, Any]]:
    """List the fields of every shipped category: the standard's first, then the extensions."""
    seen = {row["key"] for row in _read("for_couriers.csv")}
    return [
        row | {"for_couriers": category_key(row["kind"], row["code"]) in seen}
        for row in (*_standard(), *_extensions())
    ]


def _standard() -> Iterator[dict[str, Any]]:
    own = {row["key"]: row for row in _read("conditions.csv")}
    defaults = {row["major_key"]: row for row in _read("default_limits.csv")}
    for row in _read("gbt47678_5_2026.csv"):
        key = category_key(row["kind"], row["code"])
        stated = own.get(key)
        limit = stated or defaults[category_key(row["kind"], row["major_code"])]
        yield (
            row
            | {
                "is_transcribed": True,
                "source": STANDARD_SOURCE,
                "limit_amount": int(limit["limit_amount"]),
                "limit_unit": limit["limit_unit"],
                "is_default_limit": stated is None,
                "checked_by": CheckedBy.SPOT.value,
            }
            | ({name: stated[name] for name in _CONDITIONS} if stated else {})
        )


def _extensions() -> Iterator[dict[str, Any]]:
    for row in _read("extensions.csv"):
        yield row | {
            "kind": CategoryKind.LOCAL.value,
            "is_extension": True,
            "limit_amount": int(row["limit_amount"]),
            "is_public": row["is_public"] == "yes",
        }


def _read(name: str) -> list[dict[str, Any]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
