"""Forms of the office above: which there are, taken in, changed, filled in at one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.finding import street_codes
from linli.faces.desk.forms.returns import FormUpload, VersionUpload
from linli.faces.desk.offers import in_english
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action, Member
from linli.ground.territory.locator import list_refs
from linli.ground.territory.terms import AreaKind
from linli.programmes.returns.queries.files import read_file
from linli.programmes.returns.queries.forms import get_form, list_forms, list_versions
from linli.programmes.returns.queries.returns import list_returns
from linli.programmes.returns.queries.words import say_period
from linli.programmes.returns.rules.periods import last_finished, list_periods
from linli.programmes.returns.services.filling import fill_return
from linli.programmes.returns.services.keeping import stop_form, upload_form, upload_version
from linli.programmes.returns.terms import FormView, Period, PeriodKind

from .exports import XLSX

MOST_PERIODS = 18
MOST_READ = 2 * 1024**2 + 1


@require_GET
@staff_page(Action.RETURN_READ)
def list_all(request: HttpRequest, member: Member) -> HttpResponse:
    """List the forms, each with a button that fills in its newest finished period."""
    today = timezone.localdate()
    words = {
        "page_kind": "desk",
        "now": timezone.now(),
        "lines": [(one, _next_of(one, today)) for one in list_forms(member=member)],
        "may_keep": holds_post_for(member, Action.RETURN_KEEP),
        "may_fill": holds_post_for(member, Action.RETURN_FILL),
    }
    return render(request, "desk/returns/list.html", words)


@require_http_methods(["GET", "POST"])
@staff_page(Action.RETURN_KEEP)
def take_in(request: HttpRequest, member: Member) -> HttpResponse:
    """Take in a form; then its cells are mapped."""
    streets = _streets(member)
    if request.method != "POST":
        return _ask_for_form(request, FormUpload(streets=streets))
    form = FormUpload(request.POST, request.FILES, streets=streets)
    if not form.is_valid():
        return _ask_for_form(request, form, status=422)
    sent = form.cleaned_data["file"]
    try:
        form_id = upload_form(
            street_code=form.cleaned_data["street"],
            name=form.cleaned_data["name"],
            issuer=form.cleaned_data["issuer"],
            kind=PeriodKind(form.cleaned_data["kind"]),
            file_name=sent.name or "",
            content=sent.read(MOST_READ),
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.blame(refusal)
        return _ask_for_form(request, form, status=422)
    messages.success(request, gettext("报表已收下。下一步：说明每一格填哪个数。"))
    return HttpResponseRedirect(reverse("desk:return_cells", args=[form_id]))


@require_GET
@staff_page(Action.RETURN_READ)
def show_form(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Show a form: fill it in, what was filled in, its versions."""
    return _render(request, member, open_form(form_id, member), VersionUpload())


@require_POST
@staff_page(Action.RETURN_KEEP)
def renew(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Take in a new version; what has moved is listed at the cells."""
    view = open_form(form_id, member)
    form = VersionUpload(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, member, view, form, status=422)
    sent = form.cleaned_data["file"]
    try:
        kept, moved = upload_version(
            form_id=form_id,
            file_name=sent.name or "",
            content=sent.read(MOST_READ),
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.blame(refusal)
        return _render(request, member, view, form, status=422)
    said = gettext("新版已收下：%(kept)s 格照旧，%(moved)s 格要您看一眼。")
    messages.success(request, said % {"kept": kept, "moved": moved})
    return HttpResponseRedirect(reverse("desk:return_cells", args=[form_id]))


@require_POST
@staff_page(Action.RETURN_KEEP)
def stop(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Stop filling a form in."""

    def act() -> str:
        stop_form(form_id=form_id, member=member, at=timezone.now())
        messages.success(request, gettext("报表已停用；填过的都还在。"))
        return reverse("desk:return_form", args=[form_id])

    return _do(request, form_id, act)


@require_POST
@staff_page(Action.RETURN_FILL)
def fill(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Fill a form in for one period, and open what was filled in."""

    def act() -> str:
        day = _read_day(request.POST.get("day", ""))
        return_id = fill_return(form_id=form_id, day=day, member=member, at=timezone.now())
        messages.success(request, gettext("已经填好，可以下载。每个数都能点开看是哪几件。"))
        return reverse("desk:filled_return", args=[return_id])

    return _do(request, form_id, act)


@require_GET
@staff_page(Action.RETURN_READ)
def give_form(request: HttpRequest, member: Member, form_id: int, no: int) -> HttpResponse:
    """Give a version as it was sent.

    Raises:
        Http404: no such version, not for this member, or gone.
    """
    try:
        name, content = read_file(form_id=form_id, no=no, member=member)
    except Refusal as refusal:
        raise Http404 from refusal
    return give_file(name, content)


def give_file(name: str, content: bytes) -> HttpResponse:
    """Hand a file over under its name."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def open_form(form_id: int, member: Member) -> FormView:
    """Get a form.

    Raises:
        Http404: none, or not for this member.
    """
    try:
        return get_form(form_id=form_id, member=member)
    except Refusal as refusal:
        raise Http404 from refusal


def _do(request: HttpRequest, form_id: int, act: Callable[[], str]) -> HttpResponse:
    try:
        return HttpResponseRedirect(act())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:return_form", args=[form_id]))


def _next_of(form: FormView, today: date) -> tuple[Period, str, bool]:
    """Give the newest period that is over, and whether it was filled in."""
    period = last_finished(form.kind, today)
    is_done = form.last_return is not None and form.last_return.period.first >= period.first
    return period, say_period(period), is_done


def _render(
    request: HttpRequest, member: Member, view: FormView, form: VersionUpload, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    versions, returns = list_versions(form_id=view.id), list_returns(form_id=view.id, member=member)
    people = {view.created_by_id, *(one.uploaded_by_id for one in versions)}
    words = {
        "page_kind": "desk",
        "now": timezone.now(),
        "form": form,
        "view": view,
        "versions": versions,
        "returns": returns,
        "people": list_account_names(people | {one.filled_by_id for one in returns}),
        "periods": [
            (one, say_period(one)) for one in list_periods(view.kind, today, most=MOST_PERIODS)
        ],
        "proposed": last_finished(view.kind, today),
        "is_in_use": view.stopped_at is None,
        "may_keep": holds_post_for(member, Action.RETURN_KEEP),
        "may_fill": holds_post_for(member, Action.RETURN_FILL),
    }
    return render(request, "desk/returns/form.html", words, status=status)


def _ask_for_form(request: HttpRequest, form: FormUpload, *, status: int = 200) -> HttpResponse:
    words = {"page_kind": "desk", "form": form, "is_one": len(form.fields["street"].choices) < 2}  # type: ignore[attr-defined]
    return render(request, "desk/returns/new.html", words, status=status)


def _streets(member: Member) -> list[tuple[str, str]]:
    codes = street_codes(member, Action.RETURN_KEEP)
    refs = list_refs(AreaKind.STREET, "")
    return [
        (one.code, (in_english() and one.name_en) or one.name)
        for one in refs
        if codes is None or one.code in codes
    ]


def _read_day(given: str) -> date:
    """Read a day; what is none is so early that nothing can be filled in for it."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        return date.min
