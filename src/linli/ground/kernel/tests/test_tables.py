"""Tables as offices send them, and as they get them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linli.ground.kernel.tables import reading
from linli.ground.kernel.tables.guarding import guard, unguard
from linli.ground.kernel.tables.reading import Table, read_table
from linli.ground.kernel.tables.terms import Column, Mark, TableRefused
from linli.ground.kernel.tables.values import (
    AmbiguousDate,
    has_nul,
    instant_of,
    number_of,
    text_of,
)
from linli.ground.kernel.tables.writing import Sheet, SheetColumn, write_table

from .sheets import bomb, cells_of, far_cell, lie_about_size, separated, workbook

ZONE = ZoneInfo("Asia/Shanghai")
COLUMNS = (
    Column(name="text", label="反映的内容", titles=("内容",), is_needed=True),
    Column(name="at", label="受理时间"),
    Column(name="lon", label="经度"),
)
HEAD = ["受理时间", "反映的内容"]
A_CLASSIC_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def texts(table: Table) -> list[str]:
    return [text_of(row.cells["text"]) for row in table.rows]


def refusal(content: bytes) -> str:
    with pytest.raises(TableRefused) as refused:
        read_table(content, columns=COLUMNS)
    assert "%(" not in refused.value.words()
    return refused.value.code


class TestReading:
    def test_columns_may_stand_in_any_order_under_other_names(self) -> None:
        sent = workbook(["序号", "经度（WGS84）", "内容*", "受理时间："], [1, 125.3, "垃圾", None])
        table = read_table(sent, columns=COLUMNS)
        assert table.places == {"lon": 1, "text": 2, "at": 3}
        assert texts(table) == ["垃圾"]
        assert table.rows[0].number == 2

    def test_titles_above_the_heading_are_passed_over(self) -> None:
        sent = workbook(HEAD, [None, "路灯"], above=[["某街道工单表"], [], ["制表日期", "11月"]])
        table = read_table(sent, columns=COLUMNS)
        assert texts(table) == ["路灯"]
        assert table.rows[0].number == 5

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("mark", [",", "\t", ";"])
    def test_text_files_of_every_kind_are_read(self, encoding: str, mark: str) -> None:
        sent = separated(HEAD, ["2026-11-22", "井盖𠮷丢失"], encoding=encoding, mark=mark)
        assert texts(read_table(sent, columns=COLUMNS)) == ["井盖𠮷丢失"]

    def test_a_formula_is_what_it_came_to(self) -> None:
        sent = workbook(HEAD, [None, ("=1+1", 2)], [None, ("=1/0", "#DIV/0!")], [1, "x"])
        assert texts(read_table(sent, columns=COLUMNS))[0] == "2"

    def test_merged_cells_hold_for_every_row(self) -> None:
        sent = workbook(HEAD, [1, "x"], [2, "y"], merged="B2:B3")
        assert texts(read_table(sent, columns=COLUMNS)) == ["并在一起", "并在一起"]

    def test_a_heading_over_two_columns_is_one(self) -> None:
        sent = workbook(["反映的内容", "反映的内容"], ["x", "y"], merged="A1:B1")
        assert refusal(sent) == "tables.no_heading"
        sent = workbook(["反映的内容", "受理时间", "受理时间"], ["x", 1, 2])
        assert read_table(sent, columns=COLUMNS).places["at"] == 1

    def test_invisible_nul_is_seen(self) -> None:
        for sent in (
            workbook(HEAD, [None, "a\x00b"]),
            separated(HEAD, ["", "a\x00b"]),
        ):
            assert has_nul(read_table(sent, columns=COLUMNS).rows[0].cells["text"])

    def test_a_row_shorter_than_the_heading_is_read(self) -> None:
        table = read_table("反映的内容,受理时间\n只有一格\n".encode(), columns=COLUMNS)
        assert table.rows[0].cells == {"text": "只有一格", "at": None}


class TestRefusing:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "tables.empty_file"),
            (b"  \n ", "tables.empty_file"),
            (b"%PDF-1.7 something", "tables.not_a_table"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "tables.not_a_table"),
            (b"PK\x03\x04 no archive at all", "tables.not_a_table"),
            (A_CLASSIC_BOOK + b"\0" * 600, "tables.not_a_table"),
            (
                A_CLASSIC_BOOK + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
                "tables.password",
            ),
            (bytes(range(256)) * 8, "tables.not_a_table"),
            ("标题,正文\n一,二\n".encode(), "tables.no_heading"),
            ("受理时间,经度\n一,二\n".encode(), "tables.columns_missing"),
            ("反映的内容,受理时间\n".encode(), "tables.no_rows"),
            ("内容,经度,反映的内容\n一,1,二\n".encode(), "tables.column_twice"),
        ],
    )
    def test_what_can_t_be_read_is_said_in_words(self, content: bytes, code: str) -> None:
        assert refusal(content) == code

    def test_another_office_document_is_no_table(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<w/>")
        assert refusal(out.getvalue()) == "tables.not_a_table"

    def test_a_bomb_is_not_unpacked_whatever_it_says_of_its_size(self) -> None:
        sent = bomb(610 * 1024**2)
        assert len(sent) < 1024**2
        assert refusal(sent) == "tables.too_heavy"
        assert refusal(lie_about_size(sent)) == "tables.too_heavy"

    def test_a_sheet_without_end_kills_only_its_own_reader(self) -> None:
        assert refusal(far_cell()) == "tables.too_heavy"

    def test_a_file_may_be_too_long_or_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "MOST_ROWS", 3)
        sent = "反映的内容\n" + "一\n" * 4
        assert refusal(sent.encode()) == "tables.too_many_rows"
        monkeypatch.setattr(reading, "MOST_BYTES", 10)
        assert refusal(sent.encode()) == "tables.too_large"


class TestValues:
    @pytest.mark.parametrize(
        "written",
        [
            "2026-11-22 09:30",
            "2026/11/22 9:30",
            "2026.11.22 09:30:00",
            "2026年11月22日 9时30分",
            "２０２６－１１－２２　０９：３０",
            "20261122 093000",
            "20261122093000",
            "2026-11-22T09:30:00+08:00",
            "2026-11-22T01:30:00Z",
            "22/11/2026 09:30",
            "11/22/2026 09:30:00 AM",
            "46348.3958333333",
            46348.3958333333,
            datetime(2026, 11, 22, 9, 30),  # noqa: DTZ001 - as a sheet gives it
        ],
    )
    def test_an_instant_is_read_in_whichever_style(self, written: str | float | datetime) -> None:
        assert instant_of(written, zone=ZONE) == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)

    def test_day_and_month_are_never_guessed(self) -> None:
        with pytest.raises(AmbiguousDate):
            instant_of("07/01/2026", zone=ZONE)
        found = instant_of("07/01/2026 01:00:00 PM", zone=ZONE)
        assert found == datetime(2026, 7, 1, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        "written", ["昨天", "2026-13-01", "2026-02-30 09:00", 12, True, "9:30"]
    )
    def test_what_is_no_date_is_said(self, written: str | int) -> None:
        with pytest.raises(ValueError, match=r".*"):
            instant_of(written, zone=ZONE)

    def test_numbers_come_as_text_too(self) -> None:
        assert number_of("１２５．３°") == 125.3
        assert number_of("  ") is None
        for wrong in ("nan", "inf", "东经125", True):
            with pytest.raises(ValueError, match=r".*"):
                number_of(wrong)

    def test_a_whole_number_has_no_point(self) -> None:
        assert text_of(13900001234.0) == "13900001234"

    @given(st.text())
    @example("=1+1")
    @example("'=1")
    @example("＝cmd|' /C calc'!A0")
    def test_guarded_words_start_no_formula_and_come_back(self, words: str) -> None:
        assert not guard(words).startswith(tuple("=+-@\t\r\n＝＋－＠"))
        assert unguard(guard(words)) == words


class TestWriting:
    def write(self, *rows: Mark) -> bytes:
        out = io.BytesIO()
        columns = [SheetColumn(title="=标题"), SheetColumn(title="时间")]
        sheet = Sheet(name="a/b:c", columns=columns, rows=rows, notes=["虚构数据 · fictional data"])
        write_table(target=out, sheets=[sheet], zone=ZONE)
        return out.getvalue()

    def test_instants_are_real_dates_of_the_office(self) -> None:
        instant = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
        rows = cells_of(self.write(Mark(cells=["x", instant]), Mark(cells=["y", date(2026, 1, 2)])))
        assert rows[0][0] == "虚构数据 · fictional data"
        assert rows[2][1].isoformat() == "2026-11-22T09:30:00"
        assert rows[3][1].isoformat() == "2026-01-02"

    @pytest.mark.parametrize("words", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1", "\r=1"])
    def test_no_cell_starts_a_formula(self, words: str) -> None:
        written = self.write(Mark(cells=[words, words]))
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            sheets = [archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n]
        assert all(b"<f>" not in sheet for sheet in sheets)
        rows = cells_of(written)
        assert all(str(cell)[:1] == "'" for cell in rows[2])
        assert rows[1][0] == "'=标题"

    def test_a_reason_stands_beside_its_cell(self) -> None:
        written = self.write(Mark(cells=["x", "昨天"], reasons={1: "不是日期"}))
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            notes = b"".join(archive.read(n) for n in archive.namelist() if "comments" in n)
        assert "不是日期".encode() in notes
        assert b'ref="B3"' in notes

    def test_words_too_long_for_a_cell_are_cut(self) -> None:
        rows = cells_of(self.write(Mark(cells=["长" * 40_000, None])))
        assert len(rows[2][0]) == 32_000
