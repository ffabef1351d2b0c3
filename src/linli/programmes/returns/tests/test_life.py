"""A form taken in, its cells mapped, filled in, corrected, and changed by the office above."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import python_calamine
from django.utils.translation import override

from linli.ground.kernel.models import Event
from linli.programmes.returns.models import Mapping, Return, ReturnFigure
from linli.programmes.returns.queries.files import read_file, write_file
from linli.programmes.returns.queries.forms import (
    get_form,
    list_forms,
    list_mappings,
    list_proposals,
    list_versions,
    open_workbook,
)
from linli.programmes.returns.queries.returns import get_return, list_returns
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.services.filling import correct_figure
from linli.programmes.returns.services.keeping import stop_form
from linli.programmes.returns.services.mapping import map_proposed, place_mapping, unmap_cell
from linli.programmes.returns.terms import PeriodKind, Span, Target
from linli.spine.cases.terms import Channel, Step
from linli.spine.cases.tests.factories import CategoryFactory

from .factories import SHEET, TITLE, Returning, make_form


def refused(refusal: pytest.ExceptionInfo[UnableToReturn]) -> str:
    assert refusal.value.words() != refusal.value.code
    return refusal.value.code


def events_of(name: str) -> list[Event]:
    return list(Event.objects.filter(name=name).order_by("recorded_at"))


def test_a_form_is_kept_as_it_was_sent(desk: Returning) -> None:
    content = make_form()
    form_id = desk.upload(content, name="  月报表 ")
    assert read_file(form_id=form_id, no=1, member=desk["leader"]) == ("月报.xlsx", content)
    form = get_form(form_id=form_id, member=desk["leader"])
    assert (form.name, form.kind, form.mapped, form.last_return) == (
        "月报表",
        PeriodKind.MONTH,
        0,
        None,
    )
    (event,) = events_of("returns.form_uploaded")
    assert event.actor_id == desk.accounts["keeper"].id
    assert event.actor_role == "keeper"


def test_names_issuers_and_files_are_checked(desk: Returning) -> None:
    desk.upload()
    for changes, code in (
        ({}, "returns.name_taken"),
        ({"name": " "}, "returns.no_name"),
        ({"name": "长" * 81}, "returns.no_name"),
        ({"name": "另一张", "issuer": ""}, "returns.no_issuer"),
        ({"name": "另一张", "content": b"no"}, "returns.not_xlsx"),
    ):
        with pytest.raises(UnableToReturn) as refusal:
            desk.upload(**changes)
        assert refused(refusal) == code


def test_only_those_of_the_sub_district_keep_fill_in_and_read(desk: Returning) -> None:
    form_id = desk.mapped()
    for who in ("handler", "shift"):
        with pytest.raises(UnableToReturn) as refusal:
            desk.upload(name="二", member=desk[who])
        assert refused(refusal) == "returns.not_yours", who
    with pytest.raises(UnableToReturn) as refusal:
        desk.fill(form_id, who="handler")
    assert refused(refusal) == "returns.not_yours"
    with pytest.raises(UnableToReturn) as refusal:
        desk.upload(name="二", street_code="220199001000", member=desk["leader"])
    assert refused(refusal) == "returns.not_yours"
    assert list_forms(member=desk["handler"]) == []
    with pytest.raises(UnableToReturn) as refusal:
        get_form(form_id=form_id, member=desk["handler"])
    assert refused(refusal) == "returns.form_unknown"
    assert [one.id for one in list_forms(member=desk["shift"])] == [form_id]
    assert desk.fill(form_id, who="shift")


def test_proposals_are_taken_at_one_click_and_only_once(desk: Returning) -> None:
    form_id = desk.upload()
    form = get_form(form_id=form_id, member=desk["keeper"])
    proposed = list_proposals(form=form, book=open_workbook(form=form))
    taken = map_proposed(form_id=form_id, member=desk["keeper"], at=desk.office.tick())
    assert taken == len(proposed) == 12
    mapped = list_mappings(version_id=form.version.id)
    assert {one.cell for one in mapped} == {one.cell for one in proposed}
    assert mapped[0].row_label == "受理件数"
    assert "受理件数" in mapped[0].words
    (event,) = events_of("returns.cells_mapped")
    assert len(event.facts["cells"]) == 12
    with pytest.raises(UnableToReturn) as refusal:
        map_proposed(form_id=form_id, member=desk["keeper"], at=desk.office.tick())
    assert refused(refusal) == "returns.nothing_proposed"


def test_a_cell_is_mapped_anew_and_let_go(desk: Returning) -> None:
    form_id = desk.upload()
    desk.map(form_id, "b3", "cases.filed")
    desk.map(form_id, "B3", "cases.received", span=Span.YEAR)
    form = get_form(form_id=form_id, member=desk["keeper"])
    (one,) = list_mappings(version_id=form.version.id)
    assert (one.cell, one.target.figure, one.target.span) == ("B3", "cases.received", Span.YEAR)
    unmap_cell(form_id=form_id, mapping_id=one.id, member=desk["keeper"], at=desk.office.tick())
    assert Mapping.objects.count() == 0
    with pytest.raises(UnableToReturn) as refusal:
        unmap_cell(form_id=form_id, mapping_id=one.id, member=desk["keeper"], at=desk.office.at)
    assert refused(refusal) == "returns.mapping_unknown"
    with pytest.raises(UnableToReturn) as refusal:
        desk.fill(form_id)
    assert refused(refusal) == "returns.nothing_mapped"


def test_a_bad_mapping_is_refused_with_the_name_of_the_cell(desk: Returning) -> None:
    form_id = desk.upload()
    elsewhere = "220199001001"
    for cell, figure, more, code in (
        ("B6", "cases.received", {}, "returns.cell_formula"),
        ("A3", "cases.received", {}, "returns.cell_label"),
        ("B1", "cases.received", {}, "returns.cell_merged"),
        ("Q99", "cases.received", {}, "returns.cell_unknown"),
        ("B3", "cases.nothing", {}, "returns.figure_unknown"),
        ("B3", "cases.received", {"area_code": elsewhere}, "returns.area_elsewhere"),
        ("B3", "cases.received", {"category_key": "matter:x"}, "returns.category_unknown"),
        ("B3", "cases.received", {"major_code": "99"}, "returns.category_unknown"),
        ("B3", "whistles.blown", {"channel": "phone"}, "returns.narrowing_unfit"),
    ):
        with pytest.raises(UnableToReturn) as refusal:
            desk.map(form_id, cell, figure, **more)
        assert refused(refusal) == code
        assert cell in refusal.value.words()
    with pytest.raises(UnableToReturn) as refusal:
        desk.map(form_id, "B3", "cases.received", sheet="没有")
    assert refused(refusal) == "returns.cell_unknown"


def test_one_click_gives_the_same_file_with_the_numbers(desk: Returning) -> None:
    desk.office.play(to=Step.CLOSED)
    desk.office.report()
    return_id = desk.fill(desk.mapped())
    name, content = write_file(return_id=return_id, member=desk["leader"])
    assert name == "月报.xlsx"
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    # Last year there was nothing, so that nothing can be said of a change.
    assert rows[2] == ["受理件数", 2.0, 2.0, 0.0, ""]
    assert rows[3] == ["结案件数", 1.0, 1.0, 0.0, ""]
    assert rows[4] == ["按时办结率", 1.0, 1.0, "", ""]
    (event,) = events_of("returns.return_filled")
    assert event.facts["cells"] == 12
    assert event.actor_id == desk.accounts["leader"].id


def test_a_last_sheet_says_where_every_number_comes_from(desk: Returning) -> None:
    desk.office.report()
    return_id = desk.fill(desk.mapped())
    correct_figure(
        return_id=return_id,
        figure_id=ReturnFigure.objects.get(filled_id=return_id, cell="B3").id,
        amount="5",
        reason="区里口径含咨询",
        member=desk["shift"],
        at=desk.office.tick(),
    )
    with override("en"):
        _name, content = write_file(return_id=return_id, member=desk["leader"])
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == [SHEET, "数据来源"]
    rows = book.get_sheet_by_name("数据来源").to_python(skip_empty_area=False)
    leader, shift = (desk[who].name for who in ("leader", "shift"))
    assert rows[0][0] == f"{TITLE}　2026年11月"
    assert str(rows[1][0]).startswith(f"{leader} 填于 2026-11-")
    assert rows[4][:3] == ["哪张表", "单元格", "指标"]
    lines = {row[1]: row for row in rows[5:]}
    assert len(lines) == 12
    assert lines["B3"][:6] == [
        SHEET,
        "B3",
        "受理件数",
        "本期",
        "2026-11-01 至 2026-11-30",
        "全街道",
    ]
    assert lines["B3"][6] == "这段时间反映的案件；并进别的案件的不另计。"
    assert lines["B3"][7:11] == [1.0, 5.0, "", "区里口径含咨询"]
    assert str(lines["B3"][11]).startswith(f"{shift} 2026-")
    assert str(lines["C3"][11]).startswith(f"{leader} 2026-")
    assert lines["E5"][4] == "2026-11-01 至 2026-11-30；2025-11-01 至 2025-11-30"
    assert lines["E5"][9] == "百分点"
    assert lines["E5"][10] == "没有可算的，留空"
    plain = write_file(return_id=return_id, member=desk["leader"], with_sources=False)[1]
    bare = python_calamine.CalamineWorkbook.from_filelike(BytesIO(plain))
    assert bare.sheet_names == [SHEET]


def test_what_was_filled_stays_and_what_is_now_stands_beside_it(desk: Returning) -> None:
    form_id = desk.mapped()
    desk.office.report()
    return_id = desk.fill(form_id)
    desk.office.report()
    filled = get_return(return_id=return_id, member=desk["shift"], at=desk.office.tick())
    received = next(one for one in filled.figures if one.cell == "B3")
    assert (received.amount, received.now) == (Decimal(1), Decimal(2))
    assert received.has_changed
    closed = next(one for one in filled.figures if one.cell == "B4")
    assert (closed.amount, closed.now) == (Decimal(0), Decimal(0))
    assert not closed.has_changed
    assert filled.view.is_partial
    assert (filled.view.period.first, filled.view.cells) == (date(2026, 11, 1), 12)


def test_filled_twice_both_are_kept(desk: Returning) -> None:
    form_id = desk.mapped()
    first, second = desk.fill(form_id), desk.fill(form_id)
    earlier = desk.fill(form_id, day=date(2026, 10, 20))
    listed = [one.id for one in list_returns(form_id=form_id, member=desk["leader"])]
    assert listed == [second, first, earlier]
    form = get_form(form_id=form_id, member=desk["leader"])
    assert form.last_return is not None
    assert form.last_return.id == second


def test_what_lies_ahead_is_not_filled_in(desk: Returning) -> None:
    form_id = desk.mapped()
    with pytest.raises(UnableToReturn) as refusal:
        desk.fill(form_id, day=date(2026, 12, 1))
    assert refused(refusal) == "returns.period_ahead"
    assert Return.objects.count() == 0


def test_a_number_is_corrected_with_a_reason_and_marked(desk: Returning) -> None:
    return_id = desk.fill(desk.mapped())
    figure = ReturnFigure.objects.get(filled_id=return_id, cell="B3")

    def correct(amount: str, reason: str = "区里口径不含咨询", who: str = "leader") -> None:
        correct_figure(
            return_id=return_id,
            figure_id=figure.id,
            amount=amount,
            reason=reason,
            member=desk[who],
            at=desk.office.tick(),
        )

    for amount, reason, code in (
        ("三", "写错", "returns.no_number"),
        ("1.25", "写错", "returns.no_number"),
        ("NaN", "写错", "returns.no_number"),
        ("0", "写错", "returns.same_number"),
        ("5", " ", "returns.no_reason"),
        ("5", "长" * 301, "returns.no_reason"),
    ):
        with pytest.raises(UnableToReturn) as refusal:
            correct(amount, reason)
        assert refused(refusal) == code
    correct("1,005")
    filled = get_return(return_id=return_id, member=desk["leader"], at=desk.office.tick())
    one = next(one for one in filled.figures if one.cell == "B3")
    assert (one.amount, one.corrected) == (Decimal(0), Decimal(1005))
    assert one.written == one.corrected
    assert one.is_corrected
    assert (one.reason, one.corrected_by_id) == ("区里口径不含咨询", desk.accounts["leader"].id)
    assert filled.view.corrected == 1
    _name, content = write_file(return_id=return_id, member=desk["leader"])
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)[2][1] == 1005.0
    (event,) = events_of("returns.figure_corrected")
    assert (event.facts["before"], event.facts["after"]) == ("0.0", "1005")
    with pytest.raises(UnableToReturn) as refusal:
        correct("6", who="handler")
    assert refused(refusal) == "returns.return_unknown"


def test_a_new_version_keeps_what_lies_between_the_same_words(desk: Returning) -> None:
    form_id = desk.mapped()
    old = desk.fill(form_id)
    rows = ("受理件数", "立案件数", "结案件数")
    assert desk.renew(form_id, make_form(rows=rows)) == (4, 8)
    form = get_form(form_id=form_id, member=desk["keeper"])
    assert (form.version.no, form.mapped, form.unplaced) == (2, 4, 8)
    assert [one.no for one in list_versions(form_id=form_id)] == [2, 1]
    waiting = [one for one in list_mappings(version_id=form.version.id) if not one.is_placed]
    moved = {one.cell: one for one in waiting}
    # What waits is not proposed a second time; what is new in the form is.
    book = open_workbook(form=form)
    proposed = {one.cell for one in list_proposals(form=form, book=book)}
    assert proposed == {"B4", "C4", "D4", "E4"}
    assert (moved["B4"].suggested, moved["B5"].suggested) == ("B5", "")
    place_mapping(
        form_id=form_id,
        mapping_id=moved["B4"].id,
        cell="B5",
        member=desk["keeper"],
        at=desk.office.tick(),
    )
    with pytest.raises(UnableToReturn) as refusal:
        place_mapping(
            form_id=form_id,
            mapping_id=moved["C4"].id,
            cell="B5",
            member=desk["keeper"],
            at=desk.office.tick(),
        )
    assert refused(refusal) == "returns.cell_taken"
    new = desk.fill(form_id)
    assert ReturnFigure.objects.filter(filled_id=new).count() == 5
    # What was filled in before is given in the form it was filled into.
    assert write_file(return_id=old, member=desk["leader"])[0] == "月报.xlsx"
    assert write_file(return_id=new, member=desk["leader"])[0] == "月报（新）.xlsx"


def test_the_same_file_is_no_new_version(desk: Returning) -> None:
    content = make_form()
    form_id = desk.upload(content)
    with pytest.raises(UnableToReturn) as refusal:
        desk.renew(form_id, content)
    assert refused(refusal) == "returns.nothing_new"


def test_a_form_that_is_stopped_is_only_read(desk: Returning) -> None:
    form_id = desk.mapped()
    return_id = desk.fill(form_id)
    stop_form(form_id=form_id, member=desk["keeper"], at=desk.office.tick())
    for act in (
        lambda: desk.fill(form_id),
        lambda: desk.map(form_id, "B3", "cases.filed"),
        lambda: desk.renew(form_id, make_form(rows=("受理件数",))),
        lambda: stop_form(form_id=form_id, member=desk["keeper"], at=desk.office.tick()),
    ):
        with pytest.raises(UnableToReturn) as refusal:
            act()
        assert refused(refusal) == "returns.form_stopped"
    assert write_file(return_id=return_id, member=desk["leader"])
    assert desk.upload()


def test_words_of_places_kinds_and_channels_are_read_from_the_form(desk: Returning) -> None:
    office = desk.office
    office.report()
    community = office.place.communities[0]
    CategoryFactory(code="90999", name="占道经营", major_code="07", major_name="街面秩序")
    rows = (community.name, "热线", "街面秩序")
    form_id = desk.upload(make_form(rows=rows, columns=("受理件数", "去年同期受理件数")))
    map_proposed(form_id=form_id, member=desk["keeper"], at=office.tick())
    found = {
        one.cell: one.target
        for one in list_mappings(
            version_id=get_form(form_id=form_id, member=desk["keeper"]).version.id
        )
    }
    assert found["B3"].area_code == community.code
    assert found["B4"].channel == Channel.HOTLINE
    assert found["B5"].major_code == "07"
    assert found["C3"].span is Span.LAST_YEAR
    # The total is a formula in one column, and an empty cell for all of it in the other.
    assert found["C6"] == Target(figure="cases.received", span=Span.LAST_YEAR)
    numbers = {
        one.cell: one.amount for one in ReturnFigure.objects.filter(filled_id=desk.fill(form_id))
    }
    assert numbers == {
        "B3": Decimal(1),
        "B4": Decimal(0),
        "B5": Decimal(0),
        "C3": Decimal(0),
        "C4": Decimal(0),
        "C5": Decimal(0),
        "C6": Decimal(0),
    }
