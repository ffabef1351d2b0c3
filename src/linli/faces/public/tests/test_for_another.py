"""Reporting for somebody else: marked as such, opened and forgotten with the reporter."""

from __future__ import annotations

from typing import Any

from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.people.holdings import collect
from linli.ground.people.terms import Role
from linli.spine.cases.models import Beneficiary, Case
from linli.spine.cases.services import erase_reporter, open_reporter
from linli.spine.cases.tests.factories import Office

FOR = {"is_for_another": "on", "for_name": "金丝雀奶奶", "for_phone": "13912340987"}


def send(client: Client, **changes: Any) -> Case:
    """Send a report from the page."""
    sent = {
        "id": str(new_id()),
        "text": "老人家里没有暖气",
        "address": "3 号楼",
        "is_anonymous": "1",
    }
    assert client.post("/report", {**sent, **changes}).status_code == 302
    return Case.objects.latest("reported_at", "id")


def test_a_report_for_another_is_marked_with_whom_it_is_for(client: Client, office: Office) -> None:
    case = send(client, **FOR)
    row = Beneficiary.objects.get(case=case)
    assert (row.name, row.phone) == ("金丝雀奶奶", "13912340987")


def test_for_whom_may_be_left_out(client: Client, office: Office) -> None:
    case = send(client, is_for_another="on")
    assert Beneficiary.objects.get(case=case).name == ""


def test_a_report_for_oneself_has_nobody_beside_it(client: Client, office: Office) -> None:
    send(client)
    assert not Beneficiary.objects.exists()


def test_sent_twice_it_is_one_report_for_one(client: Client, office: Office) -> None:
    report_id = str(new_id())
    for _press in range(2):
        send(client, id=report_id, **FOR)
    assert Case.objects.count() == Beneficiary.objects.count() == 1


def test_only_who_opens_the_reporter_reads_for_whom(client: Client, office: Office) -> None:
    case = send(client, **FOR)
    client.force_login(office.accounts[Role.INTAKE_CLERK])
    assert "金丝雀奶奶" not in client.get(f"/desk/cases/{case.number}/").content.decode()
    member = office[Role.INTAKE_CLERK]
    opened = open_reporter(case_id=case.id, member=member, reason="约时间上门", at=office.tick())
    assert opened.is_for_another
    assert (opened.for_name, opened.for_phone) == ("金丝雀奶奶", "13912340987")


def test_it_is_forgotten_with_the_reporter(client: Client, office: Office) -> None:
    case = send(client, **FOR)
    erase_reporter(case_id=case.id, at=office.tick())
    row = Beneficiary.objects.get(case=case)
    assert (row.name, row.phone) == ("", "")


def test_the_reporter_finds_it_among_what_is_held(client: Client, office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    client.force_login(account)
    send(client, is_anonymous="0", phone="13900001111", **FOR)
    held = collect(account_id=account.pk, person_id=account.person_id)
    values = {field.value for part in held for row in part.rows for field in row}
    assert "金丝雀奶奶" in values


def test_a_name_too_long_is_told_and_nothing_is_lost(client: Client, office: Office) -> None:
    sent = {"id": str(new_id()), "text": "没有暖气", "address": "3 号楼", "for_name": "名" * 61}
    answer = client.post("/report", sent)
    assert answer.status_code == 422
    assert "没有暖气" in answer.content.decode()
    assert not Case.objects.exists()
