"""Keeping, supervision, call-back, posts: every page from all sides.

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
    "keeper": (
        Sight(name="kept-calendar", path="/desk/calendar/"),
        Sight(name="kept-settings", path="/desk/settings/"),
        Sight(name="kept-responsibilities", path="/desk/responsibilities/"),
        Sight(name="kept-returns", path="/desk/returns/"),
        Sight(name="kept-talk", path="/desk/talk/"),
        Sight(name="kept-territory", path="/desk/territory/"),
        Sight(name="kept-looks", path="/desk/looks/"),
    ),
    "supervisor": (
        Sight(name="board", path="/desk/supervision/"),
        Sight(name="pending", path="/desk/pending/"),
        Sight(name="checks", path="/desk/checks/"),
        Sight(name="callback-rates", path="/desk/callback/rates/"),
        Sight(name="callback-exclusions", path="/desk/callback/exclusions/"),
    ),
    "callback": (
        Sight(name="callbacks", path="/desk/callback/"),
        Sight(name="callback-list", path="/desk/callback/list/"),
    ),
    "verifier": (Sight(name="checks-of-verifier", path="/desk/checks/"),),
    "secretary2": (
        Sight(name="posts", path="/desk/posts/"),
        Sight(name="couriers", path="/desk/couriers/"),
        Sight(name="rest-places", path="/desk/rest-places/"),
        Sight(name="talk", path="/desk/talk/"),
    ),
    "leader": (
        Sight(name="home-of-leader", path="/desk/"),
        Sight(name="whistle-year", path="/desk/whistles/year/"),
    ),
}


@pytest.mark.parametrize("login", list(PAGES))
def test_kept_page(stage: Stage, site: Site, login: str) -> None:
    page, data = stage.person(login), read_data(site)
    heard = listen(page, site.address)
    wrong = [
        fault
        for sight in PAGES[login]
        for fault in look_from_all_sides(page, site.address, with_number(site, sight), data)
    ]
    assert not wrong, "\n".join(wrong)
    assert heard == []
