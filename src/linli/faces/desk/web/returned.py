"""Filled returns: the numbers in their cells, what each counts, corrections, and the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.forms.returns import CorrectionForm
from linli.faces.desk.returned import Filled, by_cell, find_sheet, lay_out, say_number
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action, Member
from linli.programmes.returns.queries.counting import Part
from linli.programmes.returns.queries.files import open_filled, write_file
from linli.programmes.returns.queries.returns import Origin, ReturnFile, get_return, open_figure
from linli.programmes.returns.rules.definitions import HOW_COUNTED
from linli.programmes.returns.services.filling import correct_figure
from linli.programmes.returns.terms import Source
from linli.spine.cases.terms.figures import Counted

from .returns import give_file

_OPENS = {
    Source.CASES: "desk:case",
    Source.CALLBACKS: "desk:callback",
    Source.WHISTLES: "desk:whistle",
    Source.CALLS: "desk:whistle",
    Source.OPERATIONS: "desk:operation",
}


@require_GET
@staff_page(Action.RETURN_READ)
def show_filled(request: HttpRequest, member: Member, return_id: int) -> HttpResponse:
    """Show a filled return: the sheet with its numbers, and where each comes from."""
    filled = _get(return_id, member)
    book = open_filled(return_id=return_id, member=member)
    sheet = find_sheet(book, request.GET.get("sheet", ""))
    shown = Filled(
        figures=by_cell(filled.figures),
        address=lambda one: reverse("desk:return_number", args=[return_id, one.id]),
    )
    changed = [one for one in filled.figures if one.has_changed]
    people = {filled.view.filled_by_id, *(one.corrected_by_id or 0 for one in filled.figures)}
    words = {
        "page_kind": "desk",
        "now": timezone.now(),
        "filled": filled,
        "view": filled.view,
        "book": book,
        "sheet": lay_out(sheet, shown.show),
        "lines": [
            {
                "one": one,
                "then": say_number(one.amount, one),
                "corrected": say_number(one.corrected, one),
                "today": say_number(one.now, one),
            }
            for one in filled.figures
        ],
        "changed": len(changed),
        "people": list_account_names(people),
        "may_fill": holds_post_for(member, Action.RETURN_FILL),
    }
    return render(request, "desk/returns/filled.html", words)


@require_GET
@staff_page(Action.RETURN_READ)
def give_filled(request: HttpRequest, member: Member, return_id: int) -> HttpResponse:
    """Give the file of the office above with the numbers in it.

    Raises:
        Http404: no such return, not for this member, or the form is gone.
    """
    try:
        with_sources = request.GET.get("sources") != "no"
        name, content = write_file(return_id=return_id, member=member, with_sources=with_sources)
    except Refusal as refusal:
        raise Http404 from refusal
    return give_file(name, content)


@require_GET
@staff_page(Action.RETURN_READ)
def show_number(
    request: HttpRequest, member: Member, return_id: int, figure_id: int
) -> HttpResponse:
    """Show what a number counts, part by part; who fills in may correct it here."""
    return _number(request, member, return_id, figure_id, CorrectionForm())


@require_POST
@staff_page(Action.RETURN_FILL)
def correct(request: HttpRequest, member: Member, return_id: int, figure_id: int) -> HttpResponse:
    """Correct a number by hand, with the reason."""
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correct_figure(
                return_id=return_id,
                figure_id=figure_id,
                amount=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            messages.success(request, gettext("已更正，表里会标出来，原来数出来的也还在。"))
            return HttpResponseRedirect(reverse("desk:filled_return", args=[return_id]))
    return _number(request, member, return_id, figure_id, form, status=422)


def _get(return_id: int, member: Member) -> ReturnFile:
    try:
        return get_return(return_id=return_id, member=member, at=timezone.now())
    except Refusal as refusal:
        raise Http404 from refusal


def _number(
    request: HttpRequest,
    member: Member,
    return_id: int,
    figure_id: int,
    form: CorrectionForm,
    *,
    status: int = 200,
) -> HttpResponse:
    try:
        found = open_figure(
            return_id=return_id,
            figure_id=figure_id,
            part=_digits(request.GET.get("part", "")),
            page=_digits(request.GET.get("page", "")) or 1,
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        raise Http404 from refusal
    figure = found.figure
    part = found.parts[found.chosen]
    words = {
        "page_kind": "desk",
        "now": timezone.now(),
        "view": found.view,
        "figure": figure,
        "then": say_number(figure.amount, figure),
        "corrected": say_number(figure.corrected, figure),
        "today": say_number(figure.now, figure),
        "parts": [
            {"at": at, "part": one, "is_chosen": at == found.chosen}
            for at, one in enumerate(found.parts)
        ],
        "part": part,
        "page": found.page,
        "lines": [(one, _address(part, one)) for one in found.page.rows],
        "people": list_account_names([figure.corrected_by_id or 0]),
        "form": form,
        "may_fill": holds_post_for(member, Action.RETURN_FILL),
        "how": HOW_COUNTED.get(figure.target.figure, ""),
        "is_weighed": _is_weighed(found),
    }
    return render(request, "desk/returns/number.html", words, status=status)


def _address(part: Part, one: Counted) -> str:
    by_id = part.source is Source.CALLBACKS
    return reverse(_OPENS[part.source], args=[one.id if by_id else one.number])


def _is_weighed(found: Origin) -> bool:
    return found.figure.target.figure.startswith("rates.")


def _digits(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 0
