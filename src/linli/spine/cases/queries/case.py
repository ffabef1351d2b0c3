"""One case for staff: the page of the case, without anything of its reporter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Member
from linli.ground.territory.locator import locate
from linli.spine.cases.models import Assignment, Case, CasePhoto, Rating
from linli.spine.cases.queries.beside import find_file
from linli.spine.cases.queries.clocks import clock_view, list_clocks
from linli.spine.cases.queries.facts import (
    CaseFile,
    facts_of,
    may_open,
    may_see,
    open_file,
    standing_of,
)
from linli.spine.cases.queries.routing import explain_reason
from linli.spine.cases.queries.seeing import has_handled
from linli.spine.cases.queries.settings import calendar_of
from linli.spine.cases.queries.words import area_name_of, area_of, is_english, name_of, shown_title
from linli.spine.cases.rules.actions import CaseFacts, can_act, needs_of, takes_of
from linli.spine.cases.rules.procedure import ACTIONS, Action
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    KIND_LABELS,
    LEVEL_LABELS,
    NEED_LABELS,
    STAGE_LABELS,
    STEP_LABELS,
    ActionName,
    AllowedAction,
    AreaName,
    AssignmentState,
    AssignmentView,
    CaseKind,
    CasePhotoView,
    CaseView,
    Channel,
    Duty,
    Level,
    Need,
    NeededField,
    PhotoStage,
    Step,
    Visibility,
)
from linli.spine.cases.terms.beside import ANYTHING, Beside

# Every action in each language, with and without photos, of the first tasks.
MOST_SAID = 1_024
REASONS_OF_PEOPLE = {
    "dispatch.by_person": N_("由派遣员指定。"),
    "dispatch.ruled": N_("由指挥中心裁定，不得再退。"),
}

# What the view takes from the row unchanged.
_AS_IT_IS = (
    "id",
    "number",
    "version",
    "category_id",
    "lon",
    "lat",
    "original_number",
    "about_organisation_id",
    "is_urgent",
    "is_suspicious_place",
    "rework_count",
    "return_count",
    "reported_at",
    "filed_at",
    "dispatched_at",
    "closed_at",
    "due_at",
    "promised_at",
    "handle_due_at",
    "reopen_until",
)


def get_case(*, case_id: UUID, member: Member, at: datetime) -> CaseView:
    """Get one case as a member of staff sees it.

    Args:
        at: aware instant of asking, for what is overdue.

    Raises:
        NoSuchCase: no such case, or not for this member.
    """
    file = open_file(case_id)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    return view_of(file, at, member)


def may_open_reporter(*, case_id: UUID, member: Member, at: datetime) -> bool:
    """Say whether a member may open who reported, giving a reason.

    Args:
        at: aware instant of asking.

    Raises:
        NoSuchCase: no such case, or not for this member.
    """
    file = open_file(case_id)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    return may_open(file, member, at)


def find_case_id(*, number: str) -> UUID | None:
    """Find the id of a case by its number."""
    return _BY_NUMBER.first(number=number.strip())


_BY_NUMBER = Compiled(
    lambda number: Case.objects.filter(number=number).values_list("id", flat=True)
)


@dataclass(frozen=True, kw_only=True)
class Powers:
    """What a member may do with a case now, in the order of the procedure."""

    actions: tuple[AllowedAction, ...]
    may_open_reporter: bool


def get_powers(*, case_id: UUID, member: Member, at: datetime) -> Powers:
    """Get exactly what the member may do now.

    Raises:
        NoSuchCase: no such case, or not for this member.
    """
    file = open_file(case_id)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    return _powers(file, member, at)


def find_case_with_powers(
    *, number: str, member: Member, at: datetime
) -> tuple[CaseView, Powers] | None:
    """Find a case by its number, with what the member may do with it now, reading it once.

    Args:
        at: aware instant of asking, for what is overdue.

    Raises:
        NoSuchCase: there is one, but not for this member.
    """
    file = find_file(number.strip())
    if file is None:
        return None
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    return view_of(file, at, member), _powers(file, member, at)


def _powers(file: CaseFile, member: Member, at: datetime) -> Powers:
    facts = facts_of(file)
    actions = (
        allowed_action(action, facts, task_no=task_no)
        for action in ACTIONS.values()
        if facts.step in action.paths
        for task_no in _tasks_for(action, facts)
        if can_act(
            name=action.name,
            facts=facts,
            standing=standing_of(file, member, action, task_no=task_no),
            at=at,
            task_no=task_no,
        )
    )
    return Powers(actions=tuple(actions), may_open_reporter=may_open(file, member, at))


def allowed_actions(*, case_id: UUID, member: Member, at: datetime) -> list[AllowedAction]:
    """List exactly the actions the member may take now, in the order of the procedure.

    Raises:
        NoSuchCase: no such case, or not for this member.
    """
    return list(get_powers(case_id=case_id, member=member, at=at).actions)


def _tasks_for(action: Action, facts: CaseFacts) -> tuple[int | None, ...]:
    """List the tasks an action may be about: one nameless one when it is about the whole case."""
    return tuple(task.no for task in facts.tasks) if action.task_states else (None,)


def case_photos(
    *, case_id: UUID, beside: frozenset[Beside] = ANYTHING
) -> dict[PhotoStage, list[CasePhotoView]]:
    """List the photos of a case by stage, every stage present; the asker's right is checked.

    Args:
        beside: what the case has, where that is known.
    """
    found: dict[PhotoStage, list[CasePhotoView]] = defaultdict(list)
    rows = _PHOTOS.rows(case_id=case_id) if Beside.PHOTOS in beside else []
    for row in rows:
        found[PhotoStage(row.stage)].append(photo_view(row))
    return {stage: found[stage] for stage in PhotoStage}


def photo_view(row: CasePhoto) -> CasePhotoView:
    """Freeze one photo."""
    stage = PhotoStage(row.stage)
    return CasePhotoView(
        photo_id=row.photo_id,
        stage=stage,
        stage_label=gettext(STAGE_LABELS[stage]),
        added_at=row.added_at,
        is_approved=row.is_approved,
        task_no=row.task_no,
    )


def allowed_action(
    action: Action, facts: CaseFacts, *, task_no: int | None = None
) -> AllowedAction:
    """Freeze one action that may be taken now, with what it needs."""
    needs, takes = needs_of(action, facts), takes_of(action, facts)
    return _say_action(action.name, needs, takes, task_no, get_language())


@lru_cache(maxsize=MOST_SAID)
def _say_action(
    name: ActionName,
    needs: tuple[Need, ...],
    takes: tuple[Need, ...],
    task_no: int | None,
    _language: str | None,
) -> AllowedAction:
    """Say an action in the language of the request; the same again is not said anew."""
    action = ACTIONS[name]
    return AllowedAction(
        name=name,
        label=gettext(action.label),
        hint=gettext(action.hint),
        needs=(
            *(_field(need, is_required=True) for need in needs),
            *(_field(need, is_required=False) for need in takes),
        ),
        task_no=task_no,
    )


def _field(need: Need, *, is_required: bool) -> NeededField:
    return NeededField(name=need, label=gettext(NEED_LABELS[need]), is_required=is_required)


def view_of(file: CaseFile, at: datetime, member: Member | None = None) -> CaseView:
    """Build what staff see of a case; the caller has asked the right.

    Args:
        member: who looks; those who handled the case get no rating.
    """
    case, category = file.case, file.case.category
    shows_ratings = member is None or not has_handled(file, member)
    is_shown = shows_ratings and Beside.RATINGS in file.beside
    rating = _newest_rating(case) if is_shown else None
    return CaseView(
        **{name: getattr(case, name) for name in _AS_IT_IS},
        kind=CaseKind(case.kind),
        kind_label=gettext(KIND_LABELS[CaseKind(case.kind)]),
        step=Step(case.step),
        step_label=gettext(STEP_LABELS[Step(case.step)]),
        title=shown_title(case.title, category=name_of(category)),
        text=mask_numbers(case.text),
        category_key=category.key if category else "",
        category_name=name_of(category),
        closing_condition=_closing_condition(case),
        checked_by=category.checked_by if category else "",
        street=area_name_of(case.street),
        community=area_of(case.community),
        grid=area_of(case.grid),
        candidates=_candidates(case),
        address=mask_numbers(case.address),
        place_note=mask_numbers(case.place_note),
        channel=Channel(case.channel),
        channel_label=gettext(CHANNEL_LABELS[Channel(case.channel)]),
        visibility=Visibility(case.visibility),
        about_organisation_name=name_of(case.about_organisation),
        is_overdue=case.due_at is not None and case.due_at < at,
        solved=rating.solved if rating else None,
        satisfaction=rating.satisfaction if rating else None,
        clocks=tuple(clock_view(row, at) for row in list_clocks(case.id)),
        assignments=tuple(_assignment(one) for one in file.assignments),
        level=Level(case.level),
        level_label=gettext(LEVEL_LABELS[Level(case.level)]),
        is_reroute_proposed=case.reroute_lead_id is not None,
        shows_ratings=shows_ratings,
        beside=file.beside,
    )


def _newest_rating(case: Case) -> Rating | None:
    return _NEWEST_RATING.first(case_id=case.id)


_PHOTOS = Compiled(lambda case_id: CasePhoto.objects.filter(case_id=case_id).order_by("id"))
_NEWEST_RATING = Compiled(
    lambda case_id: Rating.objects.filter(case_id=case_id).order_by("-rated_at")[:1]
)


def _candidates(case: Case) -> tuple[AreaName, ...]:
    if case.lon is None or case.lat is None or case.is_suspicious_place:
        return ()
    zone = ZoneInfo(calendar_of(case.street_id).zone)
    found = locate(case.lon, case.lat, case.reported_at.astimezone(zone).date())
    return tuple(area_name_of(area) for area in found.candidates)


def _closing_condition(case: Case) -> str:
    if case.category is None:
        return ""
    english = case.category.closing_condition_en if is_english() else ""
    return english or case.category.closing_condition


def _assignment(row: Assignment) -> AssignmentView:
    return AssignmentView(
        duty=Duty(row.duty),
        state=AssignmentState(row.state),
        organisation_id=row.organisation_id,
        organisation_name=name_of(row.organisation),
        reason=reason_words(row),
        responsibility_id=row.responsibility_id,
        offered_at=row.offered_at,
        accept_by=row.accept_by,
        promised_at=row.promised_at,
        due_at=row.due_at,
        finished_at=row.finished_at,
        is_binding=row.is_binding,
        task_no=row.task_no,
        replaces_no=row.replaces_no,
        brief=mask_numbers(row.brief),
        rework_count=row.rework_count,
    )


def reason_words(row: Assignment) -> str:
    """Say why this organisation was chosen."""
    if row.reason_code in REASONS_OF_PEOPLE:
        return gettext(REASONS_OF_PEOPLE[row.reason_code])
    return explain_reason(code=row.reason_code, params=row.reason_params)
