"""Who hears of extensions: who decides, who asked, the reporter once more time was granted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.ground.notices.models import Notice
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.spine.cases.services import report_case
from linli.spine.cases.terms import ActionName, Reported
from linli.spine.cases.terms.putting_off import Cause
from linli.spine.cases.tests.factories import Office, make_office, new_report, resident

WORDS = "连下三天雪，车上不去"


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    leader = AccountFactory(street_leader=True, street=made.place.street)
    made.accounts = {**made.accounts, Role.STREET_LEADER: leader}
    return made


def in_hand(office: Office) -> Reported:
    """Let a resident report, and the lead take it on."""
    reporter = resident(office.accounts[Role.RESIDENT])
    reported = report_case(report=new_report(), actor=reporter, at=office.tick())
    for action in (
        ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH, ActionName.ACCEPT,
    ):  # fmt: skip
        office.step_on(reported.case_id, action)
    Notice.objects.all().delete()
    return reported


def ask(office: Office, reported: Reported, **changes: Any) -> None:
    form: dict[str, Any] = {"cause": Cause.WEATHER, "until": date(2026, 11, 25), "note": WORDS}
    office.act(reported.case_id, ActionName.ASK_EXTENSION, Role.HANDLER, **(form | changes))


def told(office: Office) -> dict[str, list[str]]:
    """Say who heard what, by the kind of the notice."""
    roles = {account.pk: role.value for role, account in office.accounts.items()}
    found: dict[str, list[str]] = {}
    for row in Notice.objects.order_by("id"):
        assert WORDS not in str(row.params)
        found.setdefault(row.kind, []).append(roles[Account.objects.get(pk=row.account_id).pk])
    return found


def test_the_shift_leader_hears_of_the_first_then_reporter_and_lead(office: Office) -> None:
    reported = in_hand(office)
    ask(office, reported)
    assert told(office) == {"cases.extension_asked": ["shift_leader"]}
    office.act(reported.case_id, ActionName.GRANT_EXTENSION, Role.SHIFT_LEADER)
    assert told(office) == {
        "cases.extension_asked": ["shift_leader"],
        "cases.extension_granted": ["handler"],
        "cases.extended_for_you": ["resident"],
    }


def test_of_works_the_leader_hears(office: Office) -> None:
    ask(office, in_hand(office), cause=Cause.WORKS)
    assert told(office) == {"cases.extension_asked": ["street_leader"]}


def test_of_a_refusal_the_lead_hears_and_no_reporter(office: Office) -> None:
    reported = in_hand(office)
    ask(office, reported)
    office.act(reported.case_id, ActionName.REFUSE_EXTENSION, Role.SHIFT_LEADER, note="人手够")
    assert told(office) == {
        "cases.extension_asked": ["shift_leader"],
        "cases.extension_refused": ["handler"],
    }
