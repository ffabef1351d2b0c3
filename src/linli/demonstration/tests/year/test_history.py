"""The year written by COPY is the year the services would have written."""

from __future__ import annotations

import inspect
from collections import Counter, defaultdict
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F, Q

from linli.demonstration.history.course import CLIMB
from linli.demonstration.places import STREET_CODE
from linli.demonstration.scenes import SUBJECTS
from linli.demonstration.services import BESIDE as CASES
from linli.demonstration.stories import stories
from linli.ground.kernel import queries as kernel_queries
from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.calendars import Limit, Unit, due_after
from linli.ground.kernel.models import Event, EventText, Photo
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import EVENTS, Occurrence
from linli.ground.people.queries import load_member
from linli.ground.territory.locator import locate
from linli.spine.cases import events
from linli.spine.cases.checking_events import CheckGiven, CheckUnanswered, SampleDrawn
from linli.spine.cases.gathering_events import MergeReceived, MetItTakenBack, OtherMetIt
from linli.spine.cases.link_events import HandlerLinkMade
from linli.spine.cases.models import (
    Assignment,
    Case,
    CasePhoto,
    Category,
    Clock,
    Extension,
    Rating,
    Reporter,
    RungMark,
)
from linli.spine.cases.queries.facts import CaseFile
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.queries.routing import propose_for_case
from linli.spine.cases.rules.clocks import STEP_CLOCKS, Policy
from linli.spine.cases.rules.ladder import DEFAULT_LADDER, Running, list_rungs
from linli.spine.cases.rules.procedure import ACTIONS
from linli.spine.cases.rules.projection import replay
from linli.spine.cases.supervision_events import RungReached
from linli.spine.cases.terms import (
    ENDS,
    OPEN_STEPS,
    SUBJECT_KIND,
    Channel,
    ClockName,
    Duty,
    Step,
    case_subject,
)
from linli.spine.cases.terms.supervision import Rung

from .conftest import COUNT, until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
OPEN = [step.value for step in OPEN_STEPS]


def last_of_the_year() -> str:
    """Give the last number of the cases that were lived by the rules."""
    numbers = Case.objects.order_by("number").values_list("number", flat=True)
    return numbers[COUNT - CASES - 1]


def all_files() -> dict[UUID, CaseFile]:
    """Read every case with its assignments in two statements, as `open_file` reads one."""
    assignments = defaultdict(list)
    for one in Assignment.objects.order_by("id"):
        assignments[one.case_id].append(one)
    return {
        case.id: CaseFile(case=case, assignments=tuple(assignments[case.id]))
        for case in Case.objects.all()
    }


def all_occurrences() -> dict[UUID, list[Occurrence]]:
    """Read the events of every case, oldest first, in one statement."""
    found = defaultdict(list)
    for row in Event.objects.filter(subject_kind=SUBJECT_KIND).order_by("recorded_at", "id"):
        found[UUID(row.subject_id)].append(kernel_queries.build_occurrence(row, {}))
    return found


def test_the_events_of_every_case_tell_its_state(monkeypatch: pytest.MonkeyPatch) -> None:
    files, told = all_files(), all_occurrences()
    monkeypatch.setattr("linli.spine.cases.queries.replay.open_file", files.__getitem__)
    assert files.keys() == told.keys()
    for case_id in files:
        assert replay(told[case_id]) == live_state(case_id)


def test_the_events_are_read_as_the_queries_read_them() -> None:
    for case_id in Case.objects.order_by("?").values_list("id", flat=True)[:40]:
        assert replayed_state(case_id) == live_state(case_id)


def test_every_move_is_one_of_the_procedure() -> None:
    paths = {
        (action.event.name, source.value, target.value)
        for action in ACTIONS.values()
        for source, target in action.paths.items()
    }
    own = {events.CaseReported.name, events.CaseOverdue.name, RungReached.name}
    own |= {HandlerLinkMade.name, MergeReceived.name, OtherMetIt.name, MetItTakenBack.name}
    own |= {CheckGiven.name, SampleDrawn.name, CheckUnanswered.name, events.ReporterOpened.name}
    moves = Event.objects.filter(subject_kind=SUBJECT_KIND).exclude(name__in=own)
    taken = set(moves.values_list("name", "step_before", "step_after").distinct())
    assert taken <= paths
    assert len(taken) > 15


def test_nothing_happens_after_the_instant_of_loading() -> None:
    assert Event.objects.exists()
    assert not Event.objects.filter(recorded_at__gt=until()).exists()
    assert not Case.objects.filter(changed_at__gt=until()).exists()
    assert not Photo.objects.filter(uploaded_at__gt=until()).exists()


def test_events_of_a_case_follow_each_other_from_step_to_step() -> None:
    rows = Event.objects.filter(subject_kind=SUBJECT_KIND).order_by(
        "subject_id", "recorded_at", "id"
    )
    last: dict[str, str] = {}
    for subject, before, after in rows.values_list("subject_id", "step_before", "step_after"):
        assert before == last.get(subject, "")
        last[subject] = after


def test_an_open_case_has_exactly_one_running_clock_of_its_step() -> None:
    running = Clock.objects.filter(stopped_at=None).values_list("case_id", "name", "due_at")
    clocks: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for case_id, name, due_at in running:
        clocks[case_id][name] = due_at
    for case in Case.objects.filter(step__in=OPEN):
        own = clocks.pop(case.id)
        if case.step == Step.PENDING:
            assert (set(own), case.due_at) == ({ClockName.HANDLE}, None)
            continue
        assert own[STEP_CLOCKS[Step(case.step)]] == case.due_at
        assert set(own) - {STEP_CLOCKS[Step(case.step)]} <= {ClockName.HANDLE}
    assert not clocks


def test_due_times_are_those_of_the_pure_rules() -> None:
    calendar, policy = get_calendar(STREET_CODE), Policy()
    extensions = Extension.objects.filter(is_granted=True)
    granted = dict(extensions.values_list("clock_id", "until"))
    assert granted
    for clock in Clock.objects.select_related("case").order_by("?")[:3000]:
        limit = Limit(clock.limit_amount, Unit(clock.limit_unit))
        assert clock.promised_at == due_after(clock.started_at, limit, calendar)
        assert clock.due_at == granted.get(clock.pk, clock.promised_at)
        if clock.name != ClockName.HANDLE:
            usual = policy.limit_of(ClockName(clock.name), is_urgent=clock.case.is_urgent)
            assert limit == usual


def test_clocks_that_ran_out_are_marked_once_as_the_sweep_does() -> None:
    overdue = Event.objects.filter(name=events.CaseOverdue.name)
    assert overdue.count() == Clock.objects.exclude(overdue_at=None).count()
    assert not Clock.objects.filter(overdue_at__lte=F("due_at")).exists()
    late = Case.objects.filter(is_overdue=True)
    assert not late.filter(Q(due_at__gt=until()) | Q(due_at=None)).exists()


def test_every_clock_climbed_as_the_ladder_says() -> None:
    calendar = get_calendar(STREET_CODE)
    told: dict[int, list[tuple[Rung, datetime]]] = defaultdict(list)
    for mark in RungMark.objects.filter(clock__isnull=False).order_by("at", "id"):
        told[mark.clock_id or 0].append((Rung(mark.rung), mark.at))
    events_told = Event.objects.filter(name=RungReached.name, facts__clock__gt="")
    assert events_told.count() == sum(map(len, told.values())) > 50
    # What is handled again runs on from where it stood; its rungs come later than by the ladder.
    lived = Clock.objects.filter(case__rework_count=0, case__number__lte=last_of_the_year())
    assert lived.count() > COUNT
    for clock in lived:
        ends = clock.stopped_at or clock.suspended_at or until()
        running = Running(
            started_at=clock.started_at, due_at=clock.due_at, unit=Unit(clock.limit_unit)
        )
        steps = list(list_rungs(running, DEFAULT_LADDER, calendar))
        reached = [(step.rung, step.at + CLIMB) for step in steps if step.at + CLIMB < ends]
        if clock.stopped_at is None and clock.suspended_at is None:
            reached += [(one.rung, ends) for one in steps if one.at <= ends <= one.at + CLIMB]
        assert told[clock.pk] == reached
        assert clock.rung == (reached[-1][0] if reached else "")
        rest = steps[len(reached) :]
        assert (clock.ladder_at, clock.ladder_for) == (rest[0].at if rest else None, clock.due_at)


def test_a_handler_never_checks_the_own_result() -> None:
    handled = defaultdict(set)
    leads = Assignment.objects.filter(duty=Duty.LEAD.value).exclude(account=None)
    for case_id, account_id in leads.values_list("case_id", "account_id"):
        handled[case_id].add(account_id)
    checks = Assignment.objects.filter(duty=Duty.VERIFIER.value)
    assert checks.exists()
    for case_id, account_id in checks.values_list("case_id", "account_id"):
        assert account_id not in handled[case_id]


def test_acts_are_signed_as_the_services_sign_them() -> None:
    acts = Event.objects.filter(actor_kind="staff", subject_kind=SUBJECT_KIND)
    signed = acts.values_list("actor_id", "actor_role", "actor_organisation_id").distinct()
    for account_id, role, organisation_id in signed:
        assert account_id is not None
        posts = load_member(account_id, until()).appointments
        assert (role, organisation_id) in {(one.role.value, one.organisation_id) for one in posts}


def test_no_event_names_the_account_of_a_resident() -> None:
    faceless = Event.objects.filter(actor_kind__in=["resident", "anonymous", "system"])
    assert faceless.exists()
    assert not faceless.exclude(actor_id=None).exists()


def test_numbers_are_unique_in_the_order_of_reporting_and_go_on_live() -> None:
    numbers = list(Case.objects.order_by("reported_at", "number").values_list("number", flat=True))
    counted = [int(number[5:]) for number in numbers]
    assert sorted(counted) == list(range(1, COUNT + 1))
    of_the_year = [number for number in counted if number <= COUNT - CASES]
    assert of_the_year == sorted(of_the_year)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        assert cursor.fetchone() == (COUNT + 1,)


def test_a_patrol_reports_under_its_own_account_and_others_leave_none() -> None:
    found = Reporter.objects.filter(case__channel=Channel.PATROL.value)
    assert found.exists()
    assert not found.exclude(account_id=F("case__finder_id")).exists()
    assert not Case.objects.exclude(channel=Channel.PATROL.value).exclude(finder=None).exists()
    named = Reporter.objects.exclude(account=None).exclude(case__channel=Channel.PATROL.value)
    assert set(named.values_list("account__login", flat=True)) == {"resident", "courier"}


def test_every_case_lies_in_the_grid_the_locator_finds() -> None:
    for lon, lat, grid_id in Case.objects.values_list("lon", "lat", "grid_id")[:300]:
        assert lon is not None
        assert lat is not None
        assert locate(lon, lat).grid_id == grid_id


def test_routing_is_what_the_service_proposes() -> None:
    leads = Assignment.objects.filter(duty=Duty.LEAD.value, is_binding=False)
    for row in leads.order_by("-id")[:150]:
        proposal = propose_for_case(row.case_id)
        assert row.organisation_id == proposal.lead_id
        assert row.responsibility_id == proposal.responsibility_id
        assert (row.reason_code, row.reason_params) == (
            proposal.reason.code,
            dict(proposal.reason.params),
        )


def test_photos_belong_to_the_events_that_show_them() -> None:
    shown = {row.photo_id: row for row in CasePhoto.objects.all()}
    of_cases = Photo.objects.filter(subject_kind=SUBJECT_KIND)
    assert {photo.id: photo.subject_id for photo in of_cases} == {
        photo_id: str(row.case_id) for photo_id, row in shown.items()
    }
    for name in (events.HandlingReported.name, events.CheckPassed.name):
        for event in Event.objects.filter(name=name):
            for photo_id in event.facts["photo_ids"]:
                assert shown[UUID(photo_id)].event_id == event.id
    approved = set(Photo.objects.exclude(approved_at=None).values_list("id", flat=True))
    assert approved == {one for one, row in shown.items() if row.is_approved}
    assert approved


def test_evidence_is_what_the_procedure_asks_for() -> None:
    spot = set(Category.objects.filter(checked_by="spot").values_list("id", flat=True))
    categories = {str(one): c for one, c in Case.objects.values_list("id", "category_id")}
    noted = set(EventText.objects.filter(key="note").values_list("event_id", flat=True))
    for event in Event.objects.filter(
        name__in=[events.HandlingReported.name, events.CheckPassed.name]
    ):
        assert event.id in noted
        assert event.facts["photo_ids"] or categories[event.subject_id] not in spot


def test_every_event_written_can_be_read_back() -> None:
    names = Event.objects.values_list("name", flat=True).distinct()
    assert set(names) <= set(EVENTS)
    for case in Case.objects.order_by("-reported_at")[:50]:
        assert list_occurrences(case_subject(case.id))


def test_ratings_follow_closings() -> None:
    assert Rating.objects.exists()
    assert not Rating.objects.filter(rated_at__lte=F("closed_at")).exists()


def test_the_stories_name_categories_and_scenes_that_exist() -> None:
    keys = {one.key for one in Category.objects.all()}
    names = set(Category.objects.filter(is_extension=True).values_list("name", flat=True))
    for story in stories():
        assert story.category in keys | names
        assert not story.scene or story.scene in SUBJECTS
        assert len(story.season) == 12
        assert all("{place}" in text for text in story.texts)


def test_winter_evenings_bring_complaints_about_heating() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    cold = Case.objects.filter(category__name="供暖不达标")
    instants = [at.astimezone(zone) for at in cold.values_list("reported_at", flat=True)]
    months = Counter(at.month for at in instants)
    assert sum(months[month] for month in (11, 12, 1, 2)) > 4 * sum(
        months[month] for month in (4, 5, 6, 7, 8, 9)
    )
    assert sum(at.hour >= 16 for at in instants) > len(instants) / 2


def test_life_has_returns_reworks_reopenings_and_lateness() -> None:
    handled = Clock.objects.filter(name="handle").values("case").distinct().count()
    late = (
        Clock.objects.filter(name="handle")
        .exclude(overdue_at=None)
        .values("case")
        .distinct()
        .count()
    )
    assert 0.05 < late / handled < 0.13
    assert Case.objects.filter(return_count__gt=0).count() > COUNT * 0.01
    assert Case.objects.filter(rework_count__gt=0).count() > COUNT * 0.02
    assert Event.objects.filter(name=events.CaseReopened.name).count() > COUNT * 0.005


def test_ended_cases_have_no_open_assignments() -> None:
    ended = Assignment.objects.filter(case__step__in=[step.value for step in ENDS])
    assert not ended.filter(state__in=["offered", "accepted"]).exists()


def test_progress_is_told_step_by_step(loaded: list[str]) -> None:
    assert len(loaded) >= 5
    assert inspect.cleandoc(loaded[0])
