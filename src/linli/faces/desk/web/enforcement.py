"""Joint enforcement at the desk: operations, one of them, a new plan, photos of evidence."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.forms.enforcement import OperationForm, PlanForm
from linli.faces.desk.forms.enforcement_fields import Offered
from linli.faces.desk.forms.enforcement_reading import read_plan
from linli.faces.frame.photos import send_photo
from linli.faces.frame.terms import Status
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.enforcement.queries.history import timeline
from linli.programmes.enforcement.queries.operations import (
    allowed_actions,
    find_operation_id,
    get_operation,
    list_operations,
    may_see_evidence,
)
from linli.programmes.enforcement.queries.roster import list_powers, list_roster, list_teams
from linli.programmes.enforcement.rules.refusals import NoSuchOperation
from linli.programmes.enforcement.services.acting import act
from linli.programmes.enforcement.services.parties import open_party
from linli.programmes.enforcement.services.planning import plan_operation
from linli.programmes.enforcement.terms import (
    ENDS,
    KIND_LABELS,
    STEP_LABELS,
    ActionName,
    Kind,
    OpenedParty,
    OperationView,
    Step,
)
from linli.spine.cases.queries.case import find_case_id

# While people may still come and go: by the plan, and when somebody steps aside.
_STAFFED = frozenset({Step.PLANNING, Step.NOTICING, Step.GATHERING, Step.ACTING})


@require_GET
@staff_page(Action.ENFORCEMENT_READ)
def list_all(request: HttpRequest, member: Member) -> HttpResponse:
    """List the operations in the member's reach, newest first."""
    step = next((one for one in Step if one.value == request.GET.get("step")), None)
    kind = next((one for one in Kind if one.value == request.GET.get("kind")), None)
    page = request.GET.get("page", "1")
    found = list_operations(
        member=member, step=step, kind=kind, page=int(page) if page.isdecimal() else 1
    )
    words = {
        "page_kind": "desk",
        "found": found,
        "now": timezone.now(),
        "steps": [(one, STEP_LABELS[one]) for one in Step],
        "kinds": [(one, KIND_LABELS[one]) for one in Kind],
        "chosen_step": step,
        "chosen_kind": kind,
        "may_plan": holds_post_for(member, Action.ENFORCEMENT_PLAN),
    }
    return render(request, "desk/enforcement/list.html", words)


@staff_page(Action.ENFORCEMENT_PLAN)
def draw_up(request: HttpRequest, member: Member) -> HttpResponse:
    """Draw up a plan, perhaps for a case named in the address."""
    teams = list_teams(member=member, right=Action.ENFORCEMENT_PLAN)
    if not teams:
        return refuse_by_action(request, Action.ENFORCEMENT_PLAN)
    now = timezone.now()
    roster = tuple(list_roster(team_id=teams[0].id, on=timezone.localdate(now)))
    offered = Offered(view=None, roster=roster, powers=(), now=now)
    start = {"case_number": request.GET.get("case", "")[:24]}
    typed = request.POST if request.method == "POST" else None
    form = PlanForm(typed, offered=offered, initial=start)
    if typed is None:
        return _render_plan(request, form)
    if not form.is_valid():
        return _render_plan(request, form, status=422)
    return _plan(request, member, form)


def _plan(request: HttpRequest, member: Member, form: PlanForm) -> HttpResponse:
    number = form.cleaned_data["case_number"].strip()
    case_id = find_case_id(number=number) if number else None
    if number and case_id is None:
        form.add_error("case_number", gettext("没有这个编号的案件。"))
        return _render_plan(request, form, status=422)
    try:
        view = plan_operation(
            plan=read_plan(form.cleaned_data), member=member, at=timezone.now(), case_id=case_id
        )
    except Refusal as refusal:
        form.blame(refusal)
        return _render_plan(request, form, status=422)
    messages.success(request, gettext("方案已提交，等街道批准。"))
    return HttpResponseRedirect(reverse("desk:operation", args=[view.number]))


def _render_plan(request: HttpRequest, form: PlanForm, *, status: int = 200) -> HttpResponse:
    words = {"page_kind": "desk", "form": form}
    return render(request, "desk/enforcement/plan.html", words, status=status)


@require_GET
@staff_page(Action.ENFORCEMENT_READ)
def show_operation(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show one operation with what this member may do now."""
    view = _read(member, number)
    if view is None:
        return _not_yours(request)
    return _render(request, member, view)


@require_POST
@staff_page(Action.ENFORCEMENT_READ)
def act_on_operation(
    request: HttpRequest, member: Member, number: str, action: str
) -> HttpResponse:
    """Do one act; what is wrong is said beside its field, and nothing typed is lost."""
    view = _read(member, number)
    if view is None or action not in set(ActionName):
        return _not_yours(request)
    acts = allowed_actions(operation_id=view.id, member=member)
    allowed = next((one for one in acts if one.name.value == action), None)
    if allowed is None:
        told = gettext("这一步现在不能办：行动已经是“%(step)s”。") % {"step": view.step_label}
        return _render(request, member, view, notice=told, status=409)
    form = OperationForm(allowed, offered=_offered(view), typed=request.POST, files=request.FILES)
    if not form.store_photos(uploaded_by_id=member.account_id, at=timezone.now()):
        return _render(request, member, view, held=form, status=422)
    return _act(request, member, view, form)


def _act(
    request: HttpRequest, member: Member, view: OperationView, form: OperationForm
) -> HttpResponse:
    try:
        after = act(
            operation_id=view.id,
            action=form.act.name,
            member=member,
            at=timezone.now(),
            form=form.read(),
            seen_version=form.cleaned_data["version"],
        )
    except Refusal as refusal:
        if refusal.code == "enforcement.already_done":
            fresh = _read(member, view.number) or view
            return _render(request, member, fresh, notice=refusal.words(gettext), status=409)
        form.blame(refusal)
        return _render(request, member, view, held=form, status=422)
    told = gettext("已办好：%(act)s。行动现在是“%(step)s”。")
    messages.success(request, told % {"act": form.act.label, "step": after.step_label})
    return HttpResponseRedirect(reverse("desk:operation", args=[view.number]))


@require_POST
@staff_page(Action.ENFORCEMENT_PARTY)
def show_party(request: HttpRequest, member: Member, number: str, party_id: int) -> HttpResponse:
    """Open who a party is, after a reason is given and logged; the answer is never stored."""
    view = _read(member, number)
    if view is None:
        return _not_yours(request)
    try:
        opened = open_party(
            operation_id=view.id,
            party_id=party_id,
            member=member,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _render(request, member, view, notice=refusal.words(gettext), status=422)
    answer = _render(request, member, view, opened=opened)
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@staff_page(Action.ENFORCEMENT_READ)
def show_photo(request: HttpRequest, member: Member, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send one photo of evidence to those who may read its operation.

    Raises:
        Http404: no such photo, size, or right.
    """
    if not may_see_evidence(photo_id=photo_id, member=member):
        raise Http404
    return send_photo(photo_id, size)


def _read(member: Member, number: str) -> OperationView | None:
    operation_id = None if "\x00" in number else find_operation_id(number=number)
    if operation_id is None:
        raise Http404
    try:
        return get_operation(operation_id=operation_id, member=member, at=timezone.now())
    except NoSuchOperation:
        return None


def _not_yours(request: HttpRequest) -> HttpResponse:
    why = gettext("这次行动不在您岗位的范围内。")
    return refuse_by_action(request, Action.ENFORCEMENT_READ, why=why)


def _offered(view: OperationView) -> Offered:
    now = timezone.now()
    on = timezone.localdate(max(view.starts_at, now))
    roster = list_roster(team_id=view.team_id, on=on) if view.step in _STAFFED else []
    return Offered(
        view=view, roster=tuple(roster), powers=tuple(list_powers(kind=view.kind)), now=now
    )


def _render(
    request: HttpRequest,
    member: Member,
    view: OperationView,
    *,
    held: OperationForm | None = None,
    opened: OpenedParty | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    now, offered = timezone.now(), _offered(view)
    forms = [
        held
        if held is not None and held.act.name is one.name
        else OperationForm(one, offered=offered)
        for one in allowed_actions(operation_id=view.id, member=member)
    ]
    words: dict[str, Any] = {
        "page_kind": "desk",
        "view": view,
        "now": now,
        "forms": forms,
        "status": _status(view),
        "is_ended": view.step in ENDS,
        "homes": _by_home(view),
        "total": sum(one.points for one in view.scores),
        "most": 20 * len(view.scores),
        "story": timeline(operation_id=view.id)[::-1],
        "opened": opened,
        "may_open": holds_post_for(member, Action.ENFORCEMENT_PARTY),
        "notice": notice,
    }
    return render(request, "desk/enforcement/operation.html", words, status=status)


def _status(view: OperationView) -> Status:
    if view.step is Step.FINISHED:
        return Status.DONE
    return Status.ENDED if view.step is Step.CANCELLED else Status.IN_HAND


def _by_home(view: OperationView) -> list[tuple[str, list[Any]]]:
    people = sorted(view.members, key=lambda one: one.home_name)
    return [(home, list(found)) for home, found in groupby(people, key=lambda one: one.home_name)]
