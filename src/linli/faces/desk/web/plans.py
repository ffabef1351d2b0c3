"""Plans to re-draw grids at the desk: drafted step by step, seen in full, approved, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.filters import Choices
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.plans import STEP_FORMS, AnyStepForm, HeadForm
from linli.faces.desk.planned import foresee, name_grid
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.terms import Actor
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member
from linli.ground.territory import services
from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.plan_terms import (
    DrawStep,
    MergeStep,
    MoveStep,
    PlanState,
    PlanStep,
    PlanView,
    RedrawStep,
    SplitStep,
    StepKind,
    kind_of_step,
)
from linli.ground.territory.queries import (
    PlannedTerritory,
    grids_passed,
    list_areas,
    moves_of_plan,
    open_plan,
)
from linli.ground.territory.terms import AreaKind

from .territory import target_of

_A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.TERRITORY_PLAN)
def begin(request: HttpRequest, member: Member) -> HttpResponse:
    """Begin a plan for a community, or for the whole sub-district."""
    typed = request.POST if request.method == "POST" else None
    first = timezone.localdate() + _A_WEEK
    form = HeadForm(typed, places=_places(member), first=first)
    if typed is not None and form.is_valid():
        given = form.cleaned_data
        actor = _actor(member, Action.TERRITORY_PLAN, given["within_code"])
        try:
            if actor is None:
                return refuse_by_action(request, Action.TERRITORY_PLAN)
            plan = services.draft_plan(**given, actor=actor, at=timezone.now())
            return HttpResponseRedirect(reverse("desk:plan", args=[plan.id]))
        except Refusal as refusal:
            form.blame(refusal)
    words = {"page_kind": "desk", "form": form}
    return render(request, "desk/territory/new.html", words, status=422 if form.errors else 200)


def _places(member: Member) -> Choices:
    street = street_of(member)
    streets = list_areas(kind=AreaKind.STREET, within_code=street) if street else []
    communities = list_areas(kind=AreaKind.COMMUNITY, within_code=street)
    whole = [
        (one.code, gettext("%(area)s（全部社区）") % {"area": name_grid(one)}) for one in streets
    ]
    return [*((one.code, name_grid(one)) for one in communities), *whole]


@require_GET
@staff_page(Action.TERRITORY_READ)
def show_plan(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Show a plan: its steps, everything it brings about, and what the member may do with it."""
    planned = _open(member, plan_id)
    return _refused(request) if planned is None else _render(request, member, planned)


@require_GET
@staff_page(Action.TERRITORY_READ)
def give_outlines(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Give the outlines of the grids as they will be, for the map."""
    planned = _open(member, plan_id)
    return _refused(request) if planned is None else JsonResponse(planned.as_geojson())


@require_GET
@staff_page(Action.TERRITORY_READ)
def give_faults(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Give the places of what is wrong or worth knowing, for the map."""
    planned = _open(member, plan_id)
    if planned is None:
        return _refused(request)
    found = [*((one, "overdue") for one in planned.preview.faults)]
    found += [(one, "today") for one in planned.preview.warnings]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": {"title": one.words(gettext), "status": status, "url": ""},
        }
        for one, status in found
        if one.lon is not None and one.lat is not None
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@require_POST
@staff_page(Action.TERRITORY_PLAN)
def take(request: HttpRequest, member: Member, plan_id: int, kind: str) -> HttpResponse:
    """Add a step; one that can't be taken is shown with its reason, and nothing typed is lost."""
    planned = _open(member, plan_id)
    actor = _actor(member, Action.TERRITORY_PLAN, planned.view.within_code) if planned else None
    if planned is None or actor is None:
        return _refused(request)
    if kind not in set(StepKind):
        raise Http404
    form = STEP_FORMS[StepKind(kind)](request.POST, request.FILES, planned=planned)
    if form.is_valid():
        try:
            steps = form.read()
            services.add_steps(plan_id=plan_id, steps=steps, actor=actor, at=timezone.now())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            return _back(plan_id)
    return _render(request, member, planned, held=form, status=422)


@require_POST
@staff_page(Action.TERRITORY_PLAN)
def drop(request: HttpRequest, member: Member, plan_id: int, number: int) -> HttpResponse:
    """Take a step out of a draft."""

    def act(actor: Actor) -> None:
        services.drop_step(plan_id=plan_id, number=number, actor=actor, at=timezone.now())

    return _do(request, member, plan_id, Action.TERRITORY_PLAN, act)


@require_POST
@staff_page(Action.TERRITORY_PLAN)
def put_off(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Give a draft another day."""

    def act(actor: Actor) -> None:
        day = date.fromisoformat(request.POST.get("effective_on", ""))
        services.set_plan_day(plan_id=plan_id, effective_on=day, actor=actor, at=timezone.now())

    return _do(request, member, plan_id, Action.TERRITORY_PLAN, act)


@require_POST
@staff_page(Action.TERRITORY_PLAN)
def choose_post(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Name the leader who stays where two claim one grid."""
    chosen = request.POST.get("post", "")

    def act(actor: Actor) -> None:
        services.keep_post(
            plan_id=plan_id,
            grid_code=request.POST.get("grid", "")[:24],
            appointment_id=int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0,
            actor=actor,
            at=timezone.now(),
        )

    return _do(request, member, plan_id, Action.TERRITORY_PLAN, act)


@require_POST
@staff_page(Action.TERRITORY_APPROVE)
def approve(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Approve a plan as it was seen."""
    seen = request.POST.get("revision", "")

    def act(actor: Actor) -> None:
        claim = foresee(open_plan(plan_id), at=timezone.now()).open_claim
        if claim is not None:
            raise UnableToRedraw("territory.plan_leader_open", grid=claim.grid)
        services.approve_plan(
            plan_id=plan_id,
            seen_revision=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            actor=actor,
            at=timezone.now(),
        )
        messages.success(request, gettext("方案已批准，到生效日自动执行。"))

    return _do(request, member, plan_id, Action.TERRITORY_APPROVE, act)


@require_POST
@staff_page(Action.TERRITORY_READ)
def withdraw(request: HttpRequest, member: Member, plan_id: int) -> HttpResponse:
    """Take back a plan before its day; who drafts and who approves may."""
    planned = _open(member, plan_id)
    within = planned.view.within_code if planned else ""
    is_drafter = bool(within) and may(member, Action.TERRITORY_PLAN, target_of(within))
    right = Action.TERRITORY_PLAN if is_drafter else Action.TERRITORY_APPROVE

    def act(actor: Actor) -> None:
        services.withdraw_plan(plan_id=plan_id, actor=actor, at=timezone.now())
        messages.success(request, gettext("方案已撤回，网格照旧。"))

    return _do(request, member, plan_id, right, act)


def _do(
    request: HttpRequest,
    member: Member,
    plan_id: int,
    right: Action,
    act: Callable[[Actor], None],
) -> HttpResponse:
    """Do one act on a plan by right; what is refused is said above the plan."""
    planned = _open(member, plan_id)
    actor = _actor(member, right, planned.view.within_code) if planned else None
    if planned is None or actor is None:
        return refuse_by_action(request, right)
    try:
        act(actor)
    except Refusal as refusal:
        return _render(
            request, member, open_plan(plan_id), notice=refusal.words(gettext), status=422
        )
    except ValueError:
        return _render(request, member, planned, notice=gettext("请写完整的日期。"), status=422)
    return _back(plan_id)


def _open(member: Member, plan_id: int) -> PlannedTerritory | None:
    try:
        planned = open_plan(plan_id)
    except UnableToRedraw as unknown:
        raise Http404 from unknown
    allowed = may(member, Action.TERRITORY_READ, target_of(planned.view.within_code))
    return planned if allowed else None


def _actor(member: Member, right: Action, within_code: str) -> Actor | None:
    role = find_role(member, right, target_of(within_code))
    return member.actor(role=role) if role is not None else None


def _refused(request: HttpRequest) -> HttpResponse:
    return refuse_by_action(request, Action.TERRITORY_READ)


def _back(plan_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:plan", args=[plan_id]))


def _render(
    request: HttpRequest,
    member: Member,
    planned: PlannedTerritory,
    *,
    held: AnyStepForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    view, now = planned.view, timezone.now()
    is_draft = view.state is PlanState.DRAFT
    place = target_of(view.within_code)
    may_plan = is_draft and may(member, Action.TERRITORY_PLAN, place)
    may_approve = is_draft and may(member, Action.TERRITORY_APPROVE, place)
    consequences = foresee(planned, at=now) if view.is_open else None
    accounts = {view.drafted_by_id, view.approved_by_id or 0}
    words: dict[str, Any] = {
        "page_kind": "desk",
        "view": view,
        "preview": planned.preview if view.is_open else None,
        **_done(view),
        "consequences": consequences,
        "steps": [_said(step, planned) for step in view.steps],
        "forms": _forms(planned, held) if may_plan else [],
        "held": held,
        "may_plan": may_plan,
        "may_approve": may_approve and view.drafted_by_id != member.account_id,
        "is_own": may_approve and view.drafted_by_id == member.account_id,
        "may_withdraw": view.is_open and (may_plan or may(member, Action.TERRITORY_APPROVE, place)),
        "people": list_account_names(accounts),
        "notice": notice,
        "now": now,
    }
    return render(request, "desk/territory/plan.html", words, status=status)


def _done(view: PlanView) -> dict[str, Any]:
    """Give what a plan in effect has changed, as it is on record."""
    if view.state is not PlanState.APPLIED:
        return {}
    return {"passed": grids_passed(view.id), "moved": moves_of_plan(view.id)}


def _forms(planned: PlannedTerritory, held: AnyStepForm | None) -> list[AnyStepForm]:
    return [
        held if held is not None and held.kind is kind else made(planned=planned)
        for kind, made in STEP_FORMS.items()
    ]


def _said(step: PlanStep, planned: PlannedTerritory) -> dict[str, str]:
    """Say a step in a line: what it does and to which grids."""
    grids = {**planned.after.grids, **planned.before.grids}

    def name(code: str) -> str:
        return name_grid(grids[code]) if code in grids else code

    match step:
        case MergeStep():
            what = " + ".join(name(code) for code in step.codes)
            to = step.name or name(step.into)
        case MoveStep():
            count = {"n": len(step.buildings)}
            what, to = gettext("%(n)s 栋楼") % count, step.name or name(step.to)
        case DrawStep():
            what, to = step.file_name or gettext("文件"), ""
        case SplitStep() | RedrawStep():
            what, to = name(step.code), getattr(step, "name", "")
    return {"label": kind_of_step(step).label, "what": what, "to": to}
