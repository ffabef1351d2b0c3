"""Dispatch from the desk: the list with its reasons, several at once, who else is looking."""

from __future__ import annotations

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries


def sent(office: Office, *numbers: str, **changes: str) -> dict[str, object]:
    versions = Case.objects.filter(number__in=numbers).values_list("number", "version")
    given = {f"version-{number}": str(version) for number, version in versions}
    given |= {f"proposed-{number}": str(office.lead.pk) for number in numbers}
    return {"case": list(numbers), **given, **changes}


def test_each_row_says_who_and_why(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    page = sign_in(Role.DISPATCHER).get("/desk/dispatch/").content.decode()
    assert reported.number in page
    assert office.lead.name in page
    assert "因为职责清单" in page
    assert "手上 0 件" in page


def test_several_go_out_after_a_look_and_one_taken_meanwhile_is_told(
    office: Office, sign_in: SignIn
) -> None:
    first, second = (office.play(to=Step.DISPATCHING) for _ in range(2))
    client = sign_in(Role.SHIFT_LEADER)
    look = client.get(f"/desk/dispatch/confirm/?case={first.number}&case={second.number}")
    assert "派遣这 2 件" in look.content.decode()
    form = sent(office, first.number, second.number)
    office.step_on(second.case_id, ActionName.DISPATCH)
    page = client.post("/desk/dispatch/send/", form).content.decode()
    assert "已派遣 1 件" in page
    assert "1 件没有派出" in page
    assert office.accounts[Role.DISPATCHER].get_full_name() in page
    assert Assignment.objects.filter(duty="lead").count() == 2


def test_the_lead_of_one_is_changed_before(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    client, number = sign_in(Role.DISPATCHER), reported.number
    look = client.get(f"/desk/dispatch/confirm/?change={number}").content.decode()
    assert f'name="lead-{number}"' in look
    chosen = {f"lead-{number}": str(office.other.pk)}
    client.post("/desk/dispatch/send/", sent(office, number, **chosen))
    assert Assignment.objects.get(duty="lead").organisation_id == office.other.pk


def test_nothing_waiting_and_nothing_ticked_say_so(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert "没有等待派遣的案件" in client.get("/desk/dispatch/").content.decode()
    assert "没有勾选案件" in client.get("/desk/dispatch/confirm/").content.decode()


def test_who_may_not_dispatch_is_told_who_may(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.VERIFIER)
    for address in ("", "points.json", "confirm/"):
        assert client.get(f"/desk/dispatch/{address}").status_code == 403
    assert client.post("/desk/dispatch/send/").status_code == 403


def test_the_map_leads_to_the_rows(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    answer = sign_in(Role.DISPATCHER).get("/desk/dispatch/points.json").json()
    assert [one["properties"]["url"] for one in answer["features"]] == [f"#case-{reported.number}"]


def test_who_else_looks_is_shown_to_readers_of_the_case_only(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.DISPATCHING)
    name = office.accounts[Role.INTAKE_CLERK].get_full_name()
    here = f"/desk/cases/{reported.number}/here/"
    assert name not in sign_in(Role.INTAKE_CLERK).post(here).content.decode()
    assert f"{name}正在看" in sign_in(Role.DISPATCHER).post(here).content.decode()
    assert f"{name}正在看" in sign_in(Role.DISPATCHER).get("/desk/dispatch/").content.decode()
    refused = sign_in(Role.HANDLER).post(here)
    assert refused.status_code == 404
    assert name not in refused.content.decode()


def test_the_list_asks_now_and_then_who_else_looks(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    name = office.accounts[Role.SHIFT_LEADER].get_full_name()
    address = f"/desk/dispatch/present/?case={reported.case_id}"
    assert address in sign_in(Role.DISPATCHER).get("/desk/dispatch/").content.decode()
    address += "&case=nonsense"
    assert name not in sign_in(Role.DISPATCHER).get(address).content.decode()
    sign_in(Role.SHIFT_LEADER).post(f"/desk/cases/{reported.number}/here/")
    present = sign_in(Role.DISPATCHER).get(address).content.decode()
    assert f'id="here-{reported.case_id}"' in present
    assert f"{name}正在看" in present
    assert sign_in(Role.HANDLER).get(address).status_code == 403


def test_nine_rows_take_no_more_queries_than_one(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    office.play(to=Step.DISPATCHING)
    few = count_queries(client, "/desk/dispatch/")
    for _ in range(8):
        office.play(to=Step.DISPATCHING)
    assert count_queries(client, "/desk/dispatch/") == few
    assert few <= 26
