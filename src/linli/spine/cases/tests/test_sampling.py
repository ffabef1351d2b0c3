"""Samples of what was settled at once: chance that repeats, of everybody, never by the finder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.notices.models import Notice
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.spine.cases.models import Case, Check, SampleDraw
from linli.spine.cases.queries import my_work
from linli.spine.cases.queries.check_figures import count_checks
from linli.spine.cases.queries.checking import list_waiting
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.checking import draw, draw_for_finders
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import draw_samples, set_case_settings
from linli.spine.cases.services.sampling import draw_day
from linli.spine.cases.terms import ActionName, Reported, Step
from linli.spine.cases.terms.checking import SettledCase

from .factories import Office, make_photo

PASS, FAIL = ActionName.PASS_SAMPLE, ActionName.FAIL_SAMPLE
MONDAY, MONTH_END = date(2026, 11, 23), date(2026, 11, 30)
ONE_DAY = timedelta(days=1)


def sample_all(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, sample_share=100)


def settle_and_draw(office: Office) -> Reported:
    sample_all(office)
    settled = office.play_settled()
    assert draw_samples(at=office.tick(ONE_DAY)) == 1
    return settled


def assert_told(reported: Reported) -> None:
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def decide(office: Office, reported: Reported, action: ActionName, role: Role, **form: Any) -> None:
    office.act(reported.case_id, action, role, photos=(make_photo(),), **form)


def test_a_sample_goes_to_another_than_the_finder_with_a_time_of_its_own(office: Office) -> None:
    leader = AccountFactory(grid_leader=True, area=office.place.grids[0])
    settled = settle_and_draw(office)
    check = Check.objects.get(case_id=settled.case_id)
    assert (check.kind, check.verifier_id) == ("sample", leader.pk)
    assert check.due_at - office.at > 2 * ONE_DAY
    told = Notice.objects.filter(kind="cases.sample_given").values_list("account_id", flat=True)
    assert list(told) == [leader.pk]
    assert Case.objects.get(id=settled.case_id).due_at is None
    assert_told(settled)


def test_a_day_is_drawn_from_once(office: Office) -> None:
    settle_and_draw(office)
    assert draw_samples(at=office.tick()) == 0
    assert draw_day(street_id=office.place.street.pk, day=MONDAY, at=office.at) == 0
    [row] = SampleDraw.objects.filter(day=MONDAY)
    assert (row.settled_count, row.drawn_count, row.share) == (1, 1, 100)


def test_days_that_were_missed_are_made_up_for(office: Office) -> None:
    settle_and_draw(office)
    office.tick(3 * ONE_DAY)
    office.play_settled()
    assert draw_samples(at=office.tick(ONE_DAY)) == 1
    days = SampleDraw.objects.order_by("day").values_list("day", flat=True)
    assert list(days) == [MONDAY + number * ONE_DAY for number in range(5)]


def test_the_finder_neither_sees_it_as_work_nor_may_decide_it(office: Office) -> None:
    settled = settle_and_draw(office)
    worker = office[Role.GRID_WORKER]
    assert list_waiting(member=worker, at=office.at, everybodys=True).total == 0
    assert PASS not in {one.action for one in my_work(member=worker, at=office.at)}
    for action in (PASS, FAIL):
        with pytest.raises(ActionRefused, match=r"cases\.finder_may_not_check"):
            decide(office, settled, action, Role.GRID_WORKER, note="好着呢")


def test_what_is_as_it_was_said_to_be_stays_settled(office: Office) -> None:
    settled = settle_and_draw(office)
    verifier = office[Role.VERIFIER]
    [item] = my_work(member=verifier, at=office.at)
    due_at = Check.objects.get(case_id=settled.case_id).due_at
    assert (item.action, item.row.due_at) == (PASS, due_at)
    decide(office, settled, PASS, Role.VERIFIER)
    case = Case.objects.get(id=settled.case_id)
    assert (case.step, case.filed_at) == (Step.SETTLED, None)
    with pytest.raises(ActionRefused, match=r"cases\.no_open_sample"):
        decide(office, settled, PASS, Role.VERIFIER)
    assert_told(settled)


def test_what_is_not_goes_to_be_dispatched_and_on_to_its_end(office: Office) -> None:
    settled = settle_and_draw(office)
    with pytest.raises(ActionRefused, match=r"cases\.category_missing"):
        decide(office, settled, FAIL, Role.VERIFIER, note="还在原处")
    decide(office, settled, FAIL, Role.VERIFIER, note="还在原处", category_id=office.category.pk)
    case = Case.objects.get(id=settled.case_id)
    assert (case.step, case.closed_at, case.filed_at) == (Step.DISPATCHING, None, office.at)
    assert case.due_at is not None
    assert_told(settled)
    for action in (ActionName.DISPATCH, ActionName.ACCEPT, ActionName.FEED_BACK):
        office.step_on(settled.case_id, action)
    assert Check.objects.get(case_id=settled.case_id, done_at=None).no == 2
    for action in (ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(settled.case_id, action)
    assert_told(settled)


def test_without_a_draw_there_is_nothing_to_decide(office: Office) -> None:
    settled = office.play_settled()
    with pytest.raises(ActionRefused, match=r"cases\.no_open_sample"):
        decide(office, settled, PASS, Role.VERIFIER)


def test_everybody_is_checked_once_a_month_even_where_nothing_is_drawn(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, sample_share=0)
    first, second = office.play_settled(), office.play_settled()
    assert draw_samples(at=office.tick(ONE_DAY)) == 0
    assert draw_day(street_id=office.place.street.pk, day=MONTH_END, at=office.at) == 1
    drawn = Check.objects.values_list("case_id", flat=True)
    assert set(drawn) < {first.case_id, second.case_id}


def test_who_was_drawn_in_the_month_is_not_drawn_again_at_its_end(office: Office) -> None:
    settle_and_draw(office)
    office.play_settled()
    street_id = office.place.street.pk
    set_case_settings(street_id=street_id, sample_share=0)
    assert draw_day(street_id=street_id, day=MONTH_END, at=office.tick()) == 0


def test_figures_agree_with_a_recount(office: Office) -> None:
    passed, failed = settle_and_draw(office), office.play_settled()
    assert draw_samples(at=office.tick(ONE_DAY)) == 1
    office.play_settled()
    decide(office, passed, PASS, Role.VERIFIER)
    decide(office, failed, FAIL, Role.VERIFIER, note="还在", category_id=office.category.pk)
    reworked = office.play(to=Step.CHECKING)
    office.step_on(reworked.case_id, ActionName.REWORK)
    office.play(to=Step.CLOSED)
    for role in (Role.SUPERVISOR, Role.GRID_WORKER):
        figures = count_checks(member=office[role], month=MONDAY)
        sample, [unit] = figures.sample, figures.organisations
        assert (sample.settled, sample.drawn, sample.done, sample.wrong) == (3, 2, 2, 1)
        assert (unit.name, unit.done, unit.failed) == ("示例环卫所", 2, 1)
        assert [one.wrong for one in figures.communities] == [1]
    before = count_checks(member=office[Role.SUPERVISOR], month=date(2026, 10, 1))
    assert (before.sample.settled, before.result.done, before.communities) == (0, 0, ())


def test_two_at_a_time_do_not_fail_a_sample_twice(office: Office) -> None:
    settled = settle_and_draw(office)
    form = {"note": "还在", "category_id": office.category.pk}
    decide(office, settled, FAIL, Role.VERIFIER, **form)
    with pytest.raises(ActionRefused, match=r"cases\.not_at_this_step"), transaction.atomic():
        decide(office, settled, FAIL, Role.VERIFIER, **form)


CASES = st.lists(
    st.builds(SettledCase, case_id=st.uuids(), finder_id=st.integers(1, 6)),
    max_size=40,
    unique_by=lambda one: one.case_id,
)


@given(settled=CASES, share=st.integers(0, 100), day=st.dates())
def test_the_same_day_draws_the_same_and_a_larger_share_draws_more(
    settled: list[SettledCase], share: int, day: date
) -> None:
    drawn = draw(settled, day=day, share=share)
    assert drawn == draw(settled[::-1], day=day, share=share)
    assert drawn <= draw(settled, day=day, share=100) == {one.case_id for one in settled}
    assert draw(settled, day=day, share=0) == set()


@given(settled=CASES, day=st.dates(), checked=st.sets(st.integers(1, 6)))
def test_nobody_who_settled_something_is_left_out(
    settled: list[SettledCase], day: date, checked: set[int]
) -> None:
    finders: dict[UUID, int] = {one.case_id: one.finder_id for one in settled}
    drawn = draw_for_finders(settled, day=day, checked=checked)
    assert sorted(finders[one] for one in drawn) == sorted(set(finders.values()) - checked)
