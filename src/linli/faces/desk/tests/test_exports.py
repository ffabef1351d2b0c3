"""Lists as files: the rows as shown, with the rights of the asker, and nothing of the reporter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.faces.desk.paper import exporting
from linli.faces.desk.paper.exporting import ask, may_take, write_queued
from linli.faces.desk.paper.lists import LISTS
from linli.faces.desk.web import exports as web
from linli.ground.kernel.exports import forget_exports
from linli.ground.kernel.models import Event, ExportRecord, Look
from linli.ground.kernel.tests.sheets import cells_of
from linli.ground.people.terms import Role
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn

STAFF = [Role.SHIFT_LEADER, Role.HANDLER, Role.SUPERVISOR, Role.KEEPER]


def take(client: Client, name: str, query: str = "") -> list[list[Any]]:
    answer = client.post(f"/desk/exports/{name}/", {"query": query})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return cells_of(answer.content)


def test_a_file_has_the_rows_of_the_page_in_its_order(office: Office, sign_in: SignIn) -> None:
    numbers = [office.play(to=Step.FILING).number for _ in range(23)]
    office.play(to=Step.ACCEPTING)
    client = sign_in(Role.SHIFT_LEADER)
    rows = take(client, "cases", "step=filing&order=reported_at&page=2&view=list")
    assert [row[0] for row in rows[1:]] == numbers
    newest = take(client, "cases", "step=filing")
    assert [row[0] for row in newest[1:]] == numbers[::-1]


def test_columns_are_those_of_the_page_in_its_language(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    client = sign_in(Role.SHIFT_LEADER)
    heading, row = take(client, "cases")
    assert heading[:6] == ["编号", "紧急", "事项", "类别", "位置", "环节"]
    assert row[4:6] == ["第1-1网格", "待立案"]
    assert row[6].isoformat().startswith("2026-11-23T09:")
    client.cookies["language"] = "en"
    heading, row = take(client, "cases")
    assert heading[0] == "Number"
    assert row[5] == "To be filed"


def test_words_of_a_report_start_no_formula(office: Office, sign_in: SignIn) -> None:
    office.report(text='=HYPERLINK("http://x")', title="=1+1")
    _heading, row = take(sign_in(Role.SHIFT_LEADER), "cases")
    assert row[2] == "'=1+1"


def test_a_handler_takes_only_what_a_handler_sees(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    mine = office.play(to=Step.ACCEPTING)
    rows = take(sign_in(Role.HANDLER), "cases")
    assert [row[0] for row in rows[1:]] == [mine.number]


# What the keeper sees, and what those who only handle do not.
KEPT = (
    *("notices", "organisations", "catalogue"),
    *("catalogue_table", "responsibility_table", "calendar_table", "posts", "looks"),
)
NOT_FOR: dict[Role, tuple[str, ...]] = {
    Role.HANDLER: (*KEPT[3:], "callbacks"),
    Role.SHIFT_LEADER: ("looks",),
}


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("role", STAFF)
def test_each_list_is_taken_by_those_who_see_it(
    office: Office, sign_in: SignIn, role: Role, name: str
) -> None:
    office.play(to=Step.ACCEPTING)
    answer = sign_in(role).post(f"/desk/exports/{name}/", {"query": ""})
    allowed = name in KEPT if role is Role.KEEPER else name not in NOT_FOR.get(role, ())
    assert answer.status_code == (200 if allowed else 403)
    assert answer.content.startswith(b"PK") is allowed


def test_residents_and_strangers_take_nothing(office: Office, sign_in: SignIn) -> None:
    assert sign_in(Role.RESIDENT).post("/desk/exports/cases/", {}).status_code == 403
    assert sign_in(Role.GRID_WORKER).post("/desk/exports/cases/", {}).status_code == 403
    assert Client().post("/desk/exports/cases/", {}).status_code == 302
    assert not ExportRecord.objects.exists()


def test_who_took_what_is_on_record_and_a_look(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    client = sign_in(Role.SHIFT_LEADER)
    take(client, "cases", "step=filing")
    record = ExportRecord.objects.get()
    assert (record.list_name, record.query, record.rows_total) == ("cases", "step=filing", 1)
    look = Look.objects.get(subject_kind="kernel.ExportRecord")
    assert (look.purpose, look.fields, look.reason) == ("paper", ["title"], "cases?step=filing")
    assert Event.objects.filter(name="kernel.ListExported").count() == 1
    take(client, "catalogue")
    assert Look.objects.filter(subject_kind="kernel.ExportRecord").count() == 1


def test_a_large_list_is_written_by_a_job_and_only_for_its_asker(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "AT_ONCE", 1)
    monkeypatch.setattr(exporting, "TELL_EVERY", 1)
    numbers = {office.play(to=Step.FILING).number for _ in range(3)}
    client = sign_in(Role.SHIFT_LEADER)
    answer = client.post("/desk/exports/cases/", {"query": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/exports/")
    record = ExportRecord.objects.get()
    assert ProcrastinateJob.objects.get(task_name="desk.write_list").args == {
        "export_id": str(record.id)
    }
    page = client.get("/desk/exports/").content.decode()
    assert "<progress" in page
    assert 'hx-trigger="every 2s"' in page
    write_queued(export_id=record.id, at=office.tick())
    address = f"/desk/exports/files/{record.id}.xlsx"
    assert address in client.get("/desk/exports/").content.decode()
    rows = cells_of(client.get(address).content)
    assert {row[0] for row in rows[1:]} == numbers
    assert sign_in(Role.SUPERVISOR).get(address).status_code == 404


def test_rights_lost_before_the_job_runs_are_lost(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    one = LISTS["cases"]
    asked = ask(one, member=office[Role.SHIFT_LEADER], query="", at=office.at)
    made = exporting.request_export(one, asked, rows=1, is_written=False)
    write_queued(export_id=made.id, at=office.at - timedelta(days=4000))
    assert ExportRecord.objects.get().state == "failed"


def test_a_list_too_long_says_so_in_the_file(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    for _ in range(3):
        office.play(to=Step.FILING)
    rows = take(sign_in(Role.SHIFT_LEADER), "cases")
    assert rows[0][0].startswith("只有前 2 行，共有 3 行")
    assert len(rows) == 4


def test_files_go_after_three_days(office: Office) -> None:
    office.play(to=Step.FILING)
    one = LISTS["cases"]
    asked = ask(one, member=office[Role.SHIFT_LEADER], query="", at=office.at)
    made = exporting.request_export(one, asked, rows=1, is_written=False)
    write_queued(export_id=made.id, at=office.at)
    assert forget_exports(at=office.at + timedelta(days=2)) == 0
    assert forget_exports(at=office.at + timedelta(days=4)) == 1
    assert ExportRecord.objects.get().rows_total == 1


def test_the_demonstration_says_so_in_every_file(
    office: Office, sign_in: SignIn, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    rows = take(sign_in(Role.SHIFT_LEADER), "catalogue")
    assert rows[0][0] == "虚构数据 · fictional data"
    assert rows[1][0] == "代码"


def test_an_unknown_list_or_file_is_not_there(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.SHIFT_LEADER)
    assert client.post("/desk/exports/reporters/", {}).status_code == 404
    nobody = UUID(int=0)
    assert client.get(f"/desk/exports/files/{nobody}.xlsx").status_code == 404


def test_the_page_offers_only_what_may_be_taken(office: Office, sign_in: SignIn) -> None:
    keeper = office[Role.KEEPER]
    assert [name for name, one in LISTS.items() if may_take(keeper, one)] == [*KEPT]
    page = sign_in(Role.KEEPER).get("/desk/exports/").content.decode()
    assert "/desk/exports/catalogue/" in page
    assert "/desk/exports/work/" not in page
    listed = sign_in(Role.SHIFT_LEADER)
    office.play(to=Step.FILING)
    assert (
        'action="/desk/exports/cases/"' in listed.get("/desk/cases/?step=filing").content.decode()
    )


def test_my_notices_are_taken_as_they_are_shown(office: Office, sign_in: SignIn) -> None:
    ruled = office.play(to=Step.ACCEPTING).number
    client = sign_in(Role.HANDLER)
    assert "导出 Excel" in client.get("/notices/").content.decode()
    heading, row = take(client, "notices", "show=unread")
    assert heading[:2] == ["关于", "通知"]
    assert row[0] == "交给我办的事"
    assert ruled in row[1]
    client.post("/notices/read")
    assert take(sign_in(Role.HANDLER), "notices", "show=unread")[1:] == []
