"""What the year leaves for the people of the demonstration to find."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count

from linli.demonstration.accounts import SHOWN_LEADS
from linli.demonstration.places import STREET_CODE
from linli.ground.kernel.models import Look
from linli.ground.notices.models import Notice
from linli.ground.people.models import Account
from linli.ground.people.queries import load_member
from linli.ground.people.terms import LookPurpose
from linli.ground.territory.plan_terms import PlanState
from linli.ground.territory.queries import list_plans, open_plan
from linli.programmes.keeping.queries.versions import compare_days, list_calendar_versions
from linli.programmes.keeping.terms import Matter
from linli.spine.cases.models import (
    Assignment,
    Clock,
    Instruction,
    Pending,
    RungMark,
)
from linli.spine.cases.queries import my_work
from linli.spine.cases.queries.public import list_my_reports
from linli.spine.cases.terms import (
    ActionName,
    Step,
)
from linli.spine.cases.terms.pending import Obstacle
from linli.spine.cases.terms.supervision import Rung

from .conftest import until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def work(login: str) -> Counter[ActionName]:
    """Count by action what waits for somebody."""
    account_id = Account.objects.get(login=login).pk
    items = my_work(member=load_member(account_id, until()), at=until())
    return Counter(item.action for item in items)


def test_every_desk_of_the_start_page_has_its_work() -> None:
    assert work("clerk")[ActionName.FILE] > 1
    assert work("clerk")[ActionName.CLOSE] > 1
    assert work("dispatcher")[ActionName.DISPATCH] > 1
    assert work("dispatcher")[ActionName.RULE] >= 1
    assert work("verifier")[ActionName.PASS_CHECK] > 1
    assert work("grid01")[ActionName.VERIFY] > 1


def test_every_handler_shown_has_something_to_accept_to_handle_and_late() -> None:
    for code in SHOWN_LEADS:
        post = Account.objects.filter(
            person__appointments__organisation__code=code,
            person__appointments__role__in=["handler", "joint_team_member"],
        ).first()
        assert post is not None
        waiting = work(post.login)
        assert waiting[ActionName.ACCEPT], code
        assert waiting[ActionName.FEED_BACK], code
        late = Assignment.objects.filter(
            organisation__code=code, duty="lead", state="accepted", case__is_overdue=True
        )
        assert late.exists(), code


def test_the_resident_follows_one_rates_one_reopens_one() -> None:
    account_id = Account.objects.get(login="resident").pk
    mine = list_my_reports(account_id=account_id, at=until())
    assert len(mine) == 5
    assert sum(one.step is Step.HANDLING for one in mine) == 1
    assert sum(one.can_rate for one in mine) == 1
    assert sum(one.can_reopen and one.solved is False for one in mine) == 1
    assert sum(one.step is Step.DECLINED and bool(one.elsewhere) for one in mine) == 1


def test_the_bells_ring_for_what_happened_lately() -> None:
    told = Notice.objects.values("account__login").annotate(count=Count("id"))
    counts = {row["account__login"]: row["count"] for row in told}
    assert counts["resident"] >= 2
    assert counts["shift"]
    assert counts["handler-heat"]


def test_every_stage_of_supervision_can_be_seen() -> None:
    open_clocks = Clock.objects.filter(stopped_at=None).values_list("rung", flat=True)
    assert set(open_clocks) == {"", *Rung}
    assert RungMark.objects.filter(is_by_hand=True).exists()
    assert RungMark.objects.exclude(task=None).exists()
    assert RungMark.objects.exclude(instruction=None).exists()
    rows = Instruction.objects.all()
    assert {bool(row.answered_at) for row in rows} == {True, False}
    assert any(row.answered_at is None and row.due_at < until() for row in rows)


def test_the_pending_register_shows_every_reason_and_a_longer_rest_asked_for() -> None:
    rows = Pending.objects.all()
    resting = rows.filter(is_granted=True, case__step=Step.PENDING.value)
    assert set(resting.values_list("obstacle", flat=True)) == set(Obstacle)
    assert rows.filter(is_granted=None, is_renewal=True).exists()


def test_looks_of_the_last_weeks_say_who_why_and_at_whom() -> None:
    looks = Look.objects.exclude(actor_id=None)
    by = {LookPurpose(one) for one in looks.values_list("purpose", flat=True)}
    shown = {LookPurpose.SERVICE, LookPurpose.CONTACT, LookPurpose.CALL, LookPurpose.CORRECTION}
    assert by >= shown
    assert looks.values("actor_id").distinct().count() >= 5
    assert not looks.filter(purpose=LookPurpose.CONTACT.value, reason="").exists()
    assert not looks.filter(recorded_at__gt=until()).exists()


def test_a_plan_to_merge_two_grids_can_be_approved_as_it_stands() -> None:
    (plan,) = list_plans(within_code=STREET_CODE)
    planned = open_plan(plan.id)
    assert planned.preview.faults == ()
    assert len(planned.before.grids) - len(planned.after.grids) == 1
    assert plan.state is PlanState.DRAFT


def test_the_calendar_has_a_version_to_compare_with() -> None:
    (version,) = list_calendar_versions(street_code=STREET_CODE)
    found = compare_days(
        matter=Matter.CALENDAR,
        street_code=STREET_CODE,
        before=version.effective_on - timedelta(days=1),
        after=version.effective_on,
    )
    assert [one.key for one in found] == [one.key for one in version.changes]
