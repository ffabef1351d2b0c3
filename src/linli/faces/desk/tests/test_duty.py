"""The roster's pages: planned by the shift leader, swapped by consent, shown on the home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.ground.notices.services import tell
from linli.ground.people.models import DutyShift
from linli.ground.people.queries.duty import list_open_swaps
from linli.ground.people.terms import Role
from linli.ground.people.terms.duty import DutyRole
from linli.spine.cases.terms import case_subject
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

LEADER, CLERK, DISPATCHER = Role.SHIFT_LEADER, Role.INTAKE_CLERK, Role.DISPATCHER


def filled(office: Office, **changes: object) -> dict[str, object]:
    """Give the form that fills the week's nights with clerk and dispatcher, with changes."""
    usual: dict[str, object] = {
        "role": "centre",
        "people": [office.accounts[CLERK].pk, office.accounts[DISPATCHER].pk],
        "days": "every",
        "first": "2026-11-23",
        "last": "2026-11-29",
        "starts": "18:00",
        "ends": "08:00",
    }
    return {**usual, **changes}


def put_on_duty(office: Office, role: Role, duty: DutyRole = DutyRole.CENTRE) -> DutyShift:
    """Put somebody on duty now and for half a day."""
    return DutyShift.objects.create(
        street_code=office.place.street.code,
        role=duty.value,
        account=office.accounts[role],
        starts_at=office.at - timedelta(hours=1),
        ends_at=office.at + timedelta(hours=11),
    )


def test_the_shift_leader_fills_a_week(office: Office, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    page = client.post("/desk/duty/fill", filled(office), follow=True).content.decode()
    assert "排好了 7 个班次" in page
    assert DutyShift.objects.count() == 7
    assert page.count("duty-shift") == 7
    again = client.post("/desk/duty/fill", filled(office), follow=True).content.decode()
    assert "有 7 个时段已经有人" in again


def test_a_form_that_is_refused_keeps_what_was_typed(office: Office, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    answer = client.post("/desk/duty/fill", filled(office, last="2026-11-01", starts="19:45"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in page
    assert 'value="19:45"' in page
    nobody = client.post("/desk/duty/fill", filled(office, people=[]))
    assert nobody.status_code == 422


def test_only_the_shift_leader_plans(office: Office, sign_in: SignIn) -> None:
    for role in (CLERK, Role.SUPERVISOR, Role.HANDLER):
        assert sign_in(role).post("/desk/duty/fill", filled(office)).status_code == 403
    page = sign_in(CLERK).get("/desk/duty/").content.decode()
    assert "按规律排班" not in page
    assert sign_in(Role.HANDLER).get("/desk/duty/").status_code == 403


@pytest.mark.parametrize("query", ["", "?view=month", "?from=2026-12-31&view=month", "?from=x"])
def test_week_and_month_are_shown(office: Office, sign_in: SignIn, query: str) -> None:
    put_on_duty(office, CLERK)
    page = sign_in(CLERK).get(f"/desk/duty/{query}").content.decode()
    rows = page.count('<th scope="row">')
    assert rows == (7 if "month" not in query else 30 if "12-31" not in query else 31)


def test_gaps_and_overlaps_are_named(office: Office, sign_in: SignIn) -> None:
    put_on_duty(office, CLERK)
    put_on_duty(office, DISPATCHER)
    page = sign_in(CLERK).get("/desk/duty/").content.decode()
    assert "中心值班同时有" in page
    assert "没有人" in page


def test_the_planner_changes_and_removes_a_shift(office: Office, sign_in: SignIn) -> None:
    shift = put_on_duty(office, CLERK)
    client = sign_in(LEADER)
    assert "直接换人" in client.get(f"/desk/duty/{shift.pk}/").content.decode()
    client.post(f"/desk/duty/{shift.pk}/give", {"person": office.accounts[DISPATCHER].pk})
    shift.refresh_from_db()
    assert shift.account == office.accounts[DISPATCHER]
    assert client.post(f"/desk/duty/{shift.pk}/give", {"person": ""}).status_code == 422
    client.post(f"/desk/duty/{shift.pk}/remove")
    assert not DutyShift.objects.exists()
    assert client.get(f"/desk/duty/{shift.pk}/").status_code == 404


def test_a_swap_is_asked_and_agreed_to(office: Office, sign_in: SignIn) -> None:
    shift = put_on_duty(office, CLERK)
    asked = {"asked_of": office.accounts[DISPATCHER].pk, "in_return": ""}
    page = sign_in(CLERK).post(f"/desk/duty/{shift.pk}/swap", asked, follow=True)
    assert "收回请求" in page.content.decode()
    [swap] = list_open_swaps(street_code=office.place.street.code)
    colleague = sign_in(DISPATCHER)
    assert "同意换班" in colleague.get("/desk/duty/").content.decode()
    colleague.post(f"/desk/duty/swaps/{swap.id}/answer", {"agrees": "1"})
    shift.refresh_from_db()
    assert shift.account == office.accounts[DISPATCHER]


def test_the_home_says_who_is_on_duty_by_which_number(office: Office, sign_in: SignIn) -> None:
    put_on_duty(office, CLERK)
    sign_in(LEADER).post("/desk/duty/phone", {"phone": "0431-8888 0000"})
    page = sign_in(DISPATCHER).get("/desk/").content.decode()
    assert office.accounts[CLERK].get_full_name() in page
    assert "tel:0431-8888 0000" in page
    assert "现在值班" not in sign_in(Role.HANDLER).get("/desk/").content.decode()


def test_the_home_shows_what_nobody_has_answered(office: Office, sign_in: SignIn) -> None:
    put_on_duty(office, CLERK)
    reported = office.report(is_urgent=True)
    tell(
        account_ids=[],
        kind="cases.urgent_waiting",
        subject=case_subject(reported.case_id),
        params={"number": reported.number},
        urgent=True,
        street_code=office.place.street.code,
        at=office.at,
    )
    page = sign_in(DISPATCHER).get("/desk/").content.decode()
    assert f"紧急案件 {reported.number}" in page
    assert "正在按值班表呼叫" in page


def test_ten_times_the_shifts_take_no_more_queries(office: Office, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    client.post("/desk/duty/fill", filled(office, last="2026-11-23"))
    few = count_queries(client, "/desk/duty/")
    client.post("/desk/duty/fill", filled(office))
    assert count_queries(client, "/desk/duty/") == few
    assert few <= 14


def test_a_stranger_is_led_to_sign_in(db: None) -> None:
    assert Client().get("/desk/duty/").headers["Location"].startswith("/accounts/login/")
