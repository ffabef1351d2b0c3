"""Codes of areas and what they say."""

from __future__ import annotations

import pytest

from linli.ground.territory.terms import (
    KIND_LABELS,
    AreaKind,
    code_prefix,
    kind_of_code,
    parent_code,
    prefix_of,
)

CHAIN = [
    ("220000000000", AreaKind.PROVINCE),
    ("220100000000", AreaKind.CITY),
    ("220104000000", AreaKind.DISTRICT),
    ("220104004000", AreaKind.STREET),
    ("220104004001", AreaKind.COMMUNITY),
    ("220104004001007", AreaKind.GRID),
    ("220104004001007012", AreaKind.BUILDING),
    ("22010400400100701203", AreaKind.UNIT),
]


@pytest.mark.parametrize(("code", "kind"), CHAIN)
def test_a_code_tells_its_level(code: str, kind: AreaKind) -> None:
    assert kind_of_code(code) == kind


@pytest.mark.parametrize("code", ["", "22", "2201040040", "22010400400100", "22010400400a"])
def test_a_broken_code_has_no_level(code: str) -> None:
    with pytest.raises(ValueError, match="no level"):
        kind_of_code(code)


def test_each_level_lies_in_the_one_above() -> None:
    codes = [code for code, _kind in CHAIN]
    assert [parent_code(code) for code in codes] == [None, *codes[:-1]]


def test_containment_is_by_prefix() -> None:
    unit = CHAIN[-1][0]
    assert all(unit.startswith(prefix_of(code)) for code, _kind in CHAIN)
    assert code_prefix(unit, AreaKind.STREET) == "220104004"


def test_a_code_cut_short_stands_for_itself() -> None:
    assert prefix_of("2201") == "2201"


def test_every_level_has_a_label() -> None:
    assert set(KIND_LABELS) == set(AreaKind)
