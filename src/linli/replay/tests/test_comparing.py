"""What the figures say where we and the file differ."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from linli.replay.comparing import differences_of_place, differences_of_time, figures
from linli.replay.counting import Count, Held
from linli.replay.reading import Row, client_id
from linli.replay.sending import Answer

OPENED = datetime(2012, 3, 1, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def row(number: int = 1, **changes: Any) -> Row:
    values: dict[str, Any] = {
        "number": number,
        "client_id": client_id(OPENED, str(number)),
        "original": str(number),
        "text": "A hole",
        "category": "Pothole",
        "department": "Works",
        "address": "",
        "point": (10.005, 50.005),
        "opened": OPENED,
        "target": OPENED + 96 * HOUR,
        "closed": OPENED + 24 * HOUR,
        "said_on_time": True,
        **changes,
    }
    return Row(**values)


def held(**changes: Any) -> Held:
    values: dict[str, Any] = {
        "area": "West",
        "is_suspicious": False,
        "is_closed": True,
        "on_time": True,
        **changes,
    }
    return Held(**values)


@pytest.mark.parametrize(
    ("changes", "case", "expected"),
    [
        ({}, held(), {}),
        ({}, None, {"not_accepted": {"only_in_file": 1}}),
        ({"closed": None}, held(on_time=None), {"still_open_in_file": {"only_in_file": 1}}),
        (
            {},
            held(is_closed=False, on_time=None),
            {"not_closed_here": {"only_in_file": 1}},
        ),
        ({"target": None}, held(on_time=False), {"no_target_in_file": {"only_in_file": 1}}),
        ({"said_on_time": None}, held(), {"file_says_nothing": {"only_here": 1}}),
        (
            {"said_on_time": False},
            held(),
            {"file_contradicts_its_own_times": {"only_here": 1}},
        ),
        (
            {
                "target": OPENED + 90.5 * HOUR,
                "closed": OPENED + 90.8 * HOUR,
                "said_on_time": False,
            },
            held(),
            {"promise_in_whole_hours": {"only_here": 1}},
        ),
        ({}, held(on_time=False), {"other": {"only_in_file": 1}}),
    ],
)
def test_a_difference_of_time_has_its_cause(
    changes: dict[str, Any], case: Held | None, expected: dict[str, Any]
) -> None:
    one = row(**changes)
    cases = {one.client_id: case} if case else {}
    assert differences_of_time([one], cases) == expected


def test_differences_account_for_the_whole_gap() -> None:
    rows = [row(1), row(2), row(3, said_on_time=False), row(4, target=None)]
    cases = {one.client_id: held(on_time=number != 3) for number, one in enumerate(rows)}
    told = figures(
        rows,
        answers={one.client_id: Answer(client_id=one.client_id, status=201) for one in rows},
        count=Count(cases=cases),
        recounted=Counter(West=4),
    )
    gap = sum(
        sides.get("only_here", 0) - sides.get("only_in_file", 0)
        for sides in told["on_time_differences"].values()
    )
    assert told["on_time"] == told["on_time_in_file"] + gap


def test_areas_that_were_counted_differently_are_listed() -> None:
    found = differences_of_place({"West": 3, "East": 1}, {"West": 3, "East": 2, "": 1})
    assert found == {"East": {"placed": 1, "recounted": 2}}


def test_suspicious_places_are_neither_placed_nor_unplaced() -> None:
    rows = [row(1), row(2), row(3)]
    cases = {
        rows[0].client_id: held(),
        rows[1].client_id: held(area=None, is_suspicious=True),
        rows[2].client_id: held(area=None),
    }
    told = figures(
        rows,
        answers={
            rows[0].client_id: Answer(client_id=rows[0].client_id, status=201),
            rows[1].client_id: Answer(client_id=rows[1].client_id, status=201),
            rows[2].client_id: Answer(client_id=rows[2].client_id, status=422, refusal="x.y"),
        },
        count=Count(cases=cases),
        recounted=Counter(West=1),
    )
    assert (told["placed"], told["suspicious"], told["unplaced"]) == ({"West": 1}, 1, 1)
    assert (told["accepted"], told["refused"]) == (2, {"x.y": 1})
