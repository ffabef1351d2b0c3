"""The case page put together: what the room knows, in the order a person reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.frame.terms import Status
from linli.ground.kernel.marking import N_
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.locator import is_in_force
from linli.ground.territory.queries import find_heirs_now
from linli.ground.territory.terms import AreaRef
from linli.spine.cases.catalogue_terms import Audience, split_key
from linli.spine.cases.queries.case import Powers, case_photos, get_powers
from linli.spine.cases.queries.checking import list_checks
from linli.spine.cases.queries.clocks import clock_words_of
from linli.spine.cases.queries.history import timeline
from linli.spine.cases.queries.origin import find_upper_order
from linli.spine.cases.queries.pending import list_pendings
from linli.spine.cases.queries.putting_off import list_extensions
from linli.spine.cases.queries.supervised import get_supervised
from linli.spine.cases.terms import (
    ENDS,
    STAGE_LABELS,
    ActionName,
    AllowedAction,
    AssignmentState,
    AssignmentView,
    CaseKind,
    CasePhotoView,
    CaseView,
    Duty,
    PhotoStage,
    ReporterView,
    Step,
    TimelineEntry,
    Visibility,
)
from linli.spine.cases.terms.beside import Beside

from .agenda import tell_status
from .forms.act import ActForm
from .forms.reporter import ReporterForm
from .gathered import FoldedAct, gather, gather_for_forms, group_acts, list_tasks
from .offers import address_of_grids, offer_for_acts

NO_PHOTOS: Mapping[PhotoStage, str] = {
    PhotoStage.REPORT: N_("上报时没有照片"),
    PhotoStage.HANDLING: N_("还没有处置照片"),
    PhotoStage.CHECK: N_("还没有核查照片"),
}
DUTY_LABELS: Mapping[Duty, str] = {
    Duty.LEAD: N_("主办"),
    Duty.HELPER: N_("协办"),
    Duty.VERIFIER: N_("负责核查"),
    Duty.SUPERVISOR: N_("负责督办"),
    Duty.TASK: N_("任务"),
}
STATES: Mapping[AssignmentState, tuple[Status, str]] = {
    AssignmentState.OFFERED: (Status.IN_HAND, N_("等待接单")),
    AssignmentState.ACCEPTED: (Status.IN_HAND, N_("正在办")),
    AssignmentState.REPORTED: (Status.IN_HAND, N_("等待核查")),
    AssignmentState.RETURNED: (Status.SENT_BACK, N_("已退单")),
    AssignmentState.DONE: (Status.DONE, N_("办完了")),
    AssignmentState.WITHDRAWN: (Status.ENDED, N_("已撤回")),
}
# One of these leads when several acts are open to the same person.
FIRST_ACTS = (
    ActionName.VERIFY,
    ActionName.FILE,
    ActionName.GRANT_EXTENSION,
    ActionName.LEADER_GRANT_EXTENSION,
    ActionName.APPROVE_PENDING,
    ActionName.REROUTE,
    ActionName.DISPATCH,
    ActionName.RULE,
    ActionName.ACCEPT,
    ActionName.FEED_BACK,
    ActionName.SOLVE_IN_GRID,
    ActionName.SOLVE_IN_COMMUNITY,
    ActionName.HEAR_BACK,
    ActionName.PASS_CHECK,
    ActionName.PASS_SAMPLE,
    ActionName.CLOSE,
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The photos of one stage, or what to say when there is none."""

    label: str
    none: str
    photos: tuple[CasePhotoView, ...]


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One assignment with its words."""

    assignment: AssignmentView
    duty_label: str
    status: Status
    state_label: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the history; `moved` when it led to another step."""

    entry: TimelineEntry
    moved: bool


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What came between: said above the fresh page, with the words that were typed."""

    heading: str
    words: str
    kept: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What this visit of the page brings along: a form with faults, a notice, the reporter.

    `asked` is the act to stand open, with the number of its task. `powers` were read with the
    case; without them they are read anew.
    """

    form: ActForm | None = None
    asked: tuple[str, int | None] = ("", None)
    notice: Notice | None = None
    reporter: ReporterView | None = None
    reporter_form: ReporterForm | None = None
    powers: Powers | None = None


def build_sheet(*, case: CaseView, member: Member, now: datetime, shown: Shown) -> dict[str, Any]:
    """Gather everything the page of one case shows to this member at `now`."""
    powers = shown.powers or get_powers(case_id=case.id, member=member, at=now)
    acts, reason = _fold_acts(case=case, powers=powers, now=now, shown=shown)
    main = next((one for one in acts if one.is_main), None)
    photos = case_photos(case_id=case.id, beside=case.beside)
    checks = list_checks(case_id=case.id, member=member, beside=case.beside)
    target = _target(case)
    names = {one.act.name for one in acts}
    return {
        "page_kind": "desk",
        "case": case,
        "category_code": split_key(case.category_key)[1],
        "now": now,
        "status": tell_status(step=case.step, due_at=case.due_at, now=now),
        "is_ended": case.step in ENDS,
        "stages": _stages(photos),
        "has_photos": any(photos.values()),
        "checks": checks,
        "is_compared": case.step is Step.CHECKING or bool(checks),
        "may_approve": may(member, Action.PHOTO_APPROVE, target),
        "may_print": may(member, Action.CASE_PRINT, target),
        "may_share": may(member, Action.CASE_SHARE, target)
        and case.visibility is Visibility.PUBLIC,
        "upper": find_upper_order(case.id, beside=case.beside),
        "may_open_reporter": powers.may_open_reporter,
        "story": _story(case),
        "supervised": get_supervised(case_id=case.id, at=now, beside=case.beside),
        "extensions": list_extensions(case_id=case.id)
        if case.handle_due_at and Beside.EXTENSIONS in case.beside
        else [],
        "pendings": list_pendings(case_id=case.id)
        if case.handle_due_at and Beside.PENDINGS in case.beside
        else [],
        "clocks": clock_words_of(case),
        "hands": [_hand(one) for one in case.assignments if one.task_no is None],
        "tasks": list_tasks(case, acts),
        "main_act": main.form if main else None,
        "act_groups": group_acts(
            one for one in acts if one.act.task_no is None and not one.is_main
        ),
        **gather(case=case, member=member, names=names, now=now),
        **gather_for_forms(case=case, names={one.act.name for one in acts if one.form}, now=now),
        "reason": reason,
        "areas_url": address_of_grids(case.street.code),
        "grids_now": _grids_now(case, now),
        "notice": shown.notice,
        "reporter": shown.reporter,
        "reporter_form": shown.reporter_form,
    }


def _grids_now(case: CaseView, now: datetime) -> list[AreaRef]:
    """Find the grids that have the ground of this case's grid, where that has been re-drawn."""
    today = timezone.localdate(now)
    if case.grid is None or is_in_force(case.grid.id, today):
        return []
    return find_heirs_now(case.grid.id, today)


def _fold_acts(
    *, case: CaseView, powers: Powers, now: datetime, shown: Shown
) -> tuple[list[FoldedAct], str]:
    """List what may be done; the form of the main act stands there, and of the one in hand."""
    acts = [act for act in powers.actions if act.name is not ActionName.APPROVE_PHOTO]
    held = shown.form
    in_hand = (held.act.name, held.act.task_no) if held is not None else shown.asked
    main = _find_main(acts)
    open_acts = [act for act in acts if act is main or (act.name, act.task_no) == in_hand]
    offered, reason = offer_for_acts(acts=open_acts, case=case, now=now)
    forms = {
        id(act): held
        if held is not None and (act.name, act.task_no) == in_hand
        else ActForm(act, offered=offered, version=case.version)
        for act in open_acts
    }
    return [
        FoldedAct(act=act, form=forms.get(id(act)), is_main=act is main) for act in acts
    ], reason


def build_form(*, case: CaseView, act: AllowedAction, now: datetime) -> dict[str, Any]:
    """Gather what the form of one act shows that is opened on the page of a case."""
    offered, reason = offer_for_acts(acts=[act], case=case, now=now)
    return {
        "case": case,
        "now": now,
        "form": ActForm(act, offered=offered, version=case.version),
        "reason": reason,
        "areas_url": address_of_grids(case.street.code),
        "primary": False,
        **gather_for_forms(case=case, names={act.name}, now=now),
    }


def _find_main(acts: Sequence[AllowedAction]) -> AllowedAction | None:
    """Find the act that leads when several are open to the same person."""
    return next((act for name in FIRST_ACTS for act in acts if act.name is name), None)


def _target(case: CaseView) -> Target:
    area = case.grid or case.community or case.street
    return Target(
        street_code=case.street.code,
        area_code=area.code,
        organisation_ids=tuple(
            one.organisation_id for one in case.assignments if one.organisation_id
        ),
        is_complaint=case.kind is CaseKind.COMPLAINT,
        about_organisation_id=case.about_organisation_id,
    )


def _stages(photos: Mapping[PhotoStage, list[CasePhotoView]]) -> list[Stage]:
    return [
        Stage(label=STAGE_LABELS[stage], none=NO_PHOTOS[stage], photos=tuple(found))
        for stage, found in photos.items()
    ]


def _story(case: CaseView) -> list[Told]:
    entries = timeline(
        case_id=case.id,
        audience=Audience.STAFF,
        reported_at=case.reported_at,
        shows_ratings=case.shows_ratings,
    )
    before = [None, *(entry.step for entry in entries)]
    told = [
        Told(entry=entry, moved=entry.step is not step)
        for entry, step in zip(entries, before, strict=False)
    ]
    return told[::-1]


def _hand(one: AssignmentView) -> Hand:
    status, label = STATES[one.state]
    return Hand(assignment=one, duty_label=DUTY_LABELS[one.duty], status=status, state_label=label)


def tell_overtaken(words: str, *, kept: str = "") -> Notice:
    """Say that somebody else acted in the meantime, and show what was typed."""
    return Notice(heading=gettext("这一步已经有人办了"), words=words, kept=kept)
