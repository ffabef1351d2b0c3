"""Entering and closing single areas, and the national codes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from linli.ground.kernel.models import Event
from linli.ground.kernel.terms import SYSTEM
from linli.ground.territory import locator, queries
from linli.ground.territory.errors import UnableToAddArea, UnableToImportAreas, UnknownArea
from linli.ground.territory.models import Area, TerritoryVersion
from linli.ground.territory.services import (
    add_area,
    add_areas,
    close_area,
    load_national_codes,
)
from linli.ground.territory.terms import AreaKind, AreaView, NewArea

from .factories import AreaFactory, box, cell, make_street, middle

OPENED = date(2026, 1, 1)


def enter(at: datetime, **changes: object) -> AreaView:
    area = NewArea(
        **{"code": "220104004000", "kind": AreaKind.STREET, "name": "示例街道", **changes}  # type: ignore[arg-type]
    )
    return add_area(area=area, valid_from=OPENED, actor=SYSTEM, at=at)


def test_an_area_entered_is_in_force_and_on_record(at: datetime) -> None:
    area = enter(at)
    assert queries.find_area("220104004000") == area
    event = Event.objects.get(name="territory.AreaAdded")
    assert event.facts == {
        "area_id": area.id,
        "area_code": "220104004000",
        "valid_from": "2026-01-01",
    }


def test_an_area_entered_again_for_a_later_day_follows_the_first(at: datetime) -> None:
    AreaFactory(code="220104004000", name="旧名")
    enter(at, name="新名")
    assert [area.name for area in Area.objects.order_by("valid_from")] == ["旧名", "新名"]
    assert queries.find_area("220104004000", on=date(2025, 12, 31)).name == "旧名"  # type: ignore[union-attr]


def test_a_faulty_area_is_refused_with_its_reason(at: datetime) -> None:
    with pytest.raises(UnableToAddArea, match="多边形的边界自相交") as refused:
        enter(at, geometry=_bowtie())
    with translation.override("en"):
        assert refused.value.words(translation.gettext) == (
            "The area “示例街道” can't be entered: the border of the polygon crosses itself."
        )


def _bowtie() -> dict[str, object]:
    ring = [[0.1, 0.1], [0.2, 0.2], [0.2, 0.1], [0.1, 0.2], [0.1, 0.1]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_nothing_can_be_entered_before_a_later_version(at: datetime) -> None:
    AreaFactory(code="220104004000", name="以后的", valid_from=date(2027, 1, 1))
    with pytest.raises(UnableToAddArea, match="之后已有版本"):
        enter(at)


def test_a_list_comes_in_whole_or_not_at_all(at: datetime) -> None:
    good = NewArea(code="220104004000", kind=AreaKind.STREET, name="好的", row=1)
    bad = NewArea(code="2201", kind=AreaKind.CITY, name="坏的", row=2)
    with pytest.raises(UnableToImportAreas):
        add_areas(areas=[good, bad], valid_from=OPENED, actor=SYSTEM, at=at)
    assert not Area.objects.exists()


def test_neighbours_that_only_touch_are_fine(at: datetime) -> None:
    AreaFactory(community=True, code="220104004001")
    grids = [
        NewArea(
            code=f"22010400400100{number}",
            kind=AreaKind.GRID,
            name=f"网格{number}",
            geometry=cell(number, 0),
        )
        for number in (1, 2, 3)
    ]
    report = add_areas(areas=grids, valid_from=OPENED, actor=SYSTEM, at=at)
    assert (report.added, report.warnings) == (3, ())


def test_closing_ends_an_area_and_keeps_its_past(at: datetime) -> None:
    made = make_street(columns=1, rows=1)
    close_area(area_id=made.grids[0].id, valid_to=OPENED, actor=SYSTEM, at=at)
    assert locator.locate(*middle(0, 0)).grid_id is None
    assert locator.locate(*middle(0, 0), date(2025, 12, 31)).grid_id == made.grids[0].id
    assert Event.objects.filter(name="territory.AreaClosed").count() == 1


def test_an_area_with_parts_in_force_is_not_closed(at: datetime) -> None:
    made = make_street(columns=2, rows=1)
    with pytest.raises(UnableToAddArea) as refused:
        close_area(area_id=made.communities[0].id, valid_to=OPENED, actor=SYSTEM, at=at)
    assert refused.value.params["count"] == 2


def test_an_area_is_closed_once_and_not_before_it_began(at: datetime) -> None:
    street = AreaFactory()
    with pytest.raises(UnableToAddArea, match="必须晚于启用日期"):
        close_area(area_id=street.id, valid_to=street.valid_from, actor=SYSTEM, at=at)
    close_area(area_id=street.id, valid_to=OPENED, actor=SYSTEM, at=at)
    with pytest.raises(UnableToAddArea, match="停用"):
        close_area(area_id=street.id, valid_to=OPENED, actor=SYSTEM, at=at)


def test_an_unknown_area_is_not_closed(at: datetime) -> None:
    with pytest.raises(UnknownArea):
        close_area(area_id=-1, valid_to=OPENED, actor=SYSTEM, at=at)


def test_every_change_gives_a_new_version(at: datetime) -> None:
    enter(at)
    before = TerritoryVersion.objects.get().token
    enter(at, code="220104005000")
    assert TerritoryVersion.objects.get().token != before


def test_a_branch_of_the_national_codes_brings_what_it_lies_in(at: datetime) -> None:
    report = load_national_codes(branch="220104004000", valid_from=OPENED, actor=SYSTEM, at=at)
    assert report.added == 8
    names = [area.name for area in queries.list_areas(within_code="220104004000")]
    assert names == ["永昌街道", "义和社区", "惠民社区", "杏花村社区", "牡丹园社区"]
    street = queries.find_area("220104004000")
    assert street is not None
    ancestors = [area.name for area in queries.list_ancestors(street.id)]
    assert ancestors == ["吉林省", "长春市", "朝阳区"]


def test_a_second_branch_finds_the_levels_above_already_there(at: datetime) -> None:
    load_national_codes(branch="220104004000", valid_from=OPENED, actor=SYSTEM, at=at)
    report = load_national_codes(branch="220104000000", valid_from=OPENED, actor=SYSTEM, at=at)
    assert (report.unchanged, report.added) == (8, 90 - 8 + 2)


def test_a_code_the_file_lacks_is_refused(at: datetime) -> None:
    with pytest.raises(UnknownArea):
        load_national_codes(branch="110101001000", valid_from=OPENED, actor=SYSTEM, at=at)


@pytest.mark.django_db
class TestConstraints:
    """What the database itself refuses, whoever writes."""

    @pytest.mark.parametrize(
        ("changes", "constraint"),
        [
            ({"code": "220104004001"}, "territory_area_code_fits_kind"),
            ({"code": "22010400400x"}, "territory_area_code_fits_kind"),
            ({"kind": "hamlet"}, "territory_area_code_fits_kind"),
            ({"name": ""}, "territory_area_has_name"),
            ({"valid_to": date(2019, 1, 1)}, "territory_area_period_forward"),
            ({"lon": 200.0, "lat": 1.0}, "territory_area_label_on_earth"),
            ({"lon": 125.0}, "territory_area_label_on_earth"),
            ({"area_m2": 0.0}, "territory_area_size_positive"),
        ],
    )
    def test_a_row_that_cant_be(self, changes: dict[str, object], constraint: str) -> None:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            AreaFactory(**changes)

    def test_two_versions_on_one_day(self) -> None:
        AreaFactory(code="220104004000")
        with (
            pytest.raises(IntegrityError, match="territory_area_one_version_a_day"),
            transaction.atomic(),
        ):
            AreaFactory(code="220104004000", valid_from=date(2025, 1, 1))


def test_a_box_far_too_large_is_still_measured(at: datetime) -> None:
    area = enter(at, geometry=box(125.0, 43.0, 126.0, 44.0))
    assert area.area_m2 == pytest.approx(8.95e9, rel=0.01)
