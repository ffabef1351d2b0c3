"""Files of Excel: read as tables, refused with a word on why, and written in cells alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.programmes.returns.rules.added_sheet import AddedSheet
from linli.programmes.returns.rules.cells import name_cell, read_cell, read_range
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.rules.sheet_parts import feed, make_parser
from linli.programmes.returns.rules.workbook import (
    FormSheet,
    Workbook,
    fill_workbook,
    read_workbook,
)

from .factories import SHEET, TITLE, make_form

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def only_sheet(content: bytes) -> FormSheet:
    return read_workbook(content).sheets[0]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def values_of(content: bytes) -> Sequence[Sequence[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def refused(content: bytes) -> str:
    with pytest.raises(UnableToReturn) as refusal:
        read_workbook(content)
    assert refusal.value.words() != refusal.value.code
    return refusal.value.code


@UNHURRIED
@given(row=st.integers(1, 1_000_000), column=st.integers(1, 16_384))
def test_a_cell_is_read_as_it_is_named(row: int, column: int) -> None:
    assert read_cell(name_cell(row, column)) == (row, column)


def test_columns_go_on_after_z() -> None:
    assert [name_cell(3, at) for at in (1, 26, 27, 52, 53, 702, 703)] == [
        "A3",
        "Z3",
        "AA3",
        "AZ3",
        "BA3",
        "ZZ3",
        "AAA3",
    ]
    assert read_range("B2:C5") == (2, 2, 5, 3)
    assert read_range("$D$4") == (4, 4, 4, 4)
    with pytest.raises(ValueError, match="names no cell"):
        read_cell("5B")


def test_a_form_is_read_with_titles_labels_formulas_and_empty_cells() -> None:
    sheet = only_sheet(make_form())
    title = sheet.cells[1, 1]
    assert (title.text, title.columns, title.is_label) == (TITLE, 5, True)
    assert sheet.covered[1, 3] == "A1"
    assert sheet.cells[3, 1].text == "受理件数"
    assert sheet.cells[3, 2].text == ""
    assert sheet.cells[6, 2].is_formula
    assert sheet.cells[5, 2].is_percent
    assert not sheet.cells[4, 2].is_percent


def test_numbers_are_written_and_all_else_stays_byte_for_byte() -> None:
    form = make_form()
    filled = fill_workbook(form, {SHEET: {"B3": Decimal(12), "B5": Decimal("95.3"), "C3": None}})
    before, after = parts_of(form), parts_of(filled)
    assert list(before) == list(after)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["xl/worksheets/sheet1.xml"]
    values = values_of(filled)
    assert values[2][:3] == ["受理件数", 12.0, ""]
    assert values[4][1] == 0.953
    sheet = after["xl/worksheets/sheet1.xml"].decode()
    assert "<f>SUM(B3:B5)</f>" in sheet
    # What the formula gave when the form was sent is no longer true.
    assert "<v>99</v>" not in sheet
    style = before["xl/worksheets/sheet1.xml"].decode().split('r="B3"')[1].split("/>")[0]
    assert f'<c r="B3"{style}><v>12</v></c>' in sheet


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_one_more_sheet_stands_behind_the_others_and_moves_nothing(prefix: str) -> None:
    parts = parts_of(make_form())
    book = parts["xl/workbook.xml"].decode()
    for tag in ("sheets", "sheet "):
        book = book.replace(f"<{tag}", f"<{prefix}{tag}").replace(f"</{tag}", f"</{prefix}{tag}")
    parts["xl/workbook.xml"] = book.replace("<workbook ", '<workbook xmlns:x="urn:x" ', 1).encode()
    added = AddedSheet(
        name=SHEET, rows=[["甲<&>\x07", Decimal("1.5"), None], [], ["", "=1+1"]], widths=(9, 9)
    )
    before, after = (parts_of(fill_workbook(packed(parts), {}, added=one)) for one in (None, added))
    assert list(after) == [*before, "xl/worksheets/added.xml"]
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
    }
    for content in after.values():
        feed(make_parser(content), content)
    if prefix:
        return
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed(after)))
    assert read.sheet_names == [SHEET, f"{SHEET}2"]
    assert read.get_sheet_by_index(1).to_python() == [["甲<&>", 1.5], ["", ""], ["", "=1+1"]]


def test_formulas_are_counted_anew_when_the_file_is_opened() -> None:
    parts = parts_of(make_form())
    book = parts["xl/workbook.xml"].decode()
    for written in ("", '<calcPr calcId="1"/>', '<calcPr fullCalcOnLoad="0" calcId="1"></calcPr>'):
        start, end = book.index("<calcPr"), book.index("</workbook>")
        parts["xl/workbook.xml"] = (book[:start] + written + book[end:]).encode()
        filled = parts_of(fill_workbook(packed(parts), {}))["xl/workbook.xml"].decode()
        assert filled.count("fullCalcOnLoad") == 1
        assert 'fullCalcOnLoad="1"' in filled
        assert filled.index("</sheets>") < filled.index("<calcPr")


@UNHURRIED
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 12), st.integers(1, 8)), st.integers(-9999, 99999), max_size=20
    ),
    gaps=st.sets(st.tuples(st.integers(1, 9), st.integers(1, 6)), max_size=12),
)
def test_any_cell_can_be_written_there_or_left_out_in_the_file(
    cells: dict[tuple[int, int], int], gaps: set[tuple[int, int]]
) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("一")
    page.write(11, 7, "尾")
    for row, column in gaps:
        page.write(row - 1, column - 1, f"字{row}-{column}")
    book.close()
    written = {name_cell(*at): Decimal(value) for at, value in cells.items()}
    filled = values_of(fill_workbook(target.getvalue(), {"一": written}))
    for row in range(1, 13):
        for column in range(1, 9):
            wanted: object = f"字{row}-{column}" if (row, column) in gaps else ""
            wanted = "尾" if (row, column) == (12, 8) else wanted
            wanted = cells.get((row, column), wanted)
            assert filled[row - 1][column - 1] == wanted


def test_an_empty_sheet_body_and_prefixed_tags_are_written_too() -> None:
    parts = parts_of(make_form())
    sheet = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="urn:m"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>指</x:t><x:t>标</x:t></x:is></x:c>'
        '</x:row><x:row r="3"/></x:sheetData></x:worksheet>'
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    content = packed(parts)
    assert only_sheet(content).cells[1, 1].text == "指标"
    wanted = {"B1": Decimal(1), "A2": Decimal(2), "B3": Decimal(3), "A3": Decimal(4)}
    out = parts_of(fill_workbook(content, {SHEET: wanted}))["xl/worksheets/sheet1.xml"].decode()
    assert '<x:c r="B1"><x:v>1</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>2' in out
    assert '<x:row r="3"><x:c r="A3"><x:v>4</x:v></x:c><x:c r="B3"><x:v>3' in out


def test_formulas_labels_merged_and_missing_cells_are_refused_by_name() -> None:
    sheet = only_sheet(make_form(formulas={"C3": "=B3*2"}))

    def code(cell: str) -> tuple[str, str]:
        with pytest.raises(UnableToReturn) as refusal:
            sheet.check_target(cell)
        assert str(refusal.value.params["cell"]) in refusal.value.words()
        return refusal.value.code, str(refusal.value.params["cell"])

    assert code("c3") == ("returns.cell_formula", "C3")
    assert code("B1") == ("returns.cell_merged", "B1")
    assert code("A3") == ("returns.cell_label", "A3")
    assert code("ZZ99") == ("returns.cell_unknown", "ZZ99")
    assert code("那格") == ("returns.cell_unknown", "那格")
    assert sheet.check_target("d3").name == "D3"


def test_cells_of_an_array_formula_are_formulas() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("一")
    page.write_array_formula("B2:B4", "{=ROW(B2:B4)}", None, 2)
    page.write("A5", "末")
    book.close()
    sheet = only_sheet(target.getvalue())
    assert [sheet.cells[row, 2].is_formula for row in (1, 2, 3, 4, 5)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_hidden_sheets_are_not_shown() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("看得见").write("A1", "指标")
    hidden = book.add_worksheet("代码")
    hidden.write("A1", "x")
    hidden.hide()
    book.add_worksheet("空")
    book.close()
    read: Workbook = read_workbook(target.getvalue())
    assert [one.name for one in read.sheets] == ["看得见"]
    assert read.sheet("代码") is None


def test_what_is_no_xlsx_is_refused_with_what_to_do() -> None:
    assert refused(b"") == "returns.empty"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "returns.old_format"
    assert refused("指标,数\n".encode()) == "returns.not_xlsx"
    assert refused(b"\0" * (2 * 1024**2 + 1)) == "returns.too_large"
    assert refused(make_form()[:-200]) == "returns.not_xlsx"
    assert refused(packed({"a.txt": b"x"})) == "returns.not_xlsx"


def test_macros_damaged_and_hostile_parts_are_refused() -> None:
    parts = parts_of(make_form())
    assert refused(packed({**parts, "xl/vbaProject.bin": b"x"})) == "returns.macros"
    kinds = parts["[Content_Types].xml"].replace(b"sheet.main", b"sheet.macroEnabled.main")
    assert refused(packed({**parts, "[Content_Types].xml": kinds})) == "returns.macros"
    sheet = "xl/worksheets/sheet1.xml"
    assert refused(packed({**parts, sheet: parts[sheet][:-30]})) == "returns.not_xlsx"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts[sheet].partition(b"?>")[2]
    assert refused(packed({**parts, sheet: bomb})) == "returns.not_xlsx"
    assert refused(packed({**parts, "xl/big.bin": b"\0" * 41 * 1024**2})) == "returns.not_xlsx"
    lost = parts["xl/sharedStrings.xml"].replace(b"<si>", b"<sx>").replace(b"</si>", b"</sx>")
    assert refused(packed({**parts, "xl/sharedStrings.xml": lost})) == "returns.not_xlsx"


def test_a_list_is_no_form() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("一").write(400, 0, "太远")
    book.close()
    assert refused(target.getvalue()) == "returns.too_wide"


def test_an_empty_book_has_nothing_to_fill_in() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("一")
    book.close()
    assert refused(target.getvalue()) == "returns.no_sheet"
