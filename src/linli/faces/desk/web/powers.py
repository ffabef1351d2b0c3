"""The list of powers: which department may do what, by which provision and delegation."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.forms.powers import PowerForm
from linli.faces.desk.offers import name_organisation
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names, list_organisations
from linli.ground.people.terms import Action, Member
from linli.programmes.enforcement.queries.powers import (
    find_power_entry,
    list_power_entries,
    list_power_versions,
)
from linli.programmes.enforcement.services.powers import retire_power, write_power
from linli.programmes.enforcement.terms import PowerEntry, PowerInput

from .roster import HOMES


@require_GET
@staff_page(Action.ENFORCEMENT_READ)
def list_powers(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the powers in force, department by department."""
    entries = list_power_entries()
    words = {
        "page_kind": "desk",
        "homes": [
            (home, list(found)) for home, found in groupby(entries, key=lambda e: e.department_name)
        ],
        "may_write": holds_post_for(member, Action.ENFORCEMENT_APPROVE),
    }
    return render(request, "desk/enforcement/powers.html", words)


@require_http_methods(["GET", "POST"])
@staff_page(Action.ENFORCEMENT_APPROVE)
def write_new(request: HttpRequest, member: Member) -> HttpResponse:
    """Write a new power."""
    if request.method != "POST":
        return _render(request, member, _form())
    form = _form(request.POST)
    if form.is_valid() and _write(form, member):
        return HttpResponseRedirect(reverse("desk:powers"))
    return _render(request, member, form, status=422)


@require_http_methods(["GET", "POST"])
@staff_page(Action.ENFORCEMENT_READ)
def one_power(request: HttpRequest, member: Member, power_id: int) -> HttpResponse:
    """Show a power with its versions; who approves plans writes it anew.

    Raises:
        Http404: no such power.
    """
    entry = find_power_entry(power_id)
    if entry is None:
        raise Http404
    if request.method != "POST":
        return _render(request, member, _form(entry=entry.said), entry=entry)
    if not holds_post_for(member, Action.ENFORCEMENT_APPROVE):
        return refuse_by_action(request, Action.ENFORCEMENT_APPROVE)
    form = _form(request.POST)
    if form.is_valid() and _write(form, member, entry=entry):
        messages.success(request, gettext("已存成新的一版；以前办的事仍按当时的一版。"))
        return HttpResponseRedirect(reverse("desk:powers"))
    return _render(request, member, form, entry=entry, status=422)


@require_POST
@staff_page(Action.ENFORCEMENT_APPROVE)
def retire(request: HttpRequest, member: Member, power_id: int) -> HttpResponse:
    """Take a power out of use."""
    try:
        retire_power(power_id=power_id, member=member, at=timezone.now())
        messages.success(request, gettext("已停用，不能再按它告知和采取措施。"))
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:powers"))


def _write(form: PowerForm, member: Member, *, entry: PowerEntry | None = None) -> bool:
    try:
        write_power(
            said=form.read(),
            member=member,
            at=timezone.now(),
            power_id=entry.id if entry else None,
        )
    except Refusal as refusal:
        form.blame(refusal)
        return False
    return True


def _form(typed: QueryDict | None = None, *, entry: PowerInput | None = None) -> PowerForm:
    homes = [(one.id, name_organisation(one)) for one in list_organisations(kinds=HOMES)]
    return PowerForm(typed, homes=homes, entry=entry)


def _render(
    request: HttpRequest,
    member: Member,
    form: PowerForm,
    *,
    entry: PowerEntry | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list_power_versions(entry.id) if entry else []
    names = list_account_names(one.written_by_id for one in versions if one.written_by_id)
    words = {
        "page_kind": "desk",
        "form": form,
        "entry": entry,
        "versions": [(one, names.get(one.written_by_id or 0, "")) for one in versions],
        "may_write": holds_post_for(member, Action.ENFORCEMENT_APPROVE)
        and (entry is None or entry.is_active),
    }
    return render(request, "desk/enforcement/power.html", words, status=status)
