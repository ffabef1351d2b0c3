"""Duty, hand-over, notices, answers, enforcement, tables: every page from all sides.

Both languages, desk and phone; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.journeys.looking import Sight, listen, look_from_all_sides, read_data, with_number
from tests.journeys.people import Stage
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

PAGES: Mapping[str, Sequence[Sight]] = {
    "shift": (
        Sight(name="duty-month", path="/desk/duty/?view=month", shows=".duty-table"),
        Sight(name="notice-ways", path="/notices/preferences", shows=".ways"),
        Sight(name="operations", path="/desk/enforcement/", shows=".operation-row"),
        Sight(name="team", path="/desk/enforcement/roster/", shows=".home-row"),
        Sight(name="exports", path="/desk/exports/", shows=".paper-lists"),
    ),
    "joint01": (
        Sight(name="operation", path="/desk/enforcement/{老小区“僵尸车”清理}/", shows=".evidence"),
    ),
    "leader": (Sight(name="powers", path="/desk/enforcement/powers/", shows=".home-row"),),
    "keeper": (Sight(name="duty-refused", path="/desk/duty/"),),
}


@pytest.mark.parametrize("login", list(PAGES))
def test_office_page(stage: Stage, site: Site, login: str) -> None:
    page, data = stage.person(login), read_data(site)
    heard = listen(page, site.address)
    wrong = [
        fault
        for sight in PAGES[login]
        for fault in look_from_all_sides(page, site.address, with_number(site, sight), data)
    ]
    assert not wrong, "\n".join(wrong)
    assert [one for one in heard if "status of 403" not in one] == []
