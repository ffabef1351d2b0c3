"""What the cells of a form stand for: the sheet as a table, each cell opened and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.filters import Choices
from linli.faces.desk.forms.returns import CellForm, key_value, major_value, written
from linli.faces.desk.offers import in_english, name_category
from linli.faces.desk.returned import Mapped, find_sheet, lay_out
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.ground.territory.locator import list_refs
from linli.ground.territory.terms import AreaKind, prefix_of
from linli.programmes.returns.queries.forms import list_mappings, list_proposals, open_workbook
from linli.programmes.returns.rules.cells import read_cell
from linli.programmes.returns.rules.labels import read_labels
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.rules.workbook import FormCell, FormSheet
from linli.programmes.returns.services.mapping import (
    map_cell,
    map_proposed,
    place_mapping,
    unmap_cell,
)
from linli.programmes.returns.terms import FormView, MappingView, Proposal, Target
from linli.spine.cases.queries.catalogue import list_categories

from .returns import open_form

MOST_NAME = 31


@require_GET
@staff_page(Action.RETURN_READ)
def show_cells(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Show a sheet with what its cells stand for; a chosen cell is said beside it."""
    view = open_form(form_id, member)
    return _render(request, member, view, cell=request.GET.get("cell", "")[:10].upper())


@require_POST
@staff_page(Action.RETURN_KEEP)
def map_one(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Say what a cell stands for; what is refused stands beside its field."""
    view = open_form(form_id, member)
    form = _form(view, typed=request)
    if form.is_valid():
        try:
            map_cell(
                form_id=form_id,
                sheet=form.cleaned_data["sheet"],
                cell=form.cleaned_data["cell"],
                target=form.read(),
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            said = gettext("%(cell)s 已经对应好。") % {"cell": form.cleaned_data["cell"].upper()}
            messages.success(request, said)
            goes_on = "next" in request.POST
            following = _next_cell(view, form.cleaned_data) if goes_on else ""
            return _back(form_id, form.cleaned_data["sheet"], cell=following)
    cell = request.POST.get("cell", "")[:10].upper()
    return _render(request, member, view, cell=cell, form=form, status=422)


@require_POST
@staff_page(Action.RETURN_KEEP)
def accept_proposals(request: HttpRequest, member: Member, form_id: int) -> HttpResponse:
    """Take every proposal at once."""

    def act() -> str:
        taken = map_proposed(form_id=form_id, member=member, at=timezone.now())
        return gettext("按表头对应了 %(count)s 格，请核对一遍。") % {"count": taken}

    return _do(request, form_id, act)


@require_POST
@staff_page(Action.RETURN_KEEP)
def unmap_one(request: HttpRequest, member: Member, form_id: int, mapping_id: int) -> HttpResponse:
    """Let a cell stand for nothing."""

    def act() -> str:
        unmap_cell(form_id=form_id, mapping_id=mapping_id, member=member, at=timezone.now())
        return gettext("已取消，这一格以后不填。")

    return _do(request, form_id, act)


@require_POST
@staff_page(Action.RETURN_KEEP)
def place_one(request: HttpRequest, member: Member, form_id: int, mapping_id: int) -> HttpResponse:
    """Say where a cell lies in the new version."""

    def act() -> str:
        cell = request.POST.get("cell", "")[:10].upper()
        place_mapping(
            form_id=form_id, mapping_id=mapping_id, cell=cell, member=member, at=timezone.now()
        )
        return gettext("%(cell)s 已经对应好。") % {"cell": cell}

    return _do(request, form_id, act)


def _do(request: HttpRequest, form_id: int, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    return _back(form_id, request.POST.get("sheet", "")[:MOST_NAME])


def _back(form_id: int, sheet: str, *, cell: str = "") -> HttpResponse:
    address = reverse("desk:return_cells", args=[form_id])
    if cell:
        asked = urlencode({"sheet": sheet, "cell": cell})
        return HttpResponseRedirect(f"{address}?{asked}#chosen")
    return HttpResponseRedirect(f"{address}?{urlencode({'sheet': sheet})}" if sheet else address)


def _next_cell(view: FormView, given: Mapping[str, str]) -> str:
    """Find the next cell, row by row, that stands between words and for nothing yet."""
    sheet = find_sheet(open_workbook(form=view), given["sheet"])
    mappings = list_mappings(version_id=view.version.id)
    taken = {one.cell for one in mappings if one.is_placed and one.sheet == sheet.name}
    here = read_cell(given["cell"])
    for place, cell in sorted(sheet.cells.items()):
        if place > here and cell.name not in taken and _is_asked(sheet, cell):
            return cell.name
    return ""


def _is_asked(sheet: FormSheet, cell: FormCell) -> bool:
    if cell.is_formula or cell.is_label:
        return False
    labels = read_labels(sheet, cell.row, cell.column)
    return bool(labels.row and labels.column)


def _render(
    request: HttpRequest,
    member: Member,
    view: FormView,
    *,
    cell: str,
    form: CellForm | None = None,
    status: int = 200,
) -> HttpResponse:
    book = open_workbook(form=view)
    asked = request.POST.get("sheet") or request.GET.get("sheet", "")
    sheet = find_sheet(book, asked)
    mappings = list_mappings(version_id=view.version.id)
    placed = {(one.sheet, one.cell): one for one in mappings if one.is_placed}
    proposals = {(one.sheet, one.cell): one for one in list_proposals(form=view, book=book)}
    may_keep = holds_post_for(member, Action.RETURN_KEEP) and view.stopped_at is None
    mapped = Mapped(
        mappings=placed,
        proposals=proposals,
        chosen=cell,
        address=lambda name: f"?{urlencode({'sheet': sheet.name, 'cell': name})}#chosen",
    )
    chosen = _chosen(sheet, cell, placed, proposals)
    if may_keep and form is None:
        form = _form(view, sheet=sheet.name, cell=cell, target=chosen.get("target"))
    words = {
        "page_kind": "desk",
        "view": view,
        "book": book,
        "sheet": lay_out(sheet, mapped.show),
        "waiting": [one for one in mappings if not one.is_placed],
        "proposed": len(proposals),
        "form": form,
        "cell": cell,
        "chosen": chosen,
        "may_keep": may_keep,
    }
    return render(request, "desk/returns/cells.html", words, status=status)


def _chosen(
    sheet: FormSheet,
    cell: str,
    placed: dict[tuple[str, str], MappingView],
    proposals: dict[tuple[str, str], Proposal],
) -> dict[str, object]:
    """Gather what the page says of the chosen cell."""
    if not cell:
        return {}
    try:
        found = sheet.check_target(cell)
    except UnableToReturn as refusal:
        return {"refused": refusal.words(gettext)}
    mapping, proposal = placed.get((sheet.name, cell)), proposals.get((sheet.name, cell))
    return {
        "labels": read_labels(sheet, found.row, found.column),
        "mapping": mapping,
        "proposal": proposal,
        "target": mapping.target if mapping else proposal.target if proposal else None,
    }


def _form(
    view: FormView,
    *,
    typed: HttpRequest | None = None,
    sheet: str = "",
    cell: str = "",
    target: object = None,
) -> CellForm:
    said = written(target) if isinstance(target, Target) else {}
    return CellForm(
        typed.POST if typed else None,
        areas=_areas(view.street_code),
        categories=_categories(),
        initial={"sheet": sheet, "cell": cell, **said},
    )


def _areas(street_code: str) -> Choices:
    found: list[tuple[str, object]] = [("", gettext("全街道"))]
    for community in list_refs(AreaKind.COMMUNITY, prefix_of(street_code)):
        grids = list_refs(AreaKind.GRID, prefix_of(community.code))
        name = (in_english() and community.name_en) or community.name
        rows = [(one.code, (in_english() and one.name_en) or one.name) for one in grids]
        found.append(
            (name, [(community.code, gettext("%(name)s（全部）") % {"name": name}), *rows])
        )
    return found


def _categories() -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in list_categories():
        major = (in_english() and one.major_name_en) or one.major_name
        whole = gettext("%(major)s（整类）") % {"major": major}
        rows = groups.setdefault(major, [(major_value(one.major_code), whole)])
        rows.append((key_value(one.key), name_category(one)))
    return [("", gettext("全部类别")), *groups.items()]
