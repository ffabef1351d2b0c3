"""The three rates: weighed by their versions, closed to the handler, equal to a naive recount."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Event
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Subject
from linli.ground.people.models import Account
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.callback.models import Callback, CallbackSettings
from linli.programmes.callback.queries.lists import count_callbacks, list_callbacks
from linli.programmes.callback.queries.rates import list_rates
from linli.programmes.callback.queries.settings import get_policies, get_policy
from linli.programmes.callback.rules.projection import CallbackState, replay
from linli.programmes.callback.rules.rates import rate, respond, satisfy, solve
from linli.programmes.callback.rules.sampling import draw, is_called_back
from linli.programmes.callback.rules.settings import value_of
from linli.programmes.callback.services.changing import change_setting
from linli.programmes.callback.services.excluding import ask_exclusion, decide_exclusion
from linli.programmes.callback.terms import (
    SUBJECT_KIND,
    By,
    CallbackFilters,
    Cause,
    Policy,
    RateTable,
    Result,
    Shown,
    Step,
    Tally,
    TryInput,
    Way,
)
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import Value

from .factories import DAY, Crew

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 11, 1), date(2027, 1, 1)
# What becomes of one closed case.
FATES = st.lists(
    st.sampled_from(
        ["wait", "missed", "reopened", "excluded", "answer excluded", "link", *["phone"] * 3]
    ),
    min_size=1,
    max_size=7,
)
SAID = st.tuples(st.booleans(), st.sampled_from([1, 2, 3]))


def set_to(crew: Crew, name: str, amount: int) -> None:
    """Set one setting as the shift leader."""
    street = crew.office.place.street
    policy = get_policy(street.pk)
    before = value_of(name, policy)
    change_setting(
        street_code=street.code,
        name=name,
        value=Value(amount=amount, unit=before.unit),
        seen=before,
        member=crew["shift"],
        at=crew.tick(),
    )


def meet(crew: Crew, fate: str, said: tuple[bool, int]) -> None:
    """Close a case and let its call-back meet a fate."""
    reported = crew.close()
    made = crew.callback_of(reported).id
    solved, satisfaction = said
    answer = TryInput(
        way=Way.PHONE,
        result=Result.REACHED,
        solved=solved,
        satisfaction=satisfaction,
        redo_note="还差一点",
    )
    match fate:
        case "phone":
            crew.attempt(made, answer)
        case "link":
            crew.rate(reported, solved=solved, satisfaction=satisfaction)
        case "reopened":
            crew.reopen(reported)
        case "missed":
            crew.attempt(made, TryInput(way=Way.PHONE, result=Result.REFUSED))
        case "answer excluded":
            crew.attempt(made, answer)
            leave_out(crew, made)
        case "excluded":
            leave_out(crew, made)
        case _:
            return


def leave_out(crew: Crew, made: UUID) -> None:
    """Let one ask and another agree that a call-back is left out."""
    asked = ask_exclusion(
        callback_id=made,
        cause=Cause.DUPLICATE,
        note="重复",
        member=crew["clerk"],
        at=crew.tick(),
    )
    decide_exclusion(
        exclusion_id=asked, is_granted=True, note="属实", member=crew["shift"], at=crew.tick()
    )


def recount(at: datetime) -> Counter[tuple[str, Shown]]:
    """Count from the events alone, one call-back after the other, by month of closing."""
    found: Counter[tuple[str, Shown]] = Counter()
    subjects = Event.objects.filter(subject_kind=SUBJECT_KIND).values_list("subject_id", flat=True)
    for number in set(subjects):
        state = replay(list_occurrences(Subject(kind=SUBJECT_KIND, id=number)))
        assert state.made is not None
        month = state.made.closed_at.astimezone(ZONE).strftime("%Y-%m")
        found.update((month, shown) for shown in shown_of(state, at))
    return found


def shown_of(state: CallbackState, at: datetime) -> set[Shown]:
    """Say by hand which figures count a call-back."""
    made = state.made
    assert made is not None
    shown = {Shown.MADE}
    if state.redo == "wanted":
        shown.add(Shown.REDO)
    if state.is_excluded:
        return shown | {Shown.EXCLUDED}
    if state.step is Step.CANCELLED:
        return shown | {Shown.CANCELLED}
    if state.step is Step.WAITING:
        is_late = made.due_at < at
        return shown | ({Shown.LATE, Shown.DUE} if is_late else {Shown.PENDING})
    shown.add(Shown.DUE)
    if state.step is Step.MISSED:
        return shown | {Shown.MISSED}
    assert state.answered_at is not None
    shown |= {Shown.ANSWERED, Shown.SOLVED if state.solved else Shown.UNSOLVED}
    if state.answered_at <= made.due_at:
        shown.add(Shown.IN_TIME)
    if state.satisfaction is not None:
        named = {3: Shown.SATISFIED, 2: Shown.FAIRLY, 1: Shown.NOT_SATISFIED}
        shown |= {Shown.SAID, named[state.satisfaction]}
    return shown


def table(crew: Crew, who: str = "supervisor", by: By = By.MONTH) -> RateTable:
    """Count as somebody."""
    return list_rates(member=crew[who], by=by, first=FIRST, last=LAST, at=crew.at)


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(fates=FATES, said=st.lists(SAID, min_size=7, max_size=7), waits=st.integers(0, 12))
def test_figures_equal_a_naive_recount_from_events(
    crew: Crew, fates: list[str], said: list[tuple[bool, int]], waits: int
) -> None:
    for fate, answer in zip(fates, said, strict=False):
        meet(crew, fate, answer)
        crew.tick(DAY * waits / 4)
    wanted = recount(crew.at)
    counted = {
        (line.name, shown): number
        for line in table(crew).lines
        for shown, number in (line.counts or {}).items()
        if number
    }
    assert counted == dict(wanted)
    for (month, shown), number in wanted.items():
        first = date.fromisoformat(f"{month}-01")
        filters = CallbackFilters(shown=shown, first=first, last=first)
        page = list_callbacks(member=crew["supervisor"], filters=filters, at=crew.at)
        assert (page.total, page.hidden) == (number, 0)


def tally(policy: Policy, **counts: int) -> Tally:
    """Make counts by the names of figures."""
    return Tally(counts={Shown(name): number for name, number in counts.items()}, policy=policy)


def test_fairly_counts_as_set_and_the_missed_only_where_set() -> None:
    one = tally(
        Policy(fairly_weight=80), answered=10, said=10, satisfied=5, fairly=5, solved=9, missed=10
    )
    assert rate([one], satisfy, least=10).permille == 900
    assert rate([one], solve, least=10).permille == 900
    hard = tally(
        Policy(fairly_weight=50, missed_weight=100),
        answered=10,
        said=10,
        satisfied=5,
        fairly=5,
        solved=9,
        missed=10,
    )
    assert rate([hard], satisfy, least=10).permille == 375
    assert rate([hard], solve, least=10).permille == 450


def test_each_version_weighs_its_own_and_too_little_is_not_divided() -> None:
    old = tally(Policy(version=0, fairly_weight=100), said=10, fairly=10)
    new = tally(Policy(version=1, fairly_weight=0), said=10, fairly=10)
    assert rate([old, new], satisfy, least=10).permille == 500
    assert rate([old], satisfy, least=11).permille is None
    assert rate([], respond, least=1).permille is None


def test_a_sample_is_drawn_by_the_closing_alone() -> None:
    policy = Policy(shares={"incident": 30})
    at = datetime(2026, 11, 23, 1, tzinfo=ZONE)
    ids = [new_id() for _ in range(600)]
    drawn = [draw(one, at) for one in ids]
    assert drawn == [draw(one, at) for one in ids]
    taken = sum(
        is_called_back(case_id=one, closed_at=at, kind="incident", policy=policy) for one in ids
    )
    assert taken == sum(number < 30 for number in drawn)
    assert 110 < taken < 250
    assert all(
        is_called_back(case_id=one, closed_at=at, kind="complaint", policy=policy) for one in ids
    )


def test_a_share_of_none_calls_nobody_back(crew: Crew) -> None:
    set_to(crew, "callback_share_incident", 0)
    crew.close()
    assert not Callback.objects.exists()


def test_a_setting_is_a_new_version_and_leaves_earlier_figures_alone(crew: Crew) -> None:
    reported = crew.close()
    crew.rate(reported, satisfaction=2)
    set_to(crew, "callback_fairly_weight", 10)
    again = crew.close()
    crew.rate(again, satisfaction=2)
    assert [crew.callback_of(one).policy_version for one in (reported, again)] == [0, 1]
    found = table(crew)
    assert found.total.satisfied.part == 80 + 10
    assert found.total.versions == (0, 1)
    assert [one.fairly_weight for one in found.policies] == [80, 10]
    street = crew.office.place.street
    assert set(get_policies(street.pk)) == {0, 1}
    assert CallbackSettings.objects.count() == 1


def test_a_setting_is_refused_to_others_out_of_range_or_unseen(crew: Crew) -> None:
    street = crew.office.place.street
    for member, amount, seen, code in (
        ("clerk", 3, 5, "not_yours"),
        ("shift", 99, 5, "out_of_range"),
        ("shift", 5, 5, "same"),
        ("shift", 3, 7, "changed_meanwhile"),
    ):
        with pytest.raises(SettingRefused, match=code):
            change_setting(
                street_code=street.code,
                name="callback_due_days",
                value=Value(amount=amount, unit="working_days"),
                seen=Value(amount=seen, unit="working_days"),
                member=crew[member],
                at=crew.tick(),
            )


def test_the_handler_sees_no_count_and_no_rate_of_a_few(crew: Crew) -> None:
    for _ in range(4):
        crew.rate(crew.close())
    few = table(crew, "handler", By.ORGANISATION)
    (line,) = few.lines
    assert (line.counts, line.solved.permille, few.may_open) == (None, None, False)
    set_to(crew, "callback_least", 5)
    crew.rate(crew.close(), satisfaction=2)
    enough = table(crew, "handler", By.ORGANISATION).lines[0]
    assert (enough.counts, enough.satisfied.permille) == (None, 960)
    shown = list_callbacks(member=crew["handler"], filters=CallbackFilters(), at=crew.at)
    assert (shown.rows, shown.total, shown.hidden) == ((), 0, 0)


def test_another_unit_sees_nothing_of_it(crew: Crew) -> None:
    crew.rate(crew.close())
    other: Account = AccountFactory(handler=True, organisation=crew.office.other)
    stranger = member_of(other, at=crew.at)
    found = list_rates(member=stranger, by=By.MONTH, first=FIRST, last=LAST, at=crew.at)
    assert found.lines == ()


def test_whose_own_unit_handled_it_counts_it_and_opens_no_list(crew: Crew) -> None:
    crew.close()
    filters = CallbackFilters()
    assert count_callbacks(member=crew["both"], filters=filters, at=crew.at) == 0
    assert list_callbacks(member=crew["both"], filters=filters, at=crew.at).hidden == 1


def test_lines_stand_by_name_and_by_category(crew: Crew) -> None:
    crew.close()
    for by, name in ((By.ORGANISATION, "示例环卫所"), (By.CATEGORY, "暴露垃圾")):
        assert [line.name for line in table(crew, by=by).lines] == [name]


def test_late_ones_count_in_the_response(crew: Crew) -> None:
    crew.close()
    crew.tick(timedelta(days=30))
    counts = table(crew).total.counts or {}
    assert (counts[Shown.DUE], counts[Shown.LATE], counts[Shown.IN_TIME]) == (1, 1, 0)
