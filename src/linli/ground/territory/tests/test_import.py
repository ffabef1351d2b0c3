"""Files of areas: what is taken over, and what is refused with area and place."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from linli.ground.kernel.models import Event
from linli.ground.kernel.terms import SYSTEM
from linli.ground.territory import gcj02, locator, queries
from linli.ground.territory.errors import UnableToImportAreas
from linli.ground.territory.models import Area, AreaImport
from linli.ground.territory.services import import_csv, import_geojson
from linli.ground.territory.terms import AreaKind, GeoJsonFields, ImportReport

from .factories import AreaFactory, box, cell, make_street, middle

OPENED = date(2026, 1, 1)
UNDER = "220104004001"
LON, LAT = 125.30, 43.87


def collection(*geometries: Any) -> bytes:
    features = [
        {
            "type": "Feature",
            "geometry": geometry,
            "properties": {"name": f"网格{number}", "code": f"{UNDER}{number:03d}"},
        }
        for number, geometry in enumerate(geometries, start=1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def take(content: bytes, at: datetime, **changes: Any) -> ImportReport:
    arguments: dict[str, Any] = {
        "content": content,
        "system": "WGS-84",
        "kind": AreaKind.GRID,
        "valid_from": OPENED,
        "actor": SYSTEM,
        "at": at,
        **changes,
    }
    return import_geojson(**arguments)


def take_table(text: str, at: datetime, **changes: Any) -> ImportReport:
    arguments: dict[str, Any] = {
        "content": text.encode(),
        "system": "WGS-84",
        "valid_from": OPENED,
        "actor": SYSTEM,
        "at": at,
        **changes,
    }
    return import_csv(**arguments)


@pytest.fixture
def community(at: datetime) -> Area:
    AreaFactory(code="220104004000")
    return AreaFactory(community=True, code=UNDER)


@pytest.mark.usefixtures("community")
class TestGeoJson:
    def test_sound_grids_come_in_and_answer_for_points(self, at: datetime) -> None:
        report = take(collection(cell(0, 0), cell(1, 0)), at, confirm=True)
        assert (report.added, report.faults, report.warnings) == (2, (), ())
        assert locator.locate(*middle(1, 0)).area == queries.list_areas(kind=AreaKind.GRID)[1].ref

    def test_a_trial_run_changes_nothing(self, at: datetime) -> None:
        report = take(collection(cell(0, 0)), at)
        assert (report.added, report.import_id) == (1, None)
        assert not Area.objects.filter(kind="grid").exists()

    def test_the_import_is_on_record(self, at: datetime) -> None:
        report = take(collection(cell(0, 0)), at, confirm=True, file_name="网格.geojson")
        record = AreaImport.objects.get(id=report.import_id or 0)
        assert (record.file_name, record.coordinate_system) == ("网格.geojson", "WGS-84")
        assert Event.objects.filter(name="territory.AreasImported").count() == 1

    def test_size_and_label_come_from_the_polygon(self, at: datetime) -> None:
        take(collection(cell(0, 0)), at, confirm=True)
        area = Area.objects.get(kind="grid")
        assert area.area_m2 == pytest.approx(200.4 * 200.2, rel=0.01)
        assert (area.lon, area.lat) == pytest.approx(middle(0, 0), abs=0.001)

    def test_two_parts_and_holes_are_fine(self, at: datetime) -> None:
        both = [cell(column, 0)["coordinates"] for column in (0, 2)]
        hole = box(LON + 0.0005, LAT + 0.0005, LON + 0.001, LAT + 0.001)["coordinates"][0]
        both[0].append(hole)
        take(collection({"type": "MultiPolygon", "coordinates": both}), at, confirm=True)
        assert locator.locate(LON + 0.0007, LAT + 0.0007).outside
        assert not locator.locate(*middle(2, 0)).outside

    @pytest.mark.parametrize("system", [None, ""])
    def test_a_file_without_a_stated_system_is_refused(
        self, system: str | None, at: datetime
    ) -> None:
        with pytest.raises(UnableToImportAreas) as refused:
            take(collection(cell(0, 0)), at, system=system)
        assert refused.value.code == "territory.system_missing"

    def test_an_unknown_system_is_refused_by_name(self, at: datetime) -> None:
        with pytest.raises(UnableToImportAreas, match="EPSG:2380"):
            take(collection(cell(0, 0)), at, system="EPSG:2380")

    @pytest.mark.parametrize(
        ("system", "shift"),
        [
            ("CGCS2000", lambda lon, lat: (lon, lat)),
            ("GCJ-02", gcj02.from_wgs84),
            ("BD-09", gcj02.bd09_from_wgs84),
        ],
    )
    def test_each_stated_system_ends_as_the_same_place(
        self, system: str, shift: Any, at: datetime
    ) -> None:
        ring = [list(shift(lon, lat)) for lon, lat in cell(0, 0)["coordinates"][0]]
        take(
            collection({"type": "Polygon", "coordinates": [ring]}), at, system=system, confirm=True
        )
        drawn: Any = Area.objects.get(kind="grid").geometry
        stored = drawn["coordinates"][0]
        for point, meant in zip(stored, cell(0, 0)["coordinates"][0], strict=True):
            assert point == pytest.approx(meant, abs=1e-9)

    def test_codes_may_be_numbered_below_an_area(self, at: datetime) -> None:
        fields = GeoJsonFields(name="name", under=UNDER)
        take(collection(cell(0, 0), cell(1, 0)), at, fields=fields, confirm=True)
        codes = [area.code for area in queries.list_areas(kind=AreaKind.GRID)]
        assert codes == [f"{UNDER}001", f"{UNDER}002"]

    def test_a_redrawn_grid_ends_the_version_before(self, at: datetime) -> None:
        take(collection(cell(0, 0)), at, confirm=True)
        report = take(collection(cell(1, 0)), at, valid_from=date(2026, 6, 1), confirm=True)
        old, new = Area.objects.filter(kind="grid").order_by("valid_from")
        assert (report.redrawn, old.valid_to, new.valid_to) == (1, date(2026, 6, 1), None)
        assert locator.locate(*middle(0, 0), date(2026, 5, 31)).grid_id == old.id
        assert locator.locate(*middle(1, 0), date(2026, 6, 1)).grid_id == new.id

    def test_the_same_file_again_changes_nothing(self, at: datetime) -> None:
        take(collection(cell(0, 0)), at, confirm=True)
        report = take(collection(cell(0, 0)), at, confirm=True)
        assert (report.added, report.redrawn, report.unchanged) == (0, 0, 1)

    def test_another_drawing_for_the_same_day_is_refused(self, at: datetime) -> None:
        take(collection(cell(0, 0)), at, confirm=True)
        assert [f.code for f in take(collection(cell(1, 0)), at).faults] == [
            "territory.version_exists"
        ]

    def test_a_polygon_completes_a_code_entered_without_one(self, at: datetime) -> None:
        AreaFactory(grid=True, code=f"{UNDER}001", name="网格1", geometry=None, valid_from=OPENED)
        report = take(collection(cell(0, 0)), at, confirm=True)
        assert report.redrawn == 1
        assert Area.objects.get(kind="grid").geometry == cell(0, 0)

    def test_one_bad_row_keeps_all_out(self, at: datetime) -> None:
        with pytest.raises(UnableToImportAreas) as refused:
            take(
                collection(cell(0, 0), {"type": "Point", "coordinates": [LON, LAT]}),
                at,
                confirm=True,
            )
        assert refused.value.code == "territory.rows_faulty"
        assert [found.row for found in refused.value.faults] == [2]
        assert not Area.objects.filter(kind="grid").exists()

    def test_a_grid_of_an_unknown_community_is_refused(self, at: datetime) -> None:
        Area.objects.filter(code=UNDER).delete()
        (found,) = take(collection(cell(0, 0)), at).faults
        assert found.words() == "第 1 行“网格1”：上级“220104004001”不存在，也不在文件里。"

    def test_a_grid_reaching_out_of_its_community_is_remarked(self, at: datetime) -> None:
        Area.objects.filter(code=UNDER).update(geometry=cell(0, 0))
        wide = box(LON, LAT, LON + 0.003, LAT + 0.0018)
        (remark,) = take(collection(wide), at).warnings
        assert remark.code == "territory.leaves_parent"
        assert remark.lon is not None
        assert LON + 0.0025 < remark.lon < LON + 0.003


BOWTIE = [[LON, LAT], [LON + 0.002, LAT + 0.002], [LON + 0.002, LAT], [LON, LAT + 0.002]]
FAULTY: list[tuple[Any, str]] = [
    ({"type": "Polygon", "coordinates": []}, "territory.polygon_empty"),
    ({"type": "MultiPolygon", "coordinates": []}, "territory.polygon_empty"),
    (box(LON, LAT, LON, LAT), "territory.polygon_rings_wrong"),
    (box(LON, LAT, LON + 1e-6, LAT + 1e-6), "territory.polygon_empty"),
    (
        {"type": "Polygon", "coordinates": [[*BOWTIE, BOWTIE[0]]]},
        "territory.polygon_crosses_itself",
    ),
    (box(LAT, LON, LAT + 0.002, LON + 0.002), "territory.axes_swapped"),
    (box(42.35, -71.06, 42.36, -71.05), "territory.axes_swapped"),
    (box(LON + 100, LAT, LON + 101, LAT + 1), "territory.polygon_off_earth"),
    ({"type": "Polygon", "coordinates": [["a", "b"]]}, "territory.geometry_unreadable"),
    ({"type": "Polygon", "coordinates": 7}, "territory.geometry_unreadable"),
    ({"type": "Polygon", "coordinates": [[[LON, LAT], [LON]]]}, "territory.geometry_unreadable"),
    ({"type": "Polygon"}, "territory.geometry_unreadable"),
    ({"type": "LineString", "coordinates": BOWTIE}, "territory.geometry_kind"),
    ("Polygon", "territory.geometry_missing"),
    (None, "territory.geometry_missing"),
]


@pytest.mark.usefixtures("community")
class TestFaultyPolygons:
    @pytest.mark.parametrize(("geometry", "code"), FAULTY)
    def test_each_is_refused_for_its_reason(self, geometry: Any, code: str, at: datetime) -> None:
        (found,) = take(collection(geometry), at).faults
        assert (found.code, found.row, found.area) == (code, 1, "网格1")

    def test_a_crossing_is_shown_where_it_is(self, at: datetime) -> None:
        (found,) = take(collection(FAULTY[4][0]), at).faults
        assert (found.lon, found.lat) == pytest.approx((LON + 0.001, LAT + 0.001))
        assert found.words() == (
            "第 1 行“网格1”：多边形的边界自相交。（经度 125.301000，纬度 43.871000）"
        )

    def test_not_a_number_is_unreadable(self, at: datetime) -> None:
        content = collection(cell(0, 0)).replace(b"43.87]", b"NaN]")
        assert [f.code for f in take(content, at).faults] == ["territory.geometry_unreadable"]

    def test_an_overlap_is_refused_with_its_place(self, at: datetime) -> None:
        wide = box(LON, LAT, LON + 0.003, LAT + 0.0018)
        (found,) = take(collection(wide, cell(1, 0)), at).faults
        assert found.code == "territory.overlaps"
        assert found.params["other"] == "网格2"
        assert found.lon is not None
        assert LON + 0.0025 < found.lon < LON + 0.003

    def test_an_overlap_with_what_is_there_is_refused(self, at: datetime) -> None:
        AreaFactory(grid=True, code=f"{UNDER}009", name="原有网格")
        (found,) = take(collection(cell(0, 0)), at).faults
        assert (found.code, found.params["other"]) == ("territory.overlaps", "原有网格")

    def test_axes_swapped_within_range_are_known_by_what_is_there(self, at: datetime) -> None:
        take(collection(box(10.0, 50.0, 10.01, 50.01)), at, confirm=True)
        later = date(2026, 6, 1)
        (found,) = take(collection(box(50.0, 10.0, 50.01, 10.01)), at, valid_from=later).faults
        assert found.code == "territory.axes_swapped"

    def test_a_closed_area_is_no_obstacle(self, at: datetime) -> None:
        AreaFactory(grid=True, code=f"{UNDER}009", valid_to=OPENED)
        assert take(collection(cell(0, 0)), at).faults == ()

    def test_a_sliver_comes_in_with_a_warning(self, at: datetime) -> None:
        """Four metres wide: a border's 5 m name both areas there anyway."""
        wide = box(LON, LAT, LON + 0.0025 + 4 / 80_000, LAT + 0.0018)
        report = take(collection(wide, cell(1, 0)), at, confirm=True)
        assert [found.code for found in report.warnings] == ["territory.sliver"]

    def test_the_tolerance_can_be_narrowed(self, at: datetime) -> None:
        wide = box(LON, LAT, LON + 0.0025 + 4 / 80_000, LAT + 0.0018)
        report = take(collection(wide, cell(1, 0)), at, tolerance_m=1)
        assert [found.code for found in report.faults] == ["territory.overlaps"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "territory.not_geojson"),
            (b"{", "territory.not_geojson"),
            (b"[]", "territory.not_geojson"),
            (b'{"type": "Feature"}', "territory.not_geojson"),
            (b"[" * 200_000, "territory.not_geojson"),
            (b'{"type": "FeatureCollection", "features": []}', "territory.file_empty"),
            (b"\xff\xfe\x00", "territory.not_geojson"),
        ],
    )
    def test_what_is_no_collection_is_refused(
        self, content: bytes, code: str, at: datetime
    ) -> None:
        with pytest.raises(UnableToImportAreas) as refused:
            take(content, at)
        assert refused.value.code == code

    def test_a_feature_that_is_no_feature_is_a_faulty_row(self, at: datetime) -> None:
        content = b'{"type": "FeatureCollection", "features": [1, null]}'
        assert [found.row for found in take(content, at).faults] == [1, 2]


TABLE = """code,name,kind,parent,address,lon,lat
220104004001,示例社区,community,220104004000,,,
220104004001001,第一网格,grid,220104004001,,,
220104004001001001,牡丹园1号楼,building,220104004001001,示例路1号,125.301,43.871
22010400400100100101,一单元,unit,220104004001001001,,,
"""


class TestTable:
    @pytest.fixture(autouse=True)
    def _street(self, at: datetime) -> None:
        AreaFactory(code="220104004000", name="示例街道")

    def test_levels_come_in_together_and_hang_together(self, at: datetime) -> None:
        report = take_table(TABLE, at, confirm=True)
        unit = queries.find_area("22010400400100100101")
        assert report.added == 4
        assert unit is not None
        names = [area.name for area in queries.list_ancestors(unit.id)]
        assert names == ["示例街道", "示例社区", "第一网格", "牡丹园1号楼"]
        assert queries.get_area(unit.parent_id or 0).name == "牡丹园1号楼"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_the_encodings_of_offices_are_read(self, encoding: str, at: datetime) -> None:
        take_table("", at, content=TABLE.encode(encoding), confirm=True)
        assert queries.find_area("220104004001001001") is not None
        assert Area.objects.get(kind="building").address == "示例路1号"

    def test_chinese_headings_in_any_order_are_read(self, at: datetime) -> None:
        text = "名称,级别,编号\n示例社区,社区,220104004001\n"
        assert take_table(text, at).faults == ()

    def test_polygons_come_as_wkt(self, at: datetime) -> None:
        text = (
            "code,name,kind,wkt\n220104004001,示例社区,社区,"
            '"POLYGON ((125.3 43.87, 125.31 43.87, 125.31 43.88, 125.3 43.87))"\n'
        )
        take_table(text, at, confirm=True)
        assert not locator.locate(125.308, 43.872).outside

    def test_places_need_a_stated_system(self, at: datetime) -> None:
        with pytest.raises(UnableToImportAreas) as refused:
            take_table(TABLE, at, system=None)
        assert refused.value.code == "territory.system_missing"

    def test_points_of_chinese_maps_are_converted(self, at: datetime) -> None:
        take_table(TABLE, at, system="GCJ-02", confirm=True)
        building = Area.objects.get(kind="building")
        assert (building.lon, building.lat) == pytest.approx(gcj02.to_wgs84(125.301, 43.871))

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("220104004001,,社区,,,,", "territory.name_missing"),
            (",示例,社区,,,,", "territory.code_missing"),
            ("22010400,示例,社区,,,,", "territory.code_unknown"),
            ("２２０１０４００４００１,示例,社区,,,,", "territory.code_unknown"),
            ("220104004001,示例,网格,,,,", "territory.kind_differs"),
            ("220104004001,示例,片区,,,,", "territory.kind_unknown"),
            ("220104004001,示例,,,,,", "territory.kind_unknown"),
            ("220104004001,示例,社区,220104005000,,,", "territory.parent_differs"),
            ("220104005001,示例,社区,,,,", "territory.parent_missing"),
            ("220104004001,示\0例,社区,,,,", "territory.nul_byte"),
            (f"220104004001,{'长' * 101},社区,,,,", "territory.too_long"),
            ("220104004001,示例,社区,,,0,0", "territory.point_wrong"),
            ("220104004001,示例,社区,,,43.87,125.3", "territory.axes_swapped"),
            ("220104004001,示例,社区,,,125.3,", "territory.point_incomplete"),
            ("220104004001,示例,社区,,,东,北", "territory.number_unreadable"),
            ("220104004001,示例,社区,,,nan,nan", "territory.point_wrong"),
            ("220104004001", "territory.kind_unknown"),
        ],
    )
    def test_a_bad_line_is_refused_for_its_reason(self, line: str, code: str, at: datetime) -> None:
        report = take_table(f"{TABLE.splitlines()[0]}\n{line}\n", at)
        assert [(found.row, found.code) for found in report.faults] == [(2, code)]

    def test_a_repeated_code_names_the_first_line(self, at: datetime) -> None:
        text = f"{TABLE}220104004001001,又一网格,grid,,,,\n"
        (found,) = take_table(text, at).faults
        assert (found.row, found.params["first"]) == (6, 3)

    def test_every_bad_line_is_named(self, at: datetime) -> None:
        text = "code,name,kind\n1,甲,社区\n2,乙,社区\n220104004001,丙,社区\n"
        report = take_table(text, at)
        assert ([found.row for found in report.faults], report.rows) == ([2, 3], 3)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "territory.columns_missing"),
            ("name,kind\n示例,社区\n", "territory.columns_missing"),
            ("code,name,kind\n", "territory.file_empty"),
            ('code,name,kind\n"open,社区\n', "territory.not_csv"),
        ],
    )
    def test_what_is_no_table_of_areas_is_refused(self, text: str, code: str, at: datetime) -> None:
        with pytest.raises(UnableToImportAreas) as refused:
            take_table(text, at)
        assert refused.value.code == code

    def test_a_table_keeps_the_polygon_that_is_there(self, at: datetime) -> None:
        make_street(code="220104005000", columns=1, rows=1)
        text = "code,name,kind\n220104005001001,新名字,grid\n"
        take_table(text, at, confirm=True)
        assert Area.objects.get(name="新名字").geometry == cell(0, 0)
