"""Forms of the office above at the desk: taken in, mapped, filled in, opened, corrected."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.ground.people.terms import Role
from linli.programmes.returns.models import Form, Mapping, Return, ReturnFigure
from linli.programmes.returns.tests.factories import SHEET, TITLE, Returning, make_form
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

RETURNS = "/desk/returns/"


@pytest.fixture
def desk(office: Office) -> Returning:
    return Returning(office=office)


@pytest.fixture
def leader(desk: Returning) -> Client:
    client = Client()
    client.force_login(desk.accounts["leader"])
    return client


def text_of(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def as_sent(content: bytes, name: str = "月报.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def figure_of(return_id: int, cell: str) -> ReturnFigure:
    return ReturnFigure.objects.get(filled_id=return_id, cell=cell)


def test_from_the_upload_to_the_filled_file(desk: Returning, sign_in: SignIn) -> None:
    desk.office.play(to=Step.CLOSED)
    keeper = sign_in(Role.KEEPER)
    assert "还没有报表" in keeper.get(RETURNS).content.decode()
    sent = {
        "name": TITLE,
        "issuer": "区社会工作部",
        "kind": "month",
        "street": desk.street_code,
        "file": as_sent(make_form()),
    }
    answer = keeper.post(f"{RETURNS}new", sent, follow=True)
    page = answer.content.decode()
    assert "报表已收下" in page
    assert "按表头对应 12 格" in page
    form = Form.objects.get()
    answer = keeper.post(f"{RETURNS}{form.id}/cells/proposed", {"sheet": SHEET}, follow=True)
    assert "按表头对应了 12 格" in answer.content.decode()
    answer = keeper.post(f"{RETURNS}{form.id}/fill", {"day": "2026-11-01"}, follow=True)
    page = text_of(answer.content)
    assert "已经填好" in page
    assert "受理件数 · 本期" in page
    filled = Return.objects.get()
    bare = keeper.get(f"{RETURNS}filled/{filled.id}/file.xlsx?sources=no").content
    read = python_calamine.CalamineWorkbook.from_filelike(BytesIO(bare))
    assert read.sheet_names == [SHEET]
    file = keeper.get(f"{RETURNS}filled/{filled.id}/file.xlsx")
    assert "%E6%9C%88%E6%8A%A5.xlsx" in file["Content-Disposition"]
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(file.content))
    assert book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)[2][1] == 1.0
    original = keeper.get(f"{RETURNS}{form.id}/versions/1.xlsx")
    assert original.content[:2] == b"PK"
    assert original.status_code == 200


def test_a_refused_upload_keeps_what_was_typed(desk: Returning, sign_in: SignIn) -> None:
    sent = {
        "name": TITLE,
        "issuer": "区社会工作部",
        "kind": "quarter",
        "street": desk.street_code,
        "file": as_sent(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "旧.xls"),
    }
    answer = sign_in(Role.KEEPER).post(f"{RETURNS}new", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "旧式的 .xls 文件" in page
    assert f'value="{TITLE}"' in page
    assert '<option value="quarter" selected>' in page
    assert Form.objects.count() == 0


def test_a_cell_is_chosen_and_said(desk: Returning, sign_in: SignIn) -> None:
    form_id = desk.upload()
    keeper, cells = sign_in(Role.KEEPER), f"{RETURNS}{form_id}/cells/"
    page = text_of(keeper.get(f"{cells}?sheet={SHEET}&cell=C4").content)
    assert "C4 填什么" in page
    assert "左边写着：结案件数；上面写着：本年累计" in page
    assert "按表头像是：结案件数 · 本年累计" in page
    said = {
        "sheet": SHEET,
        "cell": "C4",
        "figure": "cases.filed",
        "span": "this",
        "area": desk.office.place.communities[0].code,
        "category": f"key:{desk.office.category.kind}:{desk.office.category.code}",
        "channel": "",
        "level": "",
    }
    answer = keeper.post(f"{cells}map", said, follow=True)
    assert "C4 已经对应好" in answer.content.decode()
    row = Mapping.objects.get()
    assert (row.cell, row.figure, row.area_code) == (
        "C4",
        "cases.filed",
        desk.office.place.communities[0].code,
    )
    page = keeper.get(f"{cells}?cell=C4").content.decode()
    assert '<option value="cases.filed" selected>' in page
    answer = keeper.post(f"{cells}{row.id}/drop", {"sheet": SHEET}, follow=True)
    assert "这一格以后不填" in answer.content.decode()
    assert Mapping.objects.count() == 0


def test_a_bad_mapping_stands_beside_its_field_and_keeps_the_choice(
    desk: Returning, sign_in: SignIn
) -> None:
    form_id = desk.upload()
    said = {"sheet": SHEET, "cell": "B6", "figure": "whistles.blown", "span": "year"}
    answer = sign_in(Role.KEEPER).post(f"{RETURNS}{form_id}/cells/map", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "B6 是公式，由报表自己算，不能填数。" in page
    assert '<option value="whistles.blown" selected>' in page
    assert '<option value="year" selected>' in page


def test_cells_are_mapped_one_after_the_other(desk: Returning, sign_in: SignIn) -> None:
    keeper, form_id = sign_in(Role.KEEPER), desk.upload()
    desk.map(form_id, "C3", "cases.received")
    said = {"sheet": SHEET, "figure": "cases.received", "span": "this", "next": ""}

    def after(cell: str) -> str:
        answer = keeper.post(f"{RETURNS}{form_id}/cells/map", said | {"cell": cell})
        return answer.headers["Location"].partition("cell=")[2]

    assert after("B3") == "D3#chosen"
    assert after("E4") == "B5#chosen"
    # The row of the total is a formula in one column and empty in the others.
    assert after("E5") == "C6#chosen"
    assert after("E6") == ""


def test_a_number_opens_its_list_and_is_corrected(desk: Returning, leader: Client) -> None:
    reported = desk.office.report()
    return_id = desk.fill(desk.mapped())
    figure = figure_of(return_id, "B3")
    address = f"{RETURNS}filled/{return_id}/{figure.id}/"
    page = leader.get(address).content.decode()
    assert f'href="{reverse("desk:case", args=[reported.number])}"' in page
    answer = leader.post(f"{address}correct", {"amount": "2", "reason": ""})
    assert answer.status_code == 422
    assert 'value="2"' in answer.content.decode()
    answer = leader.post(f"{address}correct", {"amount": "2", "reason": "补记一件"}, follow=True)
    page = text_of(answer.content)
    assert "数出来是： 1" in page
    assert "更正为： 2" in page
    assert "补记一件" in page


def test_what_has_changed_since_stands_beside_it(desk: Returning, leader: Client) -> None:
    return_id = desk.fill(desk.mapped())
    address = f"{RETURNS}filled/{return_id}/"
    assert "现在和填报时不一样" not in leader.get(address).content.decode()
    desk.office.report()
    desk.office.tick()
    page = text_of(leader.get(address).content)
    assert "有 2 个数现在和填报时不一样" in page
    page = text_of(leader.get(f"{address}{figure_of(return_id, 'B3').id}/").content)
    assert "数出来 0" in page
    assert "现在 1" in page


def test_shares_open_numerator_and_denominator(desk: Returning, leader: Client) -> None:
    desk.office.play(to=Step.CLOSED)
    return_id = desk.fill(desk.mapped())
    address = f"{RETURNS}filled/{return_id}/{figure_of(return_id, 'B5').id}/"
    page = text_of(leader.get(f"{address}?part=1").content)
    assert "分子" in page
    assert "分母" in page


def test_the_keeper_who_sees_no_case_sees_how_many(desk: Returning, sign_in: SignIn) -> None:
    reported = desk.office.report()
    return_id = desk.fill(desk.mapped())
    address = f"{RETURNS}filled/{return_id}/{figure_of(return_id, 'B3').id}/"
    page = sign_in(Role.KEEPER).get(address).content.decode()
    assert "另有 1 件您的岗位看不到，也算在内" in page
    assert reported.number not in page


def test_a_new_version_says_what_moved_and_is_placed(desk: Returning, sign_in: SignIn) -> None:
    form_id = desk.mapped()
    keeper = sign_in(Role.KEEPER)
    new = make_form(rows=("受理件数", "立案件数", "结案件数"))
    answer = keeper.post(
        f"{RETURNS}{form_id}/renew", {"file": as_sent(new, "新.xlsx")}, follow=True
    )
    page = text_of(answer.content)
    assert "4 格照旧，8 格要您看一眼" in page
    assert "8 格在新版里挪了位置或改了名称" in page
    row = Mapping.objects.get(is_placed=False, cell="B4")
    answer = keeper.post(
        f"{RETURNS}{form_id}/cells/{row.id}/place", {"sheet": SHEET, "cell": "b5"}, follow=True
    )
    assert "B5 已经对应好" in answer.content.decode()
    answer = keeper.post(f"{RETURNS}{form_id}/renew", {"file": as_sent(new)})
    assert answer.status_code == 422
    assert "一模一样" in answer.content.decode()


def test_a_stopped_form_can_only_be_read(desk: Returning, sign_in: SignIn) -> None:
    form_id = desk.mapped()
    keeper = sign_in(Role.KEEPER)
    page = keeper.post(f"{RETURNS}{form_id}/stop", follow=True).content.decode()
    assert "已停用" in page
    assert "填好这一期" not in page
    answer = keeper.post(f"{RETURNS}{form_id}/fill", {"day": "2026-11-01"}, follow=True)
    assert "已经停用" in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "请选一个期间"),
        ("二月", "请选一个期间"),
        ("1999-12-31", "请选一个期间"),
        ("2027-01-01", "还没有开始，不能填报"),
        ("9999-12-31", "还没有开始，不能填报"),
    ],
)
def test_a_period_that_can_not_be_is_refused(
    desk: Returning, leader: Client, day: str, words: str
) -> None:
    form_id = desk.mapped()
    answer = leader.post(f"{RETURNS}{form_id}/fill", {"day": day}, follow=True)
    assert words in answer.content.decode()
    assert Return.objects.count() == 0


@pytest.mark.parametrize("role", [Role.HANDLER, Role.GRID_WORKER, Role.INTAKE_CLERK])
def test_others_are_told_who_may(desk: Returning, sign_in: SignIn, role: Role) -> None:
    form_id = desk.mapped()
    return_id = desk.fill(form_id)
    client = sign_in(role)
    for path in (
        "",
        f"{form_id}/",
        f"{form_id}/cells/",
        f"filled/{return_id}/",
        f"filled/{return_id}/file.xlsx",
        f"{form_id}/versions/1.xlsx",
    ):
        answer = client.get(f"{RETURNS}{path}")
        assert answer.status_code == 403, path
    assert client.post(f"{RETURNS}{form_id}/fill", {"day": "2026-11-01"}).status_code == 403


def test_the_shift_leader_fills_in_and_does_not_keep(desk: Returning, sign_in: SignIn) -> None:
    form_id = desk.mapped()
    shift = sign_in(Role.SHIFT_LEADER)
    assert "填 2026年10月" in shift.get(RETURNS).content.decode()
    cells = shift.get(f"{RETURNS}{form_id}/cells/?cell=B3").content.decode()
    assert "对应到这个数" not in cells
    assert shift.get(f"{RETURNS}new").status_code == 403
    assert shift.post(f"{RETURNS}{form_id}/fill", {"day": "2026-10-01"}).status_code == 302


def test_what_is_not_there_is_not_found(desk: Returning, leader: Client) -> None:
    form_id = desk.mapped()
    return_id = desk.fill(form_id)
    for path in ("99/", "99/cells/", f"{form_id}/versions/7.xlsx", "filled/99/"):
        assert leader.get(f"{RETURNS}{path}").status_code == 404, path
    assert leader.get(f"{RETURNS}filled/{return_id}/999/").status_code == 404


def test_pages_cost_the_same_however_many_cases(desk: Returning, leader: Client) -> None:
    form_id = desk.mapped()
    return_id = desk.fill(form_id)
    paths = [
        RETURNS,
        f"{RETURNS}{form_id}/",
        f"{RETURNS}{form_id}/cells/",
        f"{RETURNS}filled/{return_id}/",
        f"{RETURNS}filled/{return_id}/{figure_of(return_id, 'B3').id}/",
    ]
    before = [count_queries(leader, path) for path in paths]
    for _ in range(6):
        desk.office.report()
    desk.office.play(to=Step.CLOSED)
    desk.office.tick(timedelta(minutes=1))
    assert [count_queries(leader, path) for path in paths] == before
    assert max(before) <= 20


def test_pages_speak_english(desk: Returning, leader: Client) -> None:
    form_id = desk.mapped()
    return_id = desk.fill(form_id)
    leader.cookies["language"] = "en"
    for path, words in (
        ("", "Forms to fill in for the office above"),
        (f"{form_id}/", "Monthly"),
        (f"{form_id}/cells/?cell=B3", "Cases received · This period"),
        (f"filled/{return_id}/", "Cases received · Same period last year"),
    ):
        assert words in leader.get(f"{RETURNS}{path}").content.decode(), path
