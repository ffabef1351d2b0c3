"""Cases from a table: judged row by row, taken on a yes, never twice."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel import imports
from linli.ground.kernel.importing import check_import, run_import
from linli.ground.kernel.imports import ImportView, UnableToImport
from linli.ground.kernel.models import ImportRecord
from linli.ground.kernel.tables.states import ImportState
from linli.ground.kernel.tests.sheets import cells_of, separated, workbook
from linli.ground.people.terms import Role
from linli.ground.territory.gcj02 import from_wgs84
from linli.ground.territory.tests.factories import STREET_CODE, AreaFactory, box, middle
from linli.spine.cases.models import Case, Origin, Reporter
from linli.spine.cases.queries.origin import find_upper_order
from linli.spine.cases.rules.importing import id_of
from linli.spine.cases.services import importing
from linli.spine.cases.terms import Channel

from .factories import Office, make_office

LON, LAT = middle(0, 0)
HEAD = ["工单编号", "受理时间", "办结时限", "反映内容", "类别", "经度", "纬度", "地址"]
TIMES = "2026-11-20 10:00", "2026-11-27 17:00"


def row(number: str = "", text: str | None = "垃圾没有清", **changes: Any) -> list[Any]:
    """Make one good row, with some cells changed."""
    usual = {
        "number": number,
        "received": TIMES[0],
        "due": TIMES[1],
        "text": text,
        "category": "暴露垃圾",
        "lon": LON,
        "lat": LAT,
        "address": "东门",
    }
    return list((usual | changes).values())


@pytest.fixture
def office(db: None) -> Office:
    """Give a small office at work."""
    return make_office()


def send(office: Office, content: bytes, **options: str) -> ImportView:
    """Send a file as the clerk, and let it be checked."""
    actor = office[Role.INTAKE_CLERK].actor(role=Role.INTAKE_CLERK)
    view = imports.receive_file(
        kind=importing.KIND,
        street_code=STREET_CODE,
        file_name="工单.xlsx",
        stream=io.BytesIO(content),
        language="zh-hans",
        actor=actor,
        at=office.tick(),
    )
    chosen = {"coordinates": "WGS-84", "channel": "hotline", "system": "12345 热线"} | options
    imports.begin_check(import_id=view.id, options=chosen)
    check_import(import_id=view.id, at=office.tick())
    return imports.get_import(view.id)


def confirm(office: Office, view: ImportView) -> ImportView:
    """Say yes and let the rows be taken."""
    actor = office[Role.INTAKE_CLERK].actor(role=Role.INTAKE_CLERK)
    imports.confirm_import(import_id=view.id, actor=actor, at=office.tick())
    run_import(import_id=view.id, at=office.tick())
    return imports.get_import(view.id)


def reasons(view: ImportView) -> list[tuple[Any, str]]:
    """Read the file of rows left out: number of row and why."""
    with imports.open_rest(import_id=view.id) as file:
        return [(int(line[1]), line[0]) for line in cells_of(file.read())[1:]]


def only_reason(office: Office, *cells: Any, head: list[str] = HEAD, **options: str) -> str:
    """Send one row and give the one reason why it is left out."""
    view = send(office, separated(head, *cells), **options)
    assert view.counts.faulty == 1
    ((_number, why),) = reasons(view)
    return str(why)


def test_a_checked_file_takes_nothing_until_somebody_says_yes(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-0001"), row("A-0002")))
    assert (view.state, view.counts.total, view.counts.good) == (ImportState.CHECKED, 2, 2)
    assert not Case.objects.exists()
    done = confirm(office, view)
    assert (done.state, done.rows_taken) == (ImportState.DONE, 2)
    assert Case.objects.count() == 2


def test_number_channel_and_limit_of_the_platform_above_are_kept(office: Office) -> None:
    confirm(office, send(office, separated(HEAD, row("A-0001"))))
    case = Case.objects.get()
    assert (case.original_number, case.channel) == ("A-0001", Channel.HOTLINE.value)
    assert case.category == office.category
    assert case.grid == office.place.grids[0]
    upper = find_upper_order(case.id)
    assert upper is not None
    assert upper.system == "12345 热线"
    assert upper.received_at == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert upper.due_at == datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert Origin.objects.get().import_id is not None


def test_who_reported_goes_to_a_row_of_its_own(office: Office) -> None:
    head = ["反映内容", "地址", "诉求人", "联系电话"]
    confirm(office, send(office, separated(head, ["路灯不亮", "东门", "甲乙丙", 13900005678])))
    reporter = Reporter.objects.get()
    assert (reporter.name, reporter.phone) == ("甲乙丙", "13900005678")
    case = Case.objects.get()
    assert "甲乙丙" not in f"{case.title}{case.text}{case.address}{case.place_note}"


def test_only_good_rows_are_taken_and_the_others_come_back_with_reasons(office: Office) -> None:
    bad = row("A-0002", received="昨天上午", lon="东经", category="没有这一类")
    view = send(office, separated(HEAD, row("A-0001"), bad))
    assert (view.counts.good, view.counts.faulty) == (1, 1)
    ((number, why),) = reasons(view)
    assert number == 3
    assert "昨天上午" in why
    assert "东经" in why
    assert "没有这一类" in why
    assert confirm(office, view).rows_taken == 1


def test_the_same_file_again_doubles_nothing(office: Office) -> None:
    sent = separated(HEAD, row("A-0001"), row("", text="没有编号的一件"))
    first = confirm(office, send(office, sent))
    again = send(office, sent)
    assert (again.counts.good, again.counts.known) == (0, 2)
    same = imports.find_same_file(of=again)
    assert same is not None
    assert same.id == first.id
    with pytest.raises(UnableToImport):
        confirm(office, again)
    assert Case.objects.count() == 2


def test_a_number_entered_by_hand_is_known(office: Office) -> None:
    reported = office.report(original_number="A-0001", channel=Channel.HOTLINE)
    view = send(office, separated(HEAD, row("A-0001")))
    assert view.counts.known == 1
    assert reported.number in reasons(view)[0][1]


def test_numbers_of_two_platforms_do_not_meet(office: Office) -> None:
    confirm(office, send(office, separated(HEAD, row("1"))))
    view = send(office, separated(HEAD, row("1", text="另一件")), system="城管平台")
    assert view.counts.good == 1


def test_rows_repeated_in_a_file_are_taken_once(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-1"), row("A-1"), row("A-1", text="内容变了")))
    assert (view.counts.good, view.counts.known, view.counts.faulty) == (1, 1, 1)
    (repeated, _), (differs, why) = reasons(view)
    assert (repeated, differs) == (3, 4)
    assert "内容却不同" in why
    assert confirm(office, view).rows_taken == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lon": LAT, "lat": LON}, "颠倒"),
        ({"lon": 0, "lat": 0}, "经纬度为 0"),
        ({"lon": 500, "lat": 10}, "超出范围"),
        ({"lat": None}, "要一起填"),
        ({"text": "有\x00空字符"}, "NUL"),
        ({"text": None}, "请写明"),
        ({"text": "长" * 10_001}, "10000"),
        ({"received": "07/01/2026"}, "分不清"),
        ({"received": "2027-01-01"}, "还没有到"),
        ({"due": "2026-11-19"}, "早于受理时间"),
        ({"address": "长" * 201}, "200"),
    ],
)
def test_each_fault_is_said(office: Office, changes: dict[str, Any], said: str) -> None:
    assert said in only_reason(office, row("A-0001", **changes))


def test_the_reason_stands_beside_the_cell_and_the_file_can_be_sent_again(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-0001", text="有\x00空字符")))
    with imports.open_rest(import_id=view.id) as file:
        rest = file.read()
    again = send(office, rest)
    assert (again.counts.good, again.preview["ignored"]) == (1, ["为什么没有导入", "原行号"])


def test_two_styles_of_dates_in_one_column_are_one_instant(office: Office) -> None:
    styles = ["2026-11-20 10:00", "2026/11/20 10:00:00", datetime(2026, 11, 20, 10)]  # noqa: DTZ001
    rows = [row(f"A-{number}", received=style) for number, style in enumerate(styles)]
    confirm(office, send(office, workbook(HEAD, *rows)))
    instants = set(Origin.objects.values_list("received_at", flat=True))
    assert instants == {datetime(2026, 11, 20, 2, tzinfo=UTC)}


def test_a_default_point_repeated_is_no_place(office: Office) -> None:
    rows = [row(f"A-{number}", address="") for number in range(25)]
    view = send(office, separated(HEAD, *rows, row("B-1", lon=LON + 0.0001)))
    assert view.counts.good == 26
    ((said, count),) = view.preview["remarks"]
    assert "25 次" in said
    assert count == 25
    confirm(office, view)
    placed = Case.objects.exclude(grid=None)
    assert [case.original_number for case in placed] == ["B-1"]
    assert Case.objects.filter(lon=None, place_note__contains="25 次").count() == 25


def test_points_in_the_national_system_are_turned(office: Office) -> None:
    lon, lat = from_wgs84(LON, LAT)
    sent = separated(HEAD, row("A-0001", lon=float(lon), lat=float(lat)))
    confirm(office, send(office, sent, coordinates="GCJ-02"))
    case = Case.objects.get()
    assert case.lon == pytest.approx(LON, abs=1e-5)
    assert case.grid == office.place.grids[0]


def test_another_sub_district_is_left_to_its_own_clerks(office: Office) -> None:
    far = AreaFactory(code="220104009000", name="别处街道")
    community = AreaFactory(community=True, code="220104009001", parent=far)
    AreaFactory(
        grid=True, code="220104009001001", parent=community, geometry=box(126.0, 44.0, 126.1, 44.1)
    )
    assert "别处街道" in only_reason(office, row("A-0001", lon=126.05, lat=44.05))


def test_what_is_on_no_map_is_taken_and_placed_by_a_clerk(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-0001", lon=125.9, lat=43.5)))
    assert view.counts.good == 1
    assert "不在任何街道" in view.preview["remarks"][0][0]


def test_what_has_no_place_at_all_is_taken_and_placed_by_a_clerk(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-1", lon=None, lat=None, address=None), row("A-2")))
    assert view.counts.good == 2
    assert view.preview["remarks"] == [
        ["没有坐标，也没有地址；照样导入，由受理员从内容里找地方落位。", 1]
    ]
    confirm(office, view)
    case = Case.objects.get(original_number="A-1")
    assert (case.lon, case.grid, case.address) == (None, None, "原表没有可用的位置")


def test_a_question_needs_no_place_and_no_remark(office: Office) -> None:
    view = send(office, separated(["内容", "诉求类型"], ["几点开门", "咨询"]))
    assert (view.counts.good, view.preview["remarks"]) == (1, [])
    confirm(office, view)
    assert Case.objects.get().address == ""


def test_rows_are_taken_by_few_statements(office: Office) -> None:
    rows = [row(f"A-{number}", address=f"{number} 号", lon=None, lat=None) for number in range(150)]
    view = send(office, separated(HEAD, *rows))
    with CaptureQueriesContext(connection) as asked:
        confirm(office, view)
    assert Case.objects.count() == Origin.objects.count() == 150
    assert len(asked) < 40


def test_a_row_the_database_refuses_is_left_out_alone(office: Office) -> None:
    view = send(office, separated(HEAD, *(row(f"A-{number}") for number in range(3))))
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE cases_case ADD CONSTRAINT no_two CHECK (original_number <> 'A-1')"
        )
    done = confirm(office, view)
    assert (done.rows_taken, list(done.failures)) == (2, ["3"])
    assert "数据库存不下" in done.failures["3"]
    assert set(Case.objects.values_list("original_number", flat=True)) == {"A-0", "A-2"}


def test_a_fault_of_the_database_undoes_the_chunk_and_blames_no_row() -> None:
    with pytest.raises(OperationalError):
        importing.refusal_of(OperationalError("disk full"))


def test_text_files_in_gb18030_with_scrambled_headings_are_read(office: Office) -> None:
    head = ["地址", "诉求内容", "序号", "流水号"]
    sent = separated(head, ["东门", "井盖丢失", 1, "A-9"], encoding="gb18030", mark="\t")
    confirm(office, send(office, sent))
    assert Case.objects.get().original_number == "A-9"


def test_kinds_and_channels_are_read_in_both_languages(office: Office) -> None:
    head = ["内容", "地址", "诉求类型", "来源渠道", "投诉的单位"]
    view = send(
        office,
        separated(
            head,
            ["甲", "东门", "投诉", "电话", "示例环卫所"],
            ["乙", "东门", "Complaint", "hotline", "Example cleansing"],
            ["丙", "东门", "咨询", "没有的渠道", ""],
            ["丁", "东门", "咨询", "", "示例环卫所"],
        ),
    )
    assert (view.counts.good, view.counts.faulty) == (2, 2)
    confirm(office, view)
    assert set(Case.objects.values_list("about_organisation__name", flat=True)) == {"示例环卫所"}


def test_a_file_that_can_t_be_read_is_refused_in_words(office: Office) -> None:
    view = send(office, b"%PDF-1.7")
    assert view.state is ImportState.REFUSED
    assert "不是能读的表格" in view.said


def test_who_may_no_longer_import_takes_nothing(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-0001")))
    actor = office[Role.INTAKE_CLERK].actor(role=Role.INTAKE_CLERK)
    imports.confirm_import(import_id=view.id, actor=actor, at=office.tick())
    run_import(import_id=view.id, at=office.tick() - timedelta(days=4000))
    assert imports.get_import(view.id).state is ImportState.REFUSED
    assert not Case.objects.exists()


def test_a_job_that_died_is_gone_on_with(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.ground.kernel.importing.CHUNK_ROWS", 2)
    rows = [row(f"A-{number}", address=f"{number} 号", lon=None, lat=None) for number in range(7)]
    view = send(office, separated(HEAD, *rows))
    actor = office[Role.INTAKE_CLERK].actor(role=Role.INTAKE_CLERK)
    imports.confirm_import(import_id=view.id, actor=actor, at=office.tick())
    taken = 0
    take = importing.CaseBatch.take

    def die_after_the_fourth(self: Any, verdicts: Any) -> Any:
        nonlocal taken
        answers = take(self, verdicts)
        taken += len(verdicts)
        if taken == 4:
            raise ConnectionError
        return answers

    with monkeypatch.context() as dying:
        dying.setattr(importing.CaseBatch, "take", die_after_the_fourth)
        with pytest.raises(ConnectionError):
            run_import(import_id=view.id, at=office.tick())
    assert imports.get_import(view.id).rows_done == 2
    run_import(import_id=view.id, at=office.tick())
    done = imports.get_import(view.id)
    assert (done.state, done.rows_taken, Case.objects.count()) == (ImportState.DONE, 7, 7)


def test_rows_that_fail_at_the_last_moment_join_those_left_out(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-1"), row("A-2"), row("A-3", text=None)))
    office.report(id=id_of("number|12345热线|A-2", street_code=STREET_CODE), text="先到一步")
    done = confirm(office, view)
    assert (done.rows_taken, list(done.failures)) == (1, ["3"])
    assert [number for number, _why in reasons(done)] == [3, 4]


def test_the_numbers_stay_when_the_files_go(office: Office) -> None:
    view = confirm(office, send(office, separated(HEAD, row("A-1"), row("A-2", text=None))))
    assert not view.has_source
    assert view.has_rest
    imports.forget_imports(at=office.at + timedelta(days=31))
    kept = imports.get_import(view.id)
    assert (kept.rows_taken, kept.has_rest, dict(kept.preview)) == (1, False, {})
    with pytest.raises(UnableToImport):
        imports.open_rest(import_id=view.id)


def test_a_dropped_file_leaves_only_its_record(office: Office) -> None:
    view = send(office, separated(HEAD, row("A-1")))
    actor = office[Role.INTAKE_CLERK].actor(role=Role.INTAKE_CLERK)
    imports.drop_import(import_id=view.id, actor=actor, at=office.tick())
    assert ImportRecord.objects.get().source.name == ""
    with pytest.raises(UnableToImport):
        imports.confirm_import(import_id=view.id, actor=actor, at=office.tick())


@given(st.text(), st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_a_row_always_gets_the_same_id(fingerprint: str, street_code: str) -> None:
    made = id_of(fingerprint, street_code=street_code)
    assert made == id_of(fingerprint, street_code=street_code)
    assert isinstance(made, UUID)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
