"""Lists and the year: each figure is the length of the list it opens; nobody is ranked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.programmes.whistle.queries.lists import (
    COUNTED,
    count_whistles,
    list_whistles,
    list_whistles_of_case,
    list_year,
    list_years,
)
from linli.programmes.whistle.services.sweeping import mark_late
from linli.programmes.whistle.terms import (
    ActionName,
    Kind,
    Shown,
    Step,
    Verdict,
    WhistleFilters,
    YearLine,
)
from linli.spine.cases.terms import Step as CaseStep

from .factories import THERE, Crew

YEAR = 2026


def line_of(crew: Crew, who: str, *, seen_by: str = "dispatcher") -> YearLine:
    lines = list_year(member=crew[seen_by], year=YEAR)
    return next(one for one in lines if one.organisation_id == crew.id_of(who))


def play_a_year(crew: Crew) -> None:
    """Play whistles of every outcome: judged, disputed and settled, late, absent, cancelled."""
    crew.play(to=Step.CANCELLED)
    crew.play(to=Step.CALLED)
    late = crew.blow()
    crew.office.tick(timedelta(hours=1))
    mark_late(at=crew.at)
    crew.act(late.id, ActionName.SIGN_IN, "water", position=THERE)
    crew.step_on(late.id, ActionName.RECORD_OUTCOME)
    crew.step_on(late.id, ActionName.JUDGE)
    view = crew.play(to=Step.JUDGING)
    bad = Verdict(responded=True, in_time=True, did_part=False, why="到了没有动手")
    verdicts = crew.verdicts(view.id, road=bad)
    crew.act(view.id, ActionName.JUDGE, "dispatcher", verdicts=verdicts)
    crew.step_on(view.id, ActionName.REPLY, "road")
    crew.step_on(view.id, ActionName.SETTLE, "road")


def test_each_figure_is_the_length_of_its_list(crew: Crew) -> None:
    play_a_year(crew)
    lines = list_year(member=crew["dispatcher"], year=YEAR)
    assert [one.name for one in lines] == sorted(one.name for one in lines)
    for line in lines:
        for shown in COUNTED:
            filters = WhistleFilters(year=YEAR, organisation_id=line.organisation_id, shown=shown)
            figure = getattr(line, shown.value)
            listed = count_whistles(member=crew["dispatcher"], filters=filters)
            assert listed == (figure or 0), (line.name, shown)


def test_the_figures_are_those_of_what_was_played(crew: Crew) -> None:
    play_a_year(crew)
    water, road = line_of(crew, "water"), line_of(crew, "road")
    assert (water.called, water.came, water.in_time, water.late) == (3, 2, 1, 1)
    assert (road.called, road.came, road.absent, road.under_way) == (3, 1, 1, 1)
    assert (road.disputed, road.changed, road.did_part, road.judged) == (1, 1, 1, 2)


def test_volunteers_have_no_figures_of_time(crew: Crew) -> None:
    play_a_year(crew)
    line = line_of(crew, "volunteers")
    assert (line.is_timed, line.timed, line.in_time, line.late) == (False, None, None, None)
    assert (line.judged_timed, line.judged_in_time) == (None, None)


def test_the_called_see_their_own_line_only(crew: Crew) -> None:
    play_a_year(crew)
    assert [one.organisation_id for one in list_year(member=crew["water"], year=YEAR)] == [
        crew.id_of("water")
    ]
    assert list_year(member=crew["stranger"], year=YEAR) == []
    assert list_year(member=crew["dispatcher"], year=YEAR - 1) == []
    assert list_years(member=crew["dispatcher"]) == [YEAR]


@pytest.mark.parametrize("shown", list(Shown))
def test_what_others_were_called_for_is_not_counted_through_a_filter(
    crew: Crew, shown: Shown
) -> None:
    play_a_year(crew)
    filters = WhistleFilters(organisation_id=crew.id_of("road"), shown=shown)
    assert count_whistles(member=crew["water"], filters=filters) == 0


def test_lists_are_narrowed_by_kind_and_step(crew: Crew) -> None:
    crew.play(to=Step.ON_SPOT)
    crew.blow(kind=Kind.INSPECTION, arrive_by=crew.at + timedelta(days=5))
    page = list_whistles(member=crew["supervisor"], filters=WhistleFilters(kind=Kind.INSPECTION))
    assert [(one.kind, one.step) for one in page.rows] == [(Kind.INSPECTION, Step.CALLED)]
    there = list_whistles(member=crew["supervisor"], filters=WhistleFilters(step=Step.ON_SPOT))
    assert [(one.called, one.came, one.lead_name) for one in there.rows] == [(3, 2, "示例水务")]


def test_a_case_shows_the_whistles_blown_for_it(crew: Crew) -> None:
    reported = crew.office.play(to=CaseStep.HANDLING)
    view = crew.blow(case_id=reported.case_id)
    crew.blow()
    rows = list_whistles_of_case(case_id=reported.case_id, member=crew["dispatcher"])
    assert [one.number for one in rows] == [view.number]
    assert list_whistles_of_case(case_id=reported.case_id, member=crew["police"]) == []
