"""Whoever joined a matter may have it done again with the own code; the first stays credited."""

from __future__ import annotations

import pytest

from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.terms import Role
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.events import CaseReopened
from linli.spine.cases.models import Case, Rating
from linli.spine.cases.queries import public_case
from linli.spine.cases.queries.gathering import list_group
from linli.spine.cases.queries.history import timeline
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import act_as_reporter, erase_reporter
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    PublicCase,
    Reported,
    Step,
    case_subject,
)

from .factories import Office, resident

WHY = "三号楼李示例说：还堆在门口"


@pytest.fixture
def joined(office: Office) -> tuple[Reported, Reported]:
    """Close a matter that two have reported; the second joined the first."""
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    return main, second


def step_of(reported: Reported) -> str:
    return Case.objects.values_list("step", flat=True).get(id=reported.case_id)


def seen(office: Office, reported: Reported) -> PublicCase:
    return public_case(code=reported.tracking_code, at=office.at)


def told(case: PublicCase) -> str:
    return " ".join(f"{entry.what} {entry.note}" for entry in case.timeline)


def test_the_main_case_is_done_again_and_the_first_stays_credited(
    office: Office, joined: tuple[Reported, Reported]
) -> None:
    main, second = joined
    assert seen(office, second).can_reopen
    assert seen(office, second).reopen_until == seen(office, main).reopen_until
    after = office.by_code(second, ActionName.REOPEN, note=WHY)
    assert (after.number, after.step, after.can_reopen) == (
        second.number,
        Step.DISPATCHING,
        False,
    )
    assert (step_of(main), step_of(second)) == (Step.DISPATCHING, Step.MERGED)
    assert list_group(main.case_id)[0] == main.case_id


def test_staff_read_why_and_the_other_reporter_only_that(
    office: Office, joined: tuple[Reported, Reported]
) -> None:
    main, second = joined
    office.by_code(second, ActionName.REOPEN, note=WHY)
    staff = timeline(case_id=main.case_id, audience=Audience.STAFF)
    assert WHY in [entry.note for entry in staff]
    assert WHY in told(seen(office, second))
    assert "已重开" in told(seen(office, main))
    assert WHY not in told(seen(office, main))


def test_who_joined_hears_that_the_first_reopened_but_not_why(
    office: Office, joined: tuple[Reported, Reported]
) -> None:
    main, second = joined
    office.by_code(main, ActionName.REOPEN, note=WHY)
    assert "已重开" in told(seen(office, second))
    assert WHY not in told(seen(office, second))
    assert WHY in told(seen(office, main))


def test_each_may_rate_and_one_of_them_reopen(
    office: Office, joined: tuple[Reported, Reported]
) -> None:
    main, second = joined
    for one in joined:
        office.by_code(one, ActionName.RATE, solved=False, satisfaction=1)
    assert Rating.objects.count() == 2
    office.by_code(second, ActionName.REOPEN, note=WHY)
    with pytest.raises(ActionRefused, match=r"cases\.not_at_this_step"):
        office.by_code(main, ActionName.REOPEN, note="我也这样看")


def test_along_a_chain_the_last_case_is_reopened(office: Office) -> None:
    last, between, first = office.play(to=Step.HANDLING), office.report(), office.report()
    for source, target in ((first, between), (between, last)):
        office.act(source.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=target.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(last.case_id, action)
    office.by_code(first, ActionName.REOPEN, note=WHY)
    assert step_of(last) == Step.DISPATCHING
    assert WHY not in told(seen(office, between))


def test_the_account_behind_the_report_may_too(office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    main, second = office.play(to=Step.HANDLING), office.report(actor=resident(account))
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    act_as_reporter(
        case_id=second.case_id,
        account_id=account.pk,
        action=ActionName.REOPEN,
        form=ActionInput(note=WHY),
        at=office.tick(),
    )
    assert step_of(main) == Step.DISPATCHING


def test_before_the_matter_is_closed_there_is_nothing_to_reopen(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    assert not seen(office, second).can_reopen
    with pytest.raises(ActionRefused, match=r"cases\.not_at_this_step"):
        office.by_code(second, ActionName.REOPEN, note=WHY)


@pytest.mark.parametrize("is_apart", [False, True])
def test_erasing_who_joined_takes_their_words_from_the_main_case(
    office: Office, joined: tuple[Reported, Reported], is_apart: bool
) -> None:
    main, second = joined
    office.by_code(second, ActionName.REOPEN, note=WHY)
    if is_apart:
        office.act(second.case_id, ActionName.UNMERGE, Role.INTAKE_CLERK, note="不是同一件")
    erase_reporter(case_id=second.case_id, at=office.tick())
    staff = timeline(case_id=main.case_id, audience=Audience.STAFF)
    assert WHY not in " ".join(entry.note for entry in staff)
    assert live_state(case_id=main.case_id) == replayed_state(case_id=main.case_id)


def test_the_event_says_by_which_report(office: Office, joined: tuple[Reported, Reported]) -> None:
    main, second = joined
    office.by_code(second, ActionName.REOPEN, note=WHY)
    events = [one.event for one in list_occurrences(case_subject(main.case_id))]
    (reopened,) = [one for one in events if isinstance(one, CaseReopened)]
    assert reopened.joined_case_id == second.case_id
