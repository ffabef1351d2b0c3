"""Tables of catalogue, list and parent list: down, changed, checked row by row, into a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from linli.ground.kernel.calendar_store import set_calendar, set_day
from linli.ground.kernel.importing import check_import, run_import
from linli.ground.kernel.models import ImportRecord
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import STREET_CODE
from linli.programmes.keeping.queries.drafts import get_draft
from linli.spine.cases.models import Responsibility
from linli.spine.cases.tests.factories import START, Office

from .conftest import SignIn
from .keeping_steps import begin, give_codes, page

KEY = "matter:06010"


@pytest.fixture
def keeper(office: Office, sign_in: SignIn) -> Client:
    """Give the browser of the keeper; the lead and the other unit have codes."""
    give_codes(office)
    return sign_in(Role.KEEPER)


def table(*rows: Sequence[object]) -> SimpleUploadedFile:
    """Make an Excel file."""
    out = BytesIO()
    book = Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("表.xlsx", out.getvalue())


def upload(keeper: Client, kind: str, file: SimpleUploadedFile, **options: str) -> str:
    """Send a file, let it be checked, and give the address of the import."""
    answer = keeper.post(f"/desk/imports/{kind}/", {"file": file, **options})
    assert answer.status_code == 302, answer.content.decode()[:900]
    held = ImportRecord.objects.latest("received_at")
    check_import(import_id=held.id, at=START)
    return str(answer.headers["Location"])


def take(keeper: Client, address: str) -> str:
    """Say yes and let the rows be taken."""
    keeper.post(f"{address}decide", {"decision": "yes"})
    run_import(import_id=ImportRecord.objects.latest("received_at").id, at=START)
    return page(keeper, address)


def test_a_table_of_items_goes_into_the_draft_and_bad_rows_come_back(keeper: Client) -> None:
    draft = begin(keeper, "list")
    number = draft.strip("/").rpartition("/")[2]
    file = table(
        ["项号", "牵头方式", "职责", "主办单位", "管哪些类别", "取消"],
        [37, "", "环境保洁", "示例城管队", "", ""],
        [38, "部门牵头", "除雪", "没有这个单位", KEY, ""],
        [39, "部门牵头", "清淤", "cleansing", KEY, ""],
        [40, "志愿者牵头", "不行", "cleansing", KEY, ""],
        [37, "", "再来一次", "", "", ""],
        ["第几", "", "", "", "", ""],
    )
    address = upload(keeper, "responsibilities", file, draft=number)
    seen = page(keeper, address)
    assert "导入这 2 行" in seen
    assert "没有代码为“没有这个单位”的在用单位" in seen
    assert "和第 2 行写的是同一项" in seen
    assert "看草案" in take(keeper, address)
    written = get_draft(int(number))
    assert [one.key for one in written.changes] == ["37", "39"]
    assert dict(written.changes[0].fields) == {"title": "环境保洁", "lead": "wardens"}
    assert Responsibility.objects.filter(title="环境保洁").count() == 0


def test_a_table_of_categories_goes_into_the_draft(keeper: Client) -> None:
    draft = begin(keeper, "catalogue")
    number = draft.strip("/").rpartition("/")[2]
    file = table(
        ["类别代码", "处置时限", "时限单位", "核查方式", "对外公开", "小哥可以上报"],
        [KEY, 2, "工作日", "向反映人核实", "否", "是"],
        ["matter:99999", 2, "工作日", "", "", ""],
        [KEY, 2, "两周", "", "", ""],
        ["local:L99", 2, "工作日", "", "", "也许"],
    )
    address = upload(keeper, "catalogue", file, draft=number)
    seen = page(keeper, address)
    assert "导入这 1 行" in seen
    assert "这里只能填“是”或“否”。" in seen
    take(keeper, address)
    (change,) = get_draft(int(number)).changes
    assert dict(change.fields) == {
        "limit_amount": 2,
        "limit_unit": "working_days",
        "checked_by": "reporter",
        "is_public": False,
        "for_couriers": True,
    }


@pytest.mark.parametrize(
    ("matter", "kind", "listed"),
    [
        ("list", "responsibilities", "responsibility_table"),
        ("catalogue", "catalogue", "catalogue_table"),
    ],
)
def test_what_was_taken_down_comes_back_as_no_change(
    keeper: Client, matter: str, kind: str, listed: str
) -> None:
    draft = begin(keeper, matter)
    number = draft.strip("/").rpartition("/")[2]
    answer = keeper.post(f"/desk/exports/{listed}/", {"query": ""})
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    address = upload(keeper, kind, SimpleUploadedFile("表.xlsx", content), draft=number)
    seen = page(keeper, address)
    assert "和现行的一样，不用导入" in seen
    assert "导入这" not in seen


def test_a_parent_list_is_uploaded(keeper: Client) -> None:
    file = table(["项号", "职责名称", "责任单位"], [1, "保洁", "环卫"], [1, "又", ""], [2, "", ""])
    options = {"version": "2026", "source": "省里", "effective_from": "2026-01-01"}
    address = upload(keeper, "parent_list", file, **options)
    assert "导入这 1 行" in page(keeper, address)
    assert "看上级改了什么" in take(keeper, address)
    assert "省里" in page(keeper, "/desk/responsibilities/parent/")


def test_a_year_of_holidays_goes_down_and_comes_up_into_a_draft(
    office: Office, keeper: Client
) -> None:
    set_calendar(street_code=STREET_CODE)
    set_day(street_code=STREET_CODE, day=date(2027, 1, 1), is_workday=False, note="元旦")
    taken = keeper.post("/desk/exports/calendar_table/", {"query": ""})
    content = b"".join(taken) if taken.streaming else taken.content
    (first,) = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[-1:]
    )
    assert first[:3] == ["2027-01-01", "放假", "元旦"]
    draft = begin(keeper, "calendar")
    number = draft.rstrip("/").rpartition("/")[2]
    address = upload(
        keeper,
        "calendar",
        table(
            ("日期", "放假还是上班", "说明", "取消"),
            ("2027-01-01", "放假", "元旦", ""),
            ("2027年2月8日", "放假", "春节", ""),
            (date(2027, 2, 9), "放假", "春节", ""),
            ("2027-02-10", "休息", "春节", ""),
            ("2027-02-20", "上班", "补班", ""),
            ("二月", "放假", "", ""),
            ("2026-11-24", "放假", "", ""),
            ("2027-02-08", "上班", "", ""),
        ),
        draft=number,
    )
    seen = page(keeper, address)
    assert "不是日期" in seen
    assert "不能填，可以填：放假、上班" in seen
    assert "不能改以前的日子" in seen
    assert "只导入第一行" in seen
    take(keeper, address)
    assert [(one.key, one.fields["work"]) for one in get_draft(int(number)).changes] == [
        ("2027-02-08", "rest"),
        ("2027-02-09", "rest"),
        ("2027-02-20", "work"),
    ]
