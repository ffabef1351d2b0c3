"""Two people act on one case at the same moment: one does, the other hears that it was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from linli.ground.kernel.devices import Device
from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, Check, LinkUse
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services import draw_samples, set_case_settings
from linli.spine.cases.services.bulk import Order, dispatch_each
from linli.spine.cases.services.links import act_by_link, make_link
from linli.spine.cases.terms import ActionName, Reported, Step
from linli.spine.cases.tests.factories import Office, make_photo

from .meeting import DONE, Act, overlap

LATE = ("cases.already_done", "cases.not_at_this_step")


def version_of(case_id: UUID) -> int:
    return Case.objects.values_list("version", flat=True).get(id=case_id)


def step_of(reported: Reported) -> str:
    return Case.objects.values_list("step", flat=True).get(id=reported.case_id)


def is_true_to_its_history(*cases: Reported) -> bool:
    """Tell whether the cases are what their events say."""
    ids = [one.case_id for one in cases]
    return all(live_state(case_id=one) == replayed_state(case_id=one) for one in ids)


def acting(
    office: Office, reported: Reported, action: ActionName, role: Role, **form: object
) -> Act:
    """Prepare an act of somebody who sees the case as it is now."""
    seen, _ = version_of(reported.case_id), office[role]
    return lambda: office.act(reported.case_id, action, role, seen_version=seen, **form)


@pytest.mark.parametrize("are_swapped", [False, True])
def test_two_dispatch_one_case(office: Office, are_swapped: bool) -> None:
    case = office.play(to=Step.DISPATCHING)
    acts = [
        acting(office, case, ActionName.DISPATCH, Role.DISPATCHER, lead_id=office.lead.pk),
        acting(office, case, ActionName.DISPATCH, Role.SHIFT_LEADER, lead_id=office.other.pk),
    ]
    first, second = reversed(acts) if are_swapped else acts
    assert overlap(first, second) == (DONE, "cases.already_done")
    (lead,) = Assignment.objects.filter(case_id=case.case_id, duty="lead")
    assert lead.organisation_id == (office.other.pk if are_swapped else office.lead.pk)
    assert is_true_to_its_history(case)


def test_two_cases_are_merged_into_each_other(office: Office) -> None:
    one, other = office.report(), office.report()
    outcome = overlap(
        acting(office, one, ActionName.MERGE, Role.INTAKE_CLERK, target_id=other.case_id),
        acting(office, other, ActionName.MERGE, Role.DISPATCHER, target_id=one.case_id),
    )
    assert outcome == (DONE, "cases.target_merged")
    assert (step_of(one), step_of(other)) == (Step.MERGED, Step.VERIFYING)
    assert is_true_to_its_history(one, other)


@pytest.mark.parametrize("accepts_first", [False, True])
def test_one_accepts_while_another_returns(office: Office, accepts_first: bool) -> None:
    case = office.play(to=Step.ACCEPTING)
    cited = {"responsibility_id": office.responsibility.pk, "note": "不在本单位职责内"}
    accept = acting(office, case, ActionName.ACCEPT, Role.HANDLER)
    back = acting(office, case, ActionName.RETURN, Role.HANDLER, **cited)
    first, second = (accept, back) if accepts_first else (back, accept)
    done, late = overlap(first, second)
    assert done == DONE
    # Who returned sees the case no more.
    assert late in (*LATE, "cases.not_found")
    assert step_of(case) == (Step.HANDLING if accepts_first else Step.DISPATCHING)
    assert is_true_to_its_history(case)


def test_several_are_sent_out_while_one_of_them_is(office: Office) -> None:
    cases = [office.play(to=Step.DISPATCHING) for _ in range(3)]
    orders = [
        Order(case_id=one.case_id, seen_version=version_of(one.case_id), lead_id=office.lead.pk)
        for one in cases
    ]
    answers: list[Any] = []
    leader, at = office[Role.SHIFT_LEADER], office.tick()
    overlap(
        acting(office, cases[1], ActionName.DISPATCH, Role.DISPATCHER, lead_id=office.other.pk),
        lambda: answers.extend(dispatch_each(orders=orders, member=leader, at=at)),
    )
    told = [one.refusal.code if one.refusal else "" for one in answers]
    assert told == ["", "cases.already_done", ""]
    assert Assignment.objects.filter(duty="lead").count() == 3
    assert is_true_to_its_history(*cases)


def test_a_link_is_used_twice_at_once(office: Office) -> None:
    case = office.play(to=Step.ACCEPTING)
    lead = Assignment.objects.get(case_id=case.case_id, duty="lead")
    made = make_link(assignment_id=lead.pk, member=office[Role.DISPATCHER], at=office.tick())
    seen, at = version_of(case.case_id), office.tick()

    def accept() -> None:
        act_by_link(
            token=made.token,
            action=ActionName.ACCEPT,
            device=Device.WECHAT,
            at=at,
            seen_version=seen,
        )

    done, late = overlap(accept, accept)
    assert done == DONE
    assert late in LATE
    assert LinkUse.objects.filter(action="accept").count() == 1
    assert step_of(case) == Step.HANDLING
    assert is_true_to_its_history(case)


def test_two_reporters_of_one_matter_reopen_it(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    outcome = overlap(
        lambda: office.by_code(second, ActionName.REOPEN, note="还在"),
        lambda: office.by_code(main, ActionName.REOPEN, note="还在"),
    )
    assert outcome == (DONE, "cases.not_at_this_step")
    assert is_true_to_its_history(main, second)


def test_a_case_is_reopened_while_it_is_taken_out_of_the_merge(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    outcome = overlap(
        acting(office, second, ActionName.UNMERGE, Role.INTAKE_CLERK, note="不是同一件"),
        lambda: office.by_code(second, ActionName.REOPEN, note="还在"),
    )
    assert outcome == (DONE, "cases.not_at_this_step")
    assert (step_of(main), step_of(second)) == (Step.CLOSED, Step.VERIFYING)
    assert is_true_to_its_history(main, second)


@pytest.mark.parametrize("passes_first", [False, True])
def test_two_check_one_result(office: Office, passes_first: bool) -> None:
    case = office.play(to=Step.CHECKING)
    passing = acting(office, case, ActionName.PASS_CHECK, Role.GRID_WORKER, photos=(make_photo(),))
    failing = acting(office, case, ActionName.REWORK, Role.VERIFIER, note="还有一半")
    first, second = (passing, failing) if passes_first else (failing, passing)
    assert overlap(first, second) == (DONE, "cases.already_done")
    assert step_of(case) == (Step.CLOSING if passes_first else Step.HANDLING)
    [check] = Check.objects.filter(case_id=case.case_id)
    assert check.passed is passes_first
    assert is_true_to_its_history(case)


@pytest.mark.parametrize("passes_first", [False, True])
def test_two_decide_one_sample(office: Office, passes_first: bool) -> None:
    set_case_settings(street_id=office.place.street.pk, sample_share=100)
    case = office.play_settled()
    assert draw_samples(at=office.tick(timedelta(days=1))) == 1
    photos = (make_photo(),)
    passing = acting(office, case, ActionName.PASS_SAMPLE, Role.VERIFIER, photos=photos)
    form = {"note": "还在", "category_id": office.category.pk}
    failing = acting(office, case, ActionName.FAIL_SAMPLE, Role.VERIFIER, **form)
    first, second = (passing, failing) if passes_first else (failing, passing)
    done, late = overlap(first, second)
    assert done == DONE
    assert late == ("cases.no_open_sample" if passes_first else "cases.not_at_this_step")
    assert step_of(case) == (Step.SETTLED if passes_first else Step.DISPATCHING)
    assert Check.objects.get(case_id=case.case_id).passed is passes_first
    assert is_true_to_its_history(case)


def test_a_day_is_drawn_from_by_two_at_once(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, sample_share=100)
    case, at = office.play_settled(), office.tick(timedelta(days=1))
    overlap(lambda: draw_samples(at=at), lambda: draw_samples(at=at))
    assert Check.objects.filter(case_id=case.case_id).count() == 1
    assert is_true_to_its_history(case)
