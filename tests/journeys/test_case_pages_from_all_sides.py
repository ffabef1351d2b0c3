"""Pages about cases, as those who open them see them: both languages, desk and phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from playwright.sync_api import Page

from tests.journeys.looking import (
    Data,
    Sight,
    listen,
    look_from_all_sides,
    read_data,
    with_number,
)
from tests.journeys.people import Stage
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

DISPATCHER = (
    Sight(name="home", path="/desk/", shows=".work-list"),
    Sight(name="list", path="/desk/cases/", shows=".case-rows"),
    Sight(name="list-map", path="/desk/cases/?view=map&step=dispatching", shows=".list-map"),
    Sight(name="list-nothing", path="/desk/cases/?q=没有这样的案件", shows=".empty-state"),
    Sight(name="dispatch", path="/desk/dispatch/", shows=".dispatch-row"),
    Sight(name="dispatch-nothing", path="/desk/dispatch/?q=没有这样的", shows=".empty-state"),
    Sight(name="dispatch-confirm", path="/desk/dispatch/confirm/?change={又有人在背街堆旧沙发}"),
    Sight(name="precedents", path="/desk/precedents/", shows=".precedent-list"),
    Sight(name="case-to-dispatch", path="/desk/cases/{又有人在背街堆旧沙发}/", shows=".briefing"),
    Sight(name="case-in-tasks", path="/desk/cases/{楼顶搭建占压管线}/", shows=".task"),
    Sight(name="case-with-children", path="/desk/cases/{整条街雨后积水}/", shows="#family"),
    Sight(name="case-at-district", path="/desk/cases/{主干道限高杆}/"),
)
CLERK = (
    Sight(name="case-likely", path="/desk/cases/{东门垃圾点又满了}/", shows="#likely .pair"),
    Sight(name="case-joined", path="/desk/cases/{小区东门垃圾点满了}/", shows="#family .joined"),
    Sight(name="intake", path="/desk/intake/", shows="#id_text"),
    Sight(name="intake-paste", path="/desk/intake/paste/", shows="#pasted"),
    Sight(name="search", path="/desk/search?q=惠民", shows=".look-up-group"),
    Sight(name="search-hints", path="/desk/search", shows=".look-up-hints"),
    Sight(name="search-nothing", path="/desk/search?q=绝无此事", shows=".empty-state"),
)
HANDLER = (
    Sight(name="case-of-handler", path="/desk/cases/{背街堆放的旧家具}/"),
    Sight(name="home-of-handler", path="/desk/"),
    Sight(name="dispatch-refused", path="/desk/dispatch/"),
    Sight(name="precedents-refused", path="/desk/precedents/"),
)
GRID_LEADER = (Sight(name="case-in-grid", path="/desk/cases/{邻居在楼道放自行车}/"),)
SECRETARY = (Sight(name="case-in-community", path="/desk/cases/{楼道里的大件家具}/"),)


@pytest.fixture
def data(site: Site) -> Data:
    """Read what Chinese may stand on an English page."""
    return read_data(site)


def look_at_each(page: Page, site: Site, sights: Sequence[Sight], data: Data) -> None:
    """Look at each page from all sides, and expect nothing wrong."""
    heard = listen(page, site.address)
    wrong = [
        fault
        for sight in sights
        for fault in look_from_all_sides(page, site.address, with_number(site, sight), data)
    ]
    refused = [one for one in heard if "403" in one or "410" in one]
    assert not wrong, "\n".join(wrong)
    assert [one for one in heard if one not in refused] == []


PEOPLE: Mapping[str, Sequence[Sight]] = {
    "dispatcher": DISPATCHER,
    "clerk": CLERK,
    "handler-urban": HANDLER,
    "grid31": GRID_LEADER,
    "secretary2": SECRETARY,
}


@pytest.mark.parametrize("login", list(PEOPLE))
def test_desk(stage: Stage, site: Site, data: Data, login: str) -> None:
    look_at_each(stage.person(login), site, PEOPLE[login], data)
