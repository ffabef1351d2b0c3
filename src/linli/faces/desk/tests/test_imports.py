"""Tables sent in: template, upload, what was found, yes or no."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.ground.kernel.importing import check_import, run_import
from linli.ground.kernel.models import ImportRecord
from linli.ground.kernel.tests.sheets import cells_of, separated
from linli.ground.people.models import Organisation
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import middle
from linli.spine.cases.models import Case
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn

LON, LAT = middle(0, 0)
HEAD = ["原编号", "反映的内容", "经度", "纬度", "地址"]
SETTINGS = {"coordinates": "WGS-84", "channel": "hotline", "system": "12345 热线"}


def upload(client: Client, *rows: list[Any], kind: str = "cases", **typed: str) -> Any:
    sent = SimpleUploadedFile("十一月工单.csv", separated(*rows))
    given = (SETTINGS if kind == "cases" else {}) | typed | {"file": sent}
    return client.post(f"/desk/imports/{kind}/", given)


def checked(client: Client, office: Office, *rows: list[Any], kind: str = "cases") -> UUID:
    answer = upload(client, *rows, kind=kind)
    assert answer.status_code == 302
    record = ImportRecord.objects.latest("received_at", "id")
    check_import(import_id=record.id, at=office.tick())
    return record.id


def test_a_table_goes_from_upload_to_cases(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    good, bad = ["A-1", "垃圾没有清", LON, LAT, ""], ["A-2", "路灯不亮", LAT, LON, ""]
    import_id = checked(client, office, HEAD, good, bad)
    address = f"/desk/imports/records/{import_id}/"
    page = client.get(address).content.decode()
    assert "导入这 1 行" in page
    assert "颠倒" in page
    assert not Case.objects.exists()
    client.post(f"{address}decide", {"decision": "yes"})
    assert ProcrastinateJob.objects.filter(task_name="kernel.run_import").count() == 1
    assert "正在导入" in client.get(address).content.decode()
    run_import(import_id=import_id, at=office.tick())
    assert "导入好了" in client.get(address).content.decode()
    case = Case.objects.get()
    assert (case.original_number, case.channel) == ("A-1", "hotline")
    rest = cells_of(client.get(f"{address}rest.xlsx").content)
    assert rest[0][:2] == ["为什么没有导入", "原行号"]
    assert rest[1][2:4] == ["A-2", "路灯不亮"]


def test_a_file_that_has_arrived_is_kept_while_the_rest_is_put_right(
    office: Office, sign_in: SignIn
) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    answer = upload(client, HEAD, ["A-1", "垃圾", LON, LAT, ""], coordinates="", system="城管平台")
    assert answer.status_code == 422
    page = answer.content.decode()
    record = ImportRecord.objects.get()
    assert f'name="held" value="{record.id}"' in page
    assert "城管平台" in page
    again = client.post("/desk/imports/cases/", SETTINGS | {"held": str(record.id)})
    assert again["Location"] == f"/desk/imports/records/{record.id}/"
    assert ImportRecord.objects.count() == 1


def test_a_file_of_the_wrong_kind_is_refused_in_words(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    import_id = checked(client, office, ["%PDF"])
    page = client.get(f"/desk/imports/records/{import_id}/").content.decode()
    assert "这个文件没有导入" in page
    assert client.post("/desk/imports/cases/", SETTINGS).status_code == 422


def test_the_same_file_is_noticed(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    rows = HEAD, ["A-1", "垃圾没有清", LON, LAT, ""]
    first = checked(client, office, *rows)
    client.post(f"/desk/imports/records/{first}/decide", {"decision": "yes"})
    run_import(import_id=first, at=office.tick())
    second = checked(client, office, *rows)
    page = client.get(f"/desk/imports/records/{second}/").content.decode()
    assert "同一个文件已经导入过" in page
    assert 'value="yes"' not in page


def test_the_template_is_read_back_and_explains_itself(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    content = client.get("/desk/imports/cases/template.xlsx").content
    heading = cells_of(content)[0]
    assert "反映的内容*" in heading
    allowed = {row[1] for row in cells_of(content, sheet=2)}
    assert {"电话", "投诉"} <= allowed
    assert any("暴露垃圾" in value for value in allowed)
    import_id = checked(client, office, heading, [*["" for _ in heading][:-1], "x"])
    assert ImportRecord.objects.get(id=import_id).rows_faulty == 1


def test_the_keeper_takes_over_organisations(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.KEEPER)
    head = ["单位编号", "单位名称", "单位类别", "上级", "所在辖区编号", "人数"]
    rows = (
        ["zhongdui", "示例中队", "综合执法大队", "dadui", "", 12],
        ["dadui", "示例大队", "职能部门", "", office.place.street.code, 40],
        ["a", "甲", "没有这一类", "", "", ""],
        ["b", "乙", "企业", "c", "", -1],
        ["c", "丙", "企业", "b", "999", ""],
        ["dadui", "又一个", "企业", "", "", ""],
    )
    import_id = checked(client, office, head, *rows, kind="organisations")
    client.post(f"/desk/imports/records/{import_id}/decide", {"decision": "yes"})
    run_import(import_id=import_id, at=office.tick())
    team = Organisation.objects.get(code="zhongdui")
    assert team.parent is not None
    assert (team.parent.code, team.members_count) == ("dadui", 12)
    record = ImportRecord.objects.get()
    assert (record.rows_taken, record.rows_good, record.rows_faulty) == (2, 2, 4)
    rest = cells_of(client.get(f"/desk/imports/records/{import_id}/rest.xlsx").content)
    told = " ".join(str(row[0]) for row in rest)
    for words in ("没有这一类", "上级的上级", "不小于 0", "999", "重复"):
        assert words in told


def test_a_known_organisation_is_brought_up_to_date(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.KEEPER)
    head = ["单位编号", "单位名称", "单位类别", "英文名称"]
    same = [office.lead.code, office.lead.name, "职能部门", office.lead.name_en]
    other = [office.other.code, "改了名的城管队", "职能部门", office.other.name_en]
    import_id = checked(client, office, head, same, other, kind="organisations")
    page = client.get(f"/desk/imports/records/{import_id}/").content.decode()
    assert "更新：单位名称" in page
    client.post(f"/desk/imports/records/{import_id}/decide", {"decision": "yes"})
    run_import(import_id=import_id, at=office.tick())
    office.other.refresh_from_db()
    assert office.other.name == "改了名的城管队"
    assert ImportRecord.objects.get().rows_known == 1


def test_only_those_with_the_right_come_in(office: Office, sign_in: SignIn) -> None:
    clerk = sign_in(Role.INTAKE_CLERK)
    import_id = checked(clerk, office, HEAD, ["A-1", "垃圾", LON, LAT, ""])
    address = f"/desk/imports/records/{import_id}/"
    for role in (Role.HANDLER, Role.SUPERVISOR, Role.RESIDENT):
        client = sign_in(role)
        assert client.get("/desk/imports/").status_code == 403
        assert client.get(address).status_code == 403
        assert client.get("/desk/imports/cases/template.xlsx").status_code == 403
        assert upload(client, HEAD).status_code == 403
    keeper = sign_in(Role.KEEPER)
    assert keeper.get("/desk/imports/").status_code == 200
    assert keeper.get("/desk/imports/cases/").status_code == 403
    assert keeper.get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_another_clerk_sees_the_record_but_not_the_rows(office: Office, sign_in: SignIn) -> None:
    import_id = checked(
        sign_in(Role.INTAKE_CLERK), office, HEAD, ["A-1", "", LON, LAT, ""], ["A-2", "x", 0, 0, ""]
    )
    leader = sign_in(Role.SHIFT_LEADER)
    address = f"/desk/imports/records/{import_id}/"
    page = leader.get(address).content.decode()
    assert "有问题" in page
    assert "第 3 行" not in page
    assert "十一月工单.csv" in leader.get("/desk/imports/").content.decode()
    assert leader.get(f"{address}rest.xlsx").status_code == 403
    assert leader.post(f"{address}decide", {"decision": "yes"}).status_code == 403


def test_a_dropped_file_is_gone(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    import_id = checked(client, office, HEAD, ["A-1", "垃圾", LON, LAT, ""])
    address = f"/desk/imports/records/{import_id}/"
    client.post(f"{address}decide", {"decision": "no"})
    assert "没有导入" in client.get(address).content.decode()
    client.post(f"{address}decide", {"decision": "yes"})
    assert not ProcrastinateJob.objects.filter(task_name="kernel.run_import").exists()
    assert client.get("/desk/imports/cars/").status_code == 404
