"""Who hears of the register: who decides, who is at work, the reporter with why and until when."""

from __future__ import annotations

import pytest

from linli.ground.notices.models import Notice
from linli.ground.notices.rules import list_wordings
from linli.ground.people.terms import Role
from linli.spine.cases.services import report_case, wake_due
from linli.spine.cases.terms import ActionName, Reported
from linli.spine.cases.terms.pending import Obstacle
from linli.spine.cases.tests.factories import Office, make_office, new_report, resident


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    made.lead_street()
    return made


def asked(office: Office, obstacle: Obstacle = Obstacle.SEASON) -> Reported:
    """Let a resident report, and the lead ask to put it off."""
    reporter = resident(office.accounts[Role.RESIDENT])
    reported = report_case(report=new_report(), actor=reporter, at=office.tick())
    for action in (
        ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH, ActionName.ACCEPT,
    ):  # fmt: skip
        office.step_on(reported.case_id, action)
    Notice.objects.all().delete()
    wish = office.wish_to_rest(obstacle=obstacle)
    office.act(reported.case_id, ActionName.ASK_PENDING, Role.HANDLER, **wish)
    return reported


def told(office: Office) -> dict[str, set[str]]:
    """Say who heard what, by the kind of the notice, and forget it."""
    roles = {account.pk: role.value for role, account in office.accounts.items()}
    found: dict[str, set[str]] = {}
    for row in Notice.objects.order_by("id"):
        assert "围挡" not in str(row.params)
        found.setdefault(row.kind, set()).add(roles[row.account_id])
    Notice.objects.all().delete()
    return found


def test_the_leader_hears_of_the_wish_then_all_whom_it_concerns(office: Office) -> None:
    reported = asked(office)
    assert told(office) == {"cases.pending_asked": {"street_leader"}}
    office.act(reported.case_id, ActionName.APPROVE_PENDING, Role.STREET_LEADER)
    words = Notice.objects.get(kind="cases.pended_for_you_season").params
    assert words == {"number": reported.number, "until": "2026-12-14"}
    assert told(office) == {
        "cases.pended": {"handler", "shift_leader"},
        "cases.pended_for_you_season": {"resident"},
    }


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_each_obstacle_has_words_for_the_reporter(office: Office, obstacle: Obstacle) -> None:
    reported = asked(office, obstacle)
    office.act(reported.case_id, ActionName.APPROVE_PENDING, Role.STREET_LEADER)
    kind = Notice.objects.get(account=office.accounts[Role.RESIDENT]).kind
    assert kind == f"cases.pended_for_you_{obstacle.value}"
    assert kind in list_wordings()


def test_of_a_refusal_the_lead_hears_and_no_reporter(office: Office) -> None:
    reported = asked(office)
    told(office)
    office.act(reported.case_id, ActionName.REFUSE_PENDING, Role.STREET_LEADER, note="有钱了")
    assert told(office) == {"cases.pending_refused": {"handler", "shift_leader"}}


def test_when_it_wakes_those_at_work_and_the_reporter_hear_of_it(office: Office) -> None:
    reported = asked(office)
    office.act(reported.case_id, ActionName.APPROVE_PENDING, Role.STREET_LEADER)
    told(office)
    assert wake_due(at=office.tick(office.at.replace(month=12, day=14, hour=0) - office.at)) == 1
    assert told(office) == {
        "cases.woken": {"handler", "shift_leader"},
        "cases.woken_for_you": {"resident"},
    }
