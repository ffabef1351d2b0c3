"""What is done with a call-back: taken, the number read, a try logged, redone, left out."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.forms.callback import ExclusionForm, RedoForm, TryForm
from linli.faces.desk.web.callback import not_yours, read, render_one, render_queue
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.callback.services import calling, excluding
from linli.programmes.callback.terms import CallbackView, Step

# What another did in the meantime: the fresh page says so.
OVERTAKEN = frozenset(
    {
        "callback.ended",
        "callback.held_by_another",
        "callback.not_held",
        "callback.tried_today",
        "callback.no_redo",
        "callback.excluded_already",
        "callback.exclusion_waits",
        "cases.not_at_this_step",
    }
)


@require_POST
@staff_page(Action.CALLBACK_WORK)
def take_next_one(request: HttpRequest, member: Member) -> HttpResponse:
    """Take the most urgent call-back nobody has, and open it."""
    try:
        callback_id = calling.take_next(member=member, at=timezone.now())
    except Refusal as refusal:
        return render_queue(request, member, notice=refusal.words(gettext), status=409)
    return HttpResponseRedirect(_address(callback_id))


@require_POST
@staff_page(Action.CALLBACK_WORK)
def take_it(request: HttpRequest, member: Member, callback_id: UUID) -> HttpResponse:
    """Take one call-back."""
    view = read(member, callback_id)
    if view is None:
        return not_yours(request)
    try:
        calling.take(callback_id=callback_id, member=member, at=timezone.now())
    except Refusal as refusal:
        return _overtaken(request, member, view, refusal)
    return HttpResponseRedirect(_address(callback_id))


@require_POST
@staff_page(Action.CALLBACK_WORK)
def open_number(request: HttpRequest, member: Member, callback_id: UUID) -> HttpResponse:
    """Show how the reporter is reached; the look is logged and the answer never stored."""
    view = read(member, callback_id)
    if view is None:
        return not_yours(request)
    try:
        reporter = calling.open_number(callback_id=callback_id, member=member, at=timezone.now())
    except Refusal as refusal:
        return _overtaken(request, member, view, refusal)
    answer = render_one(request, member, view, reporter=reporter)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@staff_page(Action.CALLBACK_WORK)
def log(request: HttpRequest, member: Member, callback_id: UUID) -> HttpResponse:
    """Log one try; what is wrong is said beside its field, and nothing typed is lost."""
    view = read(member, callback_id)
    if view is None:
        return not_yours(request)
    form = TryForm(request.POST, view=view)
    if not form.is_valid():
        return render_one(request, member, view, attempt=form, status=422)
    try:
        step = calling.log_try(
            callback_id=callback_id, member=member, form=form.read(), at=timezone.now()
        )
    except Refusal as refusal:
        if refusal.code in OVERTAKEN:
            return _overtaken(request, member, view, refusal)
        form.blame(refusal)
        return render_one(request, member, view, attempt=form, status=422)
    messages.success(request, _said(step))
    return HttpResponseRedirect(reverse("desk:callbacks"))


@require_POST
@staff_page(Action.CALLBACK_WORK, Action.CALLBACK_DECIDE)
def decide_redo(request: HttpRequest, member: Member, callback_id: UUID) -> HttpResponse:
    """Give an unsolved case back, or waive that with a reason."""
    view = read(member, callback_id)
    if view is None:
        return not_yours(request)
    form = RedoForm(request.POST)
    if not form.is_valid():
        return render_one(request, member, view, redo=form, status=422)
    act: Callable[..., None] = calling.order_redo
    if request.POST.get("do") == "waive":
        act = calling.waive_redo
    note = form.cleaned_data["note"]
    try:
        act(callback_id=callback_id, member=member, note=note, at=timezone.now())
    except Refusal as refusal:
        if refusal.code in OVERTAKEN:
            return _overtaken(request, member, view, refusal)
        form.blame(refusal)
        return render_one(request, member, view, redo=form, status=422)
    messages.success(request, gettext("办好了。"))
    return HttpResponseRedirect(_address(callback_id))


@require_POST
@staff_page(Action.CALLBACK_WORK, Action.CALLBACK_DECIDE)
def ask_to_exclude(request: HttpRequest, member: Member, callback_id: UUID) -> HttpResponse:
    """Ask that a call-back be left out; another decides."""
    view = read(member, callback_id)
    if view is None:
        return not_yours(request)
    form = ExclusionForm(request.POST)
    if not form.is_valid():
        return render_one(request, member, view, exclusion=form, status=422)
    try:
        excluding.ask_exclusion(
            callback_id=callback_id,
            cause=form.read_cause(),
            note=form.cleaned_data["note"],
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.code in OVERTAKEN:
            return _overtaken(request, member, view, refusal)
        form.blame(refusal)
        return render_one(request, member, view, exclusion=form, status=422)
    messages.success(request, gettext("已申请排除，请另外的人决定。"))
    return HttpResponseRedirect(_address(callback_id))


def _overtaken(
    request: HttpRequest, member: Member, view: CallbackView, refusal: Refusal
) -> HttpResponse:
    fresh = read(member, view.row.id) or view
    return render_one(request, member, fresh, notice=refusal.words(gettext), status=409)


def _said(step: Step) -> str:
    if step is Step.ANSWERED:
        return gettext("已记下答复。")
    if step is Step.MISSED:
        return gettext("已记下，这件不再打了。")
    return gettext("已记下，改天再试。")


def _address(callback_id: UUID) -> str:
    return reverse("desk:callback", args=[callback_id])
