"""The window of a map is read from an address, or refused in words."""

from __future__ import annotations

import pytest

from linli.ground.territory.errors import InvalidWindow
from linli.ground.territory.rules.windows import read_window
from linli.ground.territory.terms import Window


def test_four_sides_make_a_window() -> None:
    assert read_window("125.2,43.8, 125.4,43.9") == Window(125.2, 43.8, 125.4, 43.9)
    assert read_window("-180,-90,180,90") == Window(-180, -90, 180, 90)


@pytest.mark.parametrize(
    "text",
    [
        *("", "地图", "125.2,43.8,125.4", "125.2,43.8,125.4,43.9,1", "125.2;43.8;125.4;43.9"),
        *("125.4,43.8,125.2,43.9", "125.2,43.9,125.4,43.8", "125.2,43.8,125.2,43.9"),
        *("nan,43.8,125.4,43.9", "125.2,43.8,inf,43.9", "-181,43.8,125.4,43.9", "1,2,3,91"),
        *("125.2,43.8,125.4,4\x003.9", "1" * 5000),
    ],
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidWindow) as refused:
        read_window(text)
    assert refused.value.words(str).startswith("看不懂地图范围")
