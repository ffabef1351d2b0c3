"""Who is told what as a case goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.notices.models import Notice
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.reactions.tests.due import run_reactions_due
from linli.spine.cases.services import (
    climb_ladder,
    mark_overdue,
    open_reporter,
    plan_ladder,
    report_case,
)
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import Office, make_office, new_report, resident


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def told(account: Account) -> list[str]:
    return list(
        Notice.objects.filter(account=account).order_by("id").values_list("kind", flat=True)
    )


def test_the_reporter_with_an_account_hears_of_each_step_that_matters(office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    reported = report_case(report=new_report(), actor=resident(account), at=office.tick())
    for action in (
        ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH, ActionName.ACCEPT,
        ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE,
    ):  # fmt: skip
        office.step_on(reported.case_id, action)
    assert told(account) == [
        "cases.filed_for_you", "cases.dispatched_for_you", "cases.closed_for_you",
    ]  # fmt: skip


def test_the_reporter_hears_that_somebody_looked(office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    reported = report_case(report=new_report(), actor=resident(account), at=office.tick())
    open_reporter(
        case_id=reported.case_id,
        member=office[Role.INTAKE_CLERK],
        reason="核对地址",
        at=office.tick(),
    )
    assert told(account) == ["cases.opened_for_you"]


def test_the_lead_hears_of_dispatch_and_rework(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    office.step_on(reported.case_id, ActionName.REWORK)
    assert told(office.accounts[Role.HANDLER]) == ["cases.assigned", "cases.rework"]


def test_the_centre_hears_of_a_return_and_the_lead_of_the_ruling(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    office.step_on(reported.case_id, ActionName.RETURN)
    office.step_on(reported.case_id, ActionName.RULE)
    assert told(office.accounts[Role.SHIFT_LEADER]) == ["cases.returned"]
    assert told(office.accounts[Role.HANDLER]) == ["cases.assigned", "cases.ruled"]


def test_the_centre_hears_of_a_reopening_and_of_a_wish_for_contact(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.act(reported.case_id, ActionName.CONTACT_REQUEST, Role.HANDLER, note="哪一栋楼？")
    again = office.play(to=Step.CLOSED)
    office.by_code(again, ActionName.REOPEN, note="没有解决")
    assert told(office.accounts[Role.INTAKE_CLERK]) == [
        "cases.contact_wanted", "cases.reopened",
    ]  # fmt: skip


def test_the_lead_is_reminded_once_in_the_last_quarter_of_the_time(office: Office) -> None:
    office.play(to=Step.HANDLING)
    plan_ladder()
    assert climb_ladder(at=office.tick()) == 0
    late = office.at.replace(hour=10, minute=0)
    assert [climb_ladder(at=late), climb_ladder(at=late)] == [1, 0]
    run_reactions_due()
    assert told(office.accounts[Role.HANDLER]) == ["cases.assigned", "cases.due_soon"]


def test_an_overdue_case_is_told_once_to_lead_and_supervisor(office: Office) -> None:
    office.play(to=Step.HANDLING)
    for _ in range(2):
        mark_overdue(at=office.tick(timedelta(days=20)))
    assert told(office.accounts[Role.HANDLER]) == ["cases.assigned", "cases.overdue"]
    assert told(office.accounts[Role.SUPERVISOR]) == ["cases.overdue"]
