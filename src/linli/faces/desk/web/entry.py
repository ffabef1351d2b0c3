"""Enter what was found on patrol, settled at once where the finder could; calls have a desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.forms.entry import EntryForm
from linli.faces.desk.offers import address_of_grids, offer_category_keys, offer_organisations
from linli.faces.desk.typed import take_typed
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.spine.cases.services.acting import act
from linli.spine.cases.services.intake import report_case
from linli.spine.cases.terms import ActionName, Reported


@staff_page(Action.CASE_SETTLE)
def enter_report(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the form, and take a report with its photos; nothing typed is lost."""
    if request.method != "POST":
        return _render(request, member, _restored(request, member))
    form = _form(member, request.POST, request.FILES)
    now = timezone.now()
    if not form.store_photos(uploaded_by_id=member.account_id, at=now):
        return _render(request, member, form, status=422)
    try:
        reported = _take_in(form, member)
    except Refusal as refusal:
        form.blame(refusal)
        return _render(request, member, form, status=422)
    messages.success(request, _tell_taken(reported))
    return HttpResponseRedirect(reverse("desk:case", args=[reported.number]))


@transaction.atomic
def _take_in(form: EntryForm, member: Member) -> Reported:
    now = timezone.now()
    reported = report_case(report=form.read(), actor=member.actor(), at=now)
    if form.cleaned_data["settled"]:
        act(
            case_id=reported.case_id,
            action=ActionName.SETTLE,
            member=member,
            at=now,
            form=form.read_settling(),
            seen_version=None,
        )
    return reported


def _tell_taken(reported: Reported) -> str:
    return gettext("已登记，编号 %(number)s。把查询码 %(code)s 告诉反映人，可以随时查进度。") % {
        "number": reported.number,
        "code": reported.tracking_code,
    }


def _restored(request: HttpRequest, member: Member) -> EntryForm:
    typed = take_typed(request, path=request.path)
    if typed is None:
        return _form(member)
    messages.info(request, gettext("您离开前写的内容放回来了，请核对后再提交；照片要重新选。"))
    return _form(member, initial={name: typed.get(name) for name in typed})


def _form(
    member: Member,
    typed: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
    *,
    initial: dict[str, Any] | None = None,
) -> EntryForm:
    return EntryForm(
        typed,
        files,
        categories=offer_category_keys(on=timezone.now()),
        organisations=offer_organisations(),
        initial=initial,
        only_finds=not holds_post_for(member, Action.CASE_INTAKE),
    )


def _render(
    request: HttpRequest, member: Member, form: EntryForm, *, status: int = 200
) -> HttpResponse:
    street = next((post.street_code for post in member.appointments if post.street_code), "")
    words = {"page_kind": "desk", "form": form, "areas_url": address_of_grids(street)}
    return render(request, "desk/entry.html", words, status=status)
