"""Who hears of checks: who is to look, the reporters who are asked, the centre when one fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.ground.notices.models import Notice
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.spine.cases.models import Check
from linli.spine.cases.services import (
    draw_samples,
    mark_unanswered,
    report_case,
    set_case_settings,
)
from linli.spine.cases.terms import ActionName, Reported, Step
from linli.spine.cases.tests.factories import (
    CategoryFactory,
    Office,
    make_office,
    new_report,
    resident,
)

WORDS = "半夜还在响"


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def told(office: Office) -> dict[str, list[str]]:
    """Say who heard what of checks, by the kind of the notice."""
    roles = {account.pk: role.value for role, account in office.accounts.items()}
    found: dict[str, list[str]] = {}
    for row in Notice.objects.order_by("id"):
        assert WORDS not in str(row.params)
        if "check" in row.kind or "sample" in row.kind or "asked" in row.kind:
            found.setdefault(row.kind, []).append(roles[Account.objects.get(pk=row.account_id).pk])
    return found


def ask(office: Office) -> Reported:
    office.category = CategoryFactory(by_reporter=True)
    reporter = resident(office.accounts[Role.RESIDENT])
    reported = report_case(report=new_report(), actor=reporter, at=office.tick())
    for action in (
        ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH, ActionName.ACCEPT,
    ):  # fmt: skip
        office.step_on(reported.case_id, action)
    office.act(reported.case_id, ActionName.FEED_BACK, Role.HANDLER, note="已劝止")
    return reported


def test_who_is_proposed_hears_of_it_and_nobody_else(office: Office) -> None:
    office.play(to=Step.CHECKING)
    assert told(office) == {"cases.check_given": ["grid_worker"]}


def test_where_nobody_fits_the_verifiers_hear_of_it(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    worker = office.accounts[Role.GRID_WORKER]
    Account.objects.filter(pk=worker.pk).update(is_active=False)
    office.step_on(reported.case_id, ActionName.FEED_BACK)
    assert told(office) == {"cases.check_given": ["verifier"]}


def test_the_reporter_is_asked_and_the_checker_hears_the_answer(office: Office) -> None:
    reported = ask(office)
    assert told(office) == {
        "cases.check_given": ["grid_worker"],
        "cases.asked_for_you": ["resident"],
    }
    office.by_code(reported, ActionName.ANSWER_CHECK, solved=False, note=WORDS)
    assert told(office)["cases.check_answered"] == ["grid_worker"]


def test_the_checker_hears_that_nobody_answered_once(office: Office) -> None:
    ask(office)
    for _ in range(2):
        mark_unanswered(at=office.tick(timedelta(days=3)))
    assert told(office)["cases.check_unanswered"] == ["grid_worker"]


def test_the_centre_hears_of_a_sample_that_fails(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, sample_share=100)
    settled = office.play_settled()
    draw_samples(at=office.tick(timedelta(days=1)))
    assert told(office) == {"cases.sample_given": ["verifier"]}
    assert Check.objects.get(case_id=settled.case_id).verifier_id is not None
    form: dict[str, Any] = {"note": "还在", "category_id": office.category.pk}
    office.act(settled.case_id, ActionName.FAIL_SAMPLE, Role.VERIFIER, **form)
    assert sorted(told(office)["cases.sample_failed"]) == ["dispatcher", "shift_leader"]
