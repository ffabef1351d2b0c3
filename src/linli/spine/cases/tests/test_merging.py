"""Several reports of one matter: side by side, merged, taken apart, split, tied together."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from linli.ground.kernel.queries import list_occurrences
from linli.ground.notices.models import Notice
from linli.ground.people.terms import Role
from linli.spine.cases.gathering_events import MergeReceived
from linli.spine.cases.models import Assignment, Case, CasePhoto, Clock, Rating, Reporter
from linli.spine.cases.queries import get_case, list_cases, may_see_photo, public_case
from linli.spine.cases.queries.counts import count_steps
from linli.spine.cases.queries.gathering import find_reminders, get_family
from linli.spine.cases.queries.likely import list_likely_duplicates
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.rules.similarity import bigrams, likeness
from linli.spine.cases.services import add_reminder, erase_reporter, mark_overdue
from linli.spine.cases.terms import (
    ActionName,
    CaseFilters,
    CaseKind,
    Channel,
    Reported,
    Step,
    case_subject,
)

from .factories import Office, make_photo, resident
from .test_reports import place


def standing(case_id: UUID) -> tuple[object, ...]:
    """Give all that a merge must bring back: step, due time, clocks, assignments."""
    case = Case.objects.get(id=case_id)
    clocks = Clock.objects.filter(case=case).order_by("id")
    hands = Assignment.objects.filter(case=case).order_by("id")
    return (
        (case.step, case.due_at, case.handle_due_at, case.promised_at, case.closed_at),
        list(clocks.values_list("name", "started_at", "due_at", "stopped_at")),
        list(hands.values_list("organisation_id", "state", "accept_by", "finished_at")),
    )


def merge(office: Office, source: Reported, target: Reported) -> None:
    office.act(source.case_id, ActionName.MERGE, Role.DISPATCHER, target_id=target.case_id)


def assert_told_by_events(*cases: Reported) -> None:
    for one in cases:
        assert replayed_state(one.case_id) == live_state(one.case_id)


def test_a_merged_case_leaves_lists_and_counts_and_says_where_it_went(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.play(to=Step.DISPATCHING)
    merge(office, second, main)
    member = office[Role.SHIFT_LEADER]
    listed = list_cases(member=member, filters=CaseFilters(), at=office.at)
    assert [row.number for row in listed.rows] == [main.number]
    assert sum(one.count for one in count_steps(member=member, at=office.at)) == 1
    family = get_family(case_id=second.case_id, member=member)
    assert family.main is not None
    assert family.main.number == main.number
    assert not Clock.objects.filter(case_id=second.case_id, stopped_at=None).exists()
    assert_told_by_events(main, second)


@pytest.mark.parametrize(
    "step", [Step.VERIFYING, Step.ACCEPTING, Step.HANDLING, Step.IN_GRID, Step.CHECKING]
)
def test_taking_a_merge_back_restores_exactly_what_was(office: Office, step: Step) -> None:
    main, second = office.play(to=Step.HANDLING), office.play(to=step)
    before = standing(second.case_id)
    merge(office, second, main)
    office.tick(timedelta(days=3))
    mark_overdue(at=office.at)
    office.act(second.case_id, ActionName.UNMERGE, Role.INTAKE_CLERK, note="不是同一件")
    assert standing(second.case_id) == before
    assert_told_by_events(main, second)


def test_the_first_reporter_is_credited_and_all_are_thanked(office: Office) -> None:
    first, main, third = office.report(), office.play(to=Step.HANDLING), office.report()
    for one in (third, first):
        merge(office, one, main)
    told = [one.event for one in list_occurrences(case_subject(main.case_id))]
    last = [event for event in told if isinstance(event, MergeReceived)][-1]
    assert last.first_case_id == first.case_id
    assert set(last.case_ids) == {first.case_id, main.case_id, third.case_id}


def test_those_who_joined_follow_the_main_case_and_rate_it(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report(text="垃圾桶旁又堆满了。")
    merge(office, second, main)
    office.act(main.case_id, ActionName.COMMENT, Role.HANDLER, note="只给同事看")
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    seen = public_case(code=second.tracking_code, at=office.at)
    assert (seen.number, seen.joined_number) == (second.number, main.number)
    assert (seen.step, seen.text, seen.can_rate) == (Step.CLOSED, "垃圾桶旁又堆满了。", True)
    told = " ".join(f"{entry.what} {entry.note}" for entry in seen.timeline)
    assert "示例环卫所反馈" in told
    assert "只给同事看" not in told
    for one in (main, second):
        office.by_code(one, ActionName.RATE, solved=True, satisfaction=3)
    assert Rating.objects.count() == 2
    assert not public_case(code=second.tracking_code, at=office.at).can_rate


def test_one_who_joined_reads_nothing_of_the_other_reporter(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    office.by_code(main, ActionName.COMMENT, note="我住三号楼，叫李示例")
    merge(office, second, main)
    seen = public_case(code=second.tracking_code, at=office.at)
    assert "李示例" not in " ".join(entry.note for entry in seen.timeline)
    assert seen.looks == ()


def test_a_merged_case_cannot_be_rated_before_the_main_one_is_closed(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    merge(office, second, main)
    with pytest.raises(ActionRefused, match=r"cases\.main_not_closed"):
        office.by_code(second, ActionName.RATE, solved=True, satisfaction=3)


def test_everybody_with_an_account_is_told_by_the_own_number(office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    main, second = office.play(to=Step.HANDLING), office.report(actor=resident(account))
    merge(office, second, main)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    told = Notice.objects.filter(account_id=account.pk)
    assert set(told.values_list("kind", flat=True)) >= {
        "cases.merged_for_you",
        "cases.closed_for_you",
    }
    assert {row.params["number"] for row in told} == {second.number}


def test_handlers_of_the_main_case_see_the_photos_that_joined(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report(photos=(make_photo(),))
    photo_id = CasePhoto.objects.get(case_id=second.case_id).photo_id
    handler = office[Role.HANDLER]
    assert not may_see_photo(photo_id=photo_id, member=handler)
    merge(office, second, main)
    assert may_see_photo(photo_id=photo_id, member=handler)
    family = get_family(case_id=main.case_id, member=handler)
    assert [one.photo_ids for one in family.joined] == [(photo_id,)]


def test_what_can_not_be_merged_says_why(office: Office) -> None:
    main, second, third = (office.report() for _ in range(3))
    closed = office.play(to=Step.CLOSED)
    far = office.report(kind=CaseKind.COMPLAINT, about_organisation_id=office.lead.pk)
    merge(office, second, main)
    for target, code in (
        (third, "cases.target_itself"),
        (second, "cases.target_merged"),
        (closed, "cases.target_ended"),
        (far, "cases.target_differs"),
    ):
        with pytest.raises(ActionRefused, match=code.replace(".", r"\.")):
            merge(office, third, target)


def test_who_may_not_gather_cases_may_not_merge(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.play(to=Step.HANDLING)
    with pytest.raises(ActionRefused, match=r"cases\.not_your_turn"):
        office.act(second.case_id, ActionName.MERGE, Role.HANDLER, target_id=main.case_id)


def test_likely_duplicates_are_near_or_alike_in_words(office: Office) -> None:
    asked = office.report(category_key="matter:06010", text="三号楼西侧垃圾桶满溢，味道很大")
    near = office.report(category_key="matter:06010", text="臭气熏天")
    alike = office.report(point=None, address="三号楼", text="三号楼西侧垃圾桶满溢没人清")
    office.report(point=place(2, 1), text="路灯不亮")
    found = list_likely_duplicates(case_id=asked.case_id, member=office[Role.DISPATCHER])
    assert {one.number for one in found} == {near.number, alike.number}
    distances = {one.number: one.distance_m for one in found}
    assert distances == {near.number: 0, alike.number: None}


def test_a_case_of_last_week_is_no_likely_duplicate(office: Office) -> None:
    office.report(text="同样的话一字不差")
    office.tick(timedelta(days=6))
    asked = office.report(text="同样的话一字不差")
    assert not list_likely_duplicates(case_id=asked.case_id, member=office[Role.DISPATCHER])


def test_likeness_is_of_pairs_of_letters() -> None:
    one = bigrams("垃圾桶满溢！")
    assert likeness(one, one) == 1
    assert likeness(one, bigrams("路灯不亮")) == 0
    assert likeness(bigrams(""), bigrams("")) == 0
    assert bigrams("ＡＢ c") == bigrams("abC")


def test_a_split_part_is_followed_by_the_same_reporter(office: Office) -> None:
    photos = make_photo(), make_photo()
    reported = office.report(photos=photos, channel=Channel.HOTLINE, original_number="12345-7")
    office.act(
        reported.case_id,
        ActionName.SPLIT,
        Role.INTAKE_CLERK,
        note="门口路灯不亮。",
        photo_ids=(photos[1].id,),
    )
    part = Case.objects.get(split_from_id=reported.case_id)
    assert (part.step, part.channel, part.original_number) == ("filing", "hotline", "12345-7")
    assert [one.photo_id for one in CasePhoto.objects.filter(case=part)] == [photos[1].id]
    [(number, code)] = public_case(code=reported.tracking_code, at=office.at).parts
    seen = public_case(code=code, at=office.at)
    assert (number, seen.number, seen.text) == (part.number, part.number, "门口路灯不亮。")
    assert Reporter.objects.get(case=part).name == "王示例"
    assert replayed_state(part.id) == live_state(part.id)
    assert_told_by_events(reported)


def test_what_was_split_off_is_erased_with_the_first(office: Office) -> None:
    reported = office.report()
    office.act(reported.case_id, ActionName.SPLIT, Role.INTAKE_CLERK, note="门口路灯不亮。")
    erase_reporter(case_id=reported.case_id, at=office.tick())
    part = Case.objects.get(split_from_id=reported.case_id)
    assert (part.text, Reporter.objects.get(case=part).name) == ("", "")


def test_closing_a_parent_leaves_its_children_as_they_are(office: Office) -> None:
    parent, child = office.play(to=Step.CLOSING), office.play(to=Step.HANDLING)
    office.act(child.case_id, ActionName.LINK, Role.DISPATCHER, target_id=parent.case_id)
    office.step_on(parent.case_id, ActionName.CLOSE)
    view = get_case(case_id=child.case_id, member=office[Role.HANDLER], at=office.at)
    assert view.step is Step.HANDLING
    family = get_family(case_id=parent.case_id, member=office[Role.DISPATCHER])
    assert [(one.number, one.is_open) for one in family.children] == [(child.number, True)]
    assert_told_by_events(parent, child)


def test_a_case_is_never_its_own_ancestor(office: Office) -> None:
    above, middle, below = (office.report() for _ in range(3))
    for child, parent in ((middle, above), (below, middle)):
        office.act(child.case_id, ActionName.LINK, Role.DISPATCHER, target_id=parent.case_id)
    with pytest.raises(ActionRefused, match=r"cases\.parent_is_child"):
        office.act(above.case_id, ActionName.LINK, Role.DISPATCHER, target_id=below.case_id)


def test_a_reminder_is_counted_and_joins_the_main_case(office: Office) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    merge(office, second, main)
    member = office[Role.INTAKE_CLERK]
    for channel in (Channel.PHONE, Channel.PHONE, Channel.HOTLINE):
        told = add_reminder(
            case_id=second.case_id, channel=channel, member=member, at=office.tick(), note="还没来"
        )
    assert (told.number, told.count) == (main.number, 3)
    found = find_reminders(case_id=main.case_id)
    assert found is not None
    assert (found.count, found.channels) == (3, (("电话", 2), ("热线转办", 1)))
    handlers = Notice.objects.filter(kind="cases.reminded")
    assert office.accounts[Role.HANDLER].pk in handlers.values_list("account_id", flat=True)
    assert_told_by_events(main)


def test_nobody_is_reminded_of_what_has_ended(office: Office) -> None:
    closed = office.play(to=Step.CLOSED)
    with pytest.raises(ActionRefused, match=r"cases\.not_at_this_step"):
        add_reminder(
            case_id=closed.case_id,
            channel=Channel.PHONE,
            member=office[Role.INTAKE_CLERK],
            at=office.tick(),
        )
