"""Case numbers as people type them, and how far a question reaches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.people.terms import Scope
from linli.ground.territory.terms import Window
from linli.spine.cases.rules.cells import cell_of
from linli.spine.cases.rules.searching import (
    PERIOD_DAYS,
    Marked,
    list_marks,
    marks_query,
    needs_marks,
    numbers_meant,
    period_of,
    plain_number,
    reach_query,
    read_numbers,
)
from linli.spine.cases.terms import CaseFilters, Channel, Level, Step
from linli.spine.cases.terms.supervision import Reason


@pytest.mark.parametrize(
    ("typed", "numbers", "beginning"),
    [
        ("2026-0001234", ["2026-0001234"], "2026-0001234"),
        ("２０２６—0001234", ["2026-0001234"], "2026-0001234"),
        ("20260001234", ["2026-0001234"], "2026-0001234"),
        ("1234", ["2026-0001234", "2025-0001234", "2024-0001234"], ""),
        ("2026-00012", [], "2026-00012"),
        ("2026-0", [], ""),
        ("2026001", ["2026-2026001", "2025-2026001", "2024-2026001"], "2026-001"),
        ("垃圾", [], ""),
        ("2026-00012345", [], ""),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed: str, numbers: list[str], beginning: str) -> None:
    assert read_numbers(typed, year=2026) == (numbers, beginning)


@given(number=st.integers(0, 9_999_999), place=st.integers(0, 9))
def test_two_swapped_figures_are_known(number: int, place: int) -> None:
    digits = f"2026{number:07d}"
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    right = f"2026-{number:07d}"
    assert right in numbers_meant(swapped) or swapped == digits


@pytest.mark.parametrize("typed", ["2026000123", "202600012345", "2026-001234", "2026-00O1234"])
def test_a_figure_too_few_or_too_many_is_known(typed: str) -> None:
    assert ("2026-0001234" in numbers_meant(typed)) == typed.replace("-", "").isdecimal()


def test_what_is_no_number_means_none() -> None:
    assert [numbers_meant(text) for text in ("", "1234", "垃圾", "20260001234567")] == [[]] * 4


def test_numbers_of_others_are_compared_without_signs() -> None:
    assert plain_number(" 12345-2026/ＡＢ_01 ") == "123452026ab01"


@given(days=st.integers(0, 4000))
def test_later_cases_stand_in_later_periods(days: int) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    later = start + timedelta(days=days)
    assert period_of(start) <= period_of(later) <= period_of(start) + days // PERIOD_DAYS + 1


def marks(**changes: object) -> set[str]:
    usual: dict[str, object] = {
        "street_code": "220104004000",
        "community_code": "220104004001",
        "grid_code": "220104004001003",
        "organisation_ids": [7],
        "is_complaint": False,
        "about_organisation_id": None,
        "reported_at": datetime(2026, 1, 31, 23, tzinfo=UTC),
        "cell": None,
        "category_id": None,
        "major_code": "",
        "channel": "web",
        "level": "street",
        "step": "verifying",
    }
    return list_marks(Marked(**usual | changes))  # type: ignore[arg-type]


def test_a_case_is_marked_with_place_hands_and_time() -> None:
    assert marks() == {
        "@220104",
        "@220104004",
        "@220104004001",
        "@220104004001003",
        "#7",
        "~365",
        "~y2026",
        "/web",
        "=open",
    }
    assert marks(is_complaint=True, about_organisation_id=3) - marks() == {"^complaint", "^about3"}


def test_a_case_is_marked_with_what_it_is_and_where_it_stands_when_few_do() -> None:
    assert marks(category_id=12, major_code="06") - marks() == {"%12", "%%06"}
    assert marks(cell=cell_of(125.31, 43.88)) - marks() == {":89317660197ffff"}
    assert marks(step="closed", level="grid") ^ marks() == {"=open", "+grid"}
    assert marks(step="declined") ^ marks() == {"=open", "=declined"}


@pytest.mark.parametrize(
    ("filters", "query", "is_needed"),
    [
        (CaseFilters(), "", False),
        (CaseFilters(category_id=12), "'%12'", False),
        (CaseFilters(category_id=12, channel=Channel.WEB), "'%12' & '/web'", True),
        (CaseFilters(category_id=12, is_overdue=True), "'=open' & '%12'", True),
        (CaseFilters(organisation_id=7), "'#7'", True),
        (CaseFilters(organisation_id=7, is_open=True), "'#7' & '=open'", True),
        (CaseFilters(organisation_id=7, reason=Reason.ANY), "", False),
        (CaseFilters(steps=(Step.HANDLING, Step.FILING)), "'=open'", False),
        (CaseFilters(steps=(Step.HANDLING, Step.CLOSED)), "", False),
        (CaseFilters(steps=(Step.CLOSED,), level=Level.STREET), "", False),
        (CaseFilters(steps=(Step.VOID,), level=Level.GRID), "'+grid' & '=void'", True),
        (
            CaseFilters(major_code="06", area_code="220104004001"),
            "'@220104004001' & '%%06'",
            True,
        ),
        (
            CaseFilters(window=Window(west=125.31, south=43.88, east=125.3101, north=43.8801)),
            "((':89317660197ffff') | (':89317662a4bffff') | (':89317662a5bffff'))",
            False,
        ),
        (CaseFilters(window=Window(west=125, south=43, east=126, north=44)), "", False),
    ],
)
def test_filters_become_a_question_over_marks(
    filters: CaseFilters, query: str, *, is_needed: bool
) -> None:
    assert marks_query(filters) == query
    assert needs_marks(filters) is is_needed


@pytest.mark.parametrize(
    ("scope", "query"),
    [
        (Scope(), None),
        (Scope(account_id=3), None),
        (Scope(all=True), ""),
        (Scope(all=True, never_about=(4,)), "!'^about4'"),
        (Scope(area_prefixes=("22",)), ""),
        (Scope(area_prefixes=("220104004",)), "(('@220104004'))"),
        (
            Scope(area_prefixes_without_complaints=("220104004001003",), organisation_ids=(7,)),
            "(('@220104004001003' & !'^complaint') | ('#7'))",
        ),
        (Scope(area_prefixes_without_complaints=("22",)), "((!'^complaint'))"),
        (
            Scope(organisation_ids=(7, 8), never_about=(7, 1)),
            "(('#7') | ('#8')) & !'^about7' & !'^about1'",
        ),
    ],
)
def test_a_scope_becomes_a_question_over_marks(scope: Scope, query: str | None) -> None:
    assert reach_query(scope) == query
