"""Call-backs at the desk: what waits for me, the list behind a figure, one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.callback_filters import name_organisation_of, read_filters
from linli.faces.desk.forms.callback import ExclusionForm, RedoForm, TryForm
from linli.faces.frame.terms import Status
from linli.ground.people.terms import Action, Member
from linli.programmes.callback.queries.callbacks import get_callback
from linli.programmes.callback.queries.exclusions import count_exclusions
from linli.programmes.callback.queries.lists import list_callbacks, list_queue
from linli.programmes.callback.rules.refusals import NoSuchCallback
from linli.programmes.callback.terms import SHOWN_LABELS, CallbackView, Redo, Step
from linli.spine.cases.terms import ReporterView


@require_GET
@staff_page(Action.CALLBACK_READ)
def show_queue(request: HttpRequest, member: Member) -> HttpResponse:
    """Show what waits: taken, to be called, not solved."""
    return render_queue(request, member)


@require_GET
@staff_page(Action.CALLBACK_READ)
def list_counted(request: HttpRequest, member: Member) -> HttpResponse:
    """List the call-backs a figure counts, the newest closing first."""
    filters, now = read_filters(request.GET), timezone.now()
    words = {
        "page_kind": "desk",
        "now": now,
        "filters": filters,
        "found": list_callbacks(member=member, filters=filters, at=now),
        "shown": list(SHOWN_LABELS.items()),
        "organisation": name_organisation_of(filters),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
    }
    return render(request, "desk/callback/list.html", words)


@require_GET
@staff_page(Action.CALLBACK_READ)
def show_callback(request: HttpRequest, member: Member, callback_id: UUID) -> HttpResponse:
    """Show one call-back with what this member may do now."""
    view = read(member, callback_id)
    return not_yours(request) if view is None else render_one(request, member, view)


def render_queue(
    request: HttpRequest, member: Member, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """Render what waits for a member, perhaps with a word about what came between."""
    now = timezone.now()
    words = {
        "page_kind": "desk",
        "now": now,
        "queue": list_queue(member=member, at=now),
        "may_work": holds_post_for(member, Action.CALLBACK_WORK),
        "to_decide": count_exclusions(member=member, is_waiting=True),
        "notice": notice,
    }
    return render(request, "desk/callback/queue.html", words, status=status)


def read(member: Member, callback_id: UUID) -> CallbackView | None:
    """Read one call-back, or give None where it is not for this member."""
    try:
        return get_callback(callback_id=callback_id, member=member, at=timezone.now())
    except NoSuchCallback:
        return None


def not_yours(request: HttpRequest) -> HttpResponse:
    """Say that there is none for this member, and who may."""
    why = gettext("没有这件回访，或者您参与办理过这件案件。")
    return refuse_by_action(request, Action.CALLBACK_READ, why=why)


def render_one(
    request: HttpRequest,
    member: Member,
    view: CallbackView,
    *,
    attempt: TryForm | None = None,
    redo: RedoForm | None = None,
    exclusion: ExclusionForm | None = None,
    reporter: ReporterView | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render one call-back; forms that were refused keep what was typed."""
    is_waiting = view.row.step is Step.WAITING
    words: dict[str, Any] = {
        "page_kind": "desk",
        "view": view,
        "row": view.row,
        "now": timezone.now(),
        "status": _status(view),
        "can_take": is_waiting and view.may_work and not view.is_mine and not view.holder,
        "can_try": is_waiting and view.may_work and view.is_mine and view.next_try_on is None,
        "attempt": attempt or TryForm(view=view),
        "redo": redo or RedoForm(),
        "wants_redo": view.row.redo is Redo.WANTED,
        "exclusion": exclusion or ExclusionForm(),
        "can_exclude": _can_exclude(view),
        "reporter": reporter,
        "notice": notice,
    }
    return render(request, "desk/callback/callback.html", words, status=status)


def _can_exclude(view: CallbackView) -> bool:
    is_open = all(one.is_granted is False for one in view.exclusions)
    is_counted = view.row.step is not Step.CANCELLED
    return is_open and is_counted and (view.may_work or view.may_decide)


def _status(view: CallbackView) -> Status:
    if view.row.step is Step.WAITING:
        return Status.IN_HAND
    return Status.DONE if view.row.step is Step.ANSWERED else Status.ENDED
