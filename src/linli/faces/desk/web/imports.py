"""Tables sent to be taken over: template, upload, what was found, yes or no, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import (
    StaffView,
    View,
    ask_to_sign_in,
    holds_post_for,
    member_of,
    note_rights,
    refuse_by_action,
)
from linli.faces.desk.forms.imports import CaseUploadForm, UploadForm
from linli.faces.desk.forms.kept_imports import (
    CalendarUploadForm,
    CatalogueUploadForm,
    ListUploadForm,
    ParentUploadForm,
)
from linli.ground.kernel import imports
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.import_sheets import write_template
from linli.ground.kernel.importing import get_importer, start_check, start_import
from linli.ground.kernel.imports import ImportView, UnableToImport
from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.states import ImportState
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member, Role, Target

from .exports import XLSX


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """One kind of table that is taken over: its title (msgid), its right and its form."""

    name: str
    title: str
    right: Action
    form: type[UploadForm]


KINDS: Mapping[str, ImportKind] = {
    one.name: one
    for one in (
        ImportKind(name="cases", title=N_("案件"), right=Action.CASE_IMPORT, form=CaseUploadForm),
        ImportKind(
            name="organisations",
            title=N_("单位"),
            right=Action.ORGANISATION_IMPORT,
            form=UploadForm,
        ),
        ImportKind(
            name="catalogue",
            title=N_("事项目录的改动"),
            right=Action.KEEPING_DRAFT,
            form=CatalogueUploadForm,
        ),
        ImportKind(
            name="responsibilities",
            title=N_("职责清单的改动"),
            right=Action.KEEPING_DRAFT,
            form=ListUploadForm,
        ),
        ImportKind(
            name="calendar",
            title=N_("工作日历的改动"),
            right=Action.KEEPING_DRAFT,
            form=CalendarUploadForm,
        ),
        ImportKind(
            name="parent_list",
            title=N_("上级清单"),
            right=Action.KEEPING_DRAFT,
            form=ParentUploadForm,
        ),
    )
}


def importing_page(view: StaffView[...]) -> View[...]:
    """Open a page to members who may take over some kind of table."""
    note_rights(view, *(kind.right for kind in KINDS.values()))

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **named: Any) -> HttpResponseBase:
        member = member_of(request)
        if member is None:
            return ask_to_sign_in(request)
        if not any(holds_post_for(member, kind.right) for kind in KINDS.values()):
            return refuse_by_action(request, Action.CASE_IMPORT)
        return view(request, member, *args, **named)

    return guarded


@require_GET
@importing_page
def show_imports(request: HttpRequest, member: Member) -> HttpResponse:
    """Show what can be taken over, and what was by whom."""
    mine = _kinds(member)
    found = imports.list_imports(kinds=[kind.name for kind in mine])
    seen = [one for one in found if _may_see(member, one)]
    names = list_account_names({one.actor.account_id for one in seen if one.actor.account_id})
    words = {
        "page_kind": "desk",
        "tables": mine,
        "lines": [_line(one, names) for one in seen],
        "now": timezone.now(),
    }
    return render(request, "desk/imports.html", words)


@require_GET
@importing_page
def give_template(request: HttpRequest, member: Member, kind: str) -> HttpResponse:
    """Give the empty table of one kind with its explanations."""
    chosen = _kind(member, kind)
    if chosen is None:
        return refuse_by_action(request, KINDS[kind].right)
    importer, out = get_importer(kind), BytesIO()
    write_template(
        columns=importer.columns,
        allowed=importer.explain(at=timezone.now()),
        notes=[],
        target=out,
    )
    name = gettext("%(what)s导入模板") % {"what": gettext(chosen.title)}
    return _file(out.getvalue(), f"{name}.xlsx")


@importing_page
def send_file(request: HttpRequest, member: Member, kind: str) -> HttpResponse:
    """Take a file, and let it be checked; what was chosen and sent is kept when something lacks."""
    chosen = _kind(member, kind)
    if chosen is None:
        return refuse_by_action(request, KINDS[kind].right)
    if request.method != "POST":
        empty = chosen.form()
        empty.initial["draft"] = request.GET.get("draft", "")
        return _render_upload(request, chosen, empty)
    form = chosen.form(request.POST, request.FILES)
    is_whole = form.is_valid()
    held = _receive(form, chosen, request, member)
    if held is None or not is_whole or form.errors:
        return _render_upload(request, chosen, form, held=held, status=422)
    try:
        start_check(import_id=held.id, options=form.options())
    except UnableToImport as refusal:
        messages.warning(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:import", args=[held.id]))


@require_GET
@importing_page
def show_import(request: HttpRequest, member: Member, import_id: UUID) -> HttpResponse:
    """Show one import: how far it is, what was found, and the question whether to go on."""
    found = _find(member, import_id)
    if found is None:
        return refuse_by_action(request, Action.CASE_IMPORT, why=_not_yours())
    names = list_account_names({found.actor.account_id or 0})
    words = {
        "page_kind": "desk",
        "line": _line(found, names),
        "found": found,
        "same": imports.find_same_file(of=found),
        "is_mine": found.actor.account_id == member.account_id,
        "now": timezone.now(),
        "wrong_shown": len(found.preview.get("faulty", ())),
    }
    partly = bool(request.headers.get("HX-Request"))
    return render(request, "desk/import_found.html" if partly else "desk/import.html", words)


@require_POST
@importing_page
def decide_import(request: HttpRequest, member: Member, import_id: UUID) -> HttpResponse:
    """Let the good rows be taken, or drop the file."""
    found = _find(member, import_id)
    if found is None or found.actor.account_id != member.account_id:
        return refuse_by_action(request, Action.CASE_IMPORT, why=_not_yours())
    role = find_role(member, KINDS[found.kind].right, _target(found)) or None
    actor, now = member.actor(role=role), timezone.now()
    try:
        if request.POST.get("decision") == "yes":
            start_import(import_id=import_id, actor=actor, at=now)
        else:
            imports.drop_import(import_id=import_id, actor=actor, at=now)
            messages.success(request, gettext("没有导入，文件已经删除。"))
    except UnableToImport as refusal:
        messages.warning(request, refusal.words(gettext))
    return HttpResponseRedirect(reverse("desk:import", args=[import_id]))


@require_GET
@importing_page
def give_rest(request: HttpRequest, member: Member, import_id: UUID) -> HttpResponse:
    """Give the rows not taken, with the reasons, to the one who sent them."""
    found = _find(member, import_id)
    if found is None or found.actor.account_id != member.account_id:
        return refuse_by_action(request, Action.CASE_IMPORT, why=_not_yours())
    try:
        with imports.open_rest(import_id=import_id) as file:
            content = file.read()
    except UnableToImport as refusal:
        raise Http404(refusal.words(gettext)) from refusal
    name = f"{gettext('没有导入的行')}-{found.file_name.rpartition('.')[0] or found.file_name}.xlsx"
    return _file(content, name)


def _receive(
    form: UploadForm, kind: ImportKind, request: HttpRequest, member: Member
) -> ImportView | None:
    """Receive the file, or find the one received before."""
    file = form.cleaned_data.get("file")
    if file is None:
        return _held(form, member)
    try:
        return imports.receive_file(
            kind=kind.name,
            street_code=_street(member, kind.right),
            file_name=file.name or "",
            stream=file,
            language=get_language() or "zh-hans",
            actor=member.actor(role=_role(member, kind.right)),
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.blame(refusal)
        return None


def _held(form: UploadForm, member: Member) -> ImportView | None:
    if form.held_id is None:
        return None
    try:
        found = imports.get_import(form.held_id)
    except UnableToImport:
        return None
    is_mine = found.actor.account_id == member.account_id
    return found if is_mine and found.state is ImportState.RECEIVED else None


def _role(member: Member, right: Action) -> Role | None:
    target = Target(street_code=_street(member, right), is_complaint=False)
    return find_role(member, right, target)


def _street(member: Member, right: Action) -> str:
    """Name the sub-district of the post that gives the right."""
    codes = [post.street_code for post in member.appointments if post.street_code]
    return next(
        (c for c in codes if may(member, right, Target(street_code=c, is_complaint=False))), ""
    )


def _kinds(member: Member) -> list[ImportKind]:
    return [kind for kind in KINDS.values() if holds_post_for(member, kind.right)]


def _kind(member: Member, name: str) -> ImportKind | None:
    if name not in KINDS:
        raise Http404
    return KINDS[name] if holds_post_for(member, KINDS[name].right) else None


def _find(member: Member, import_id: UUID) -> ImportView | None:
    try:
        found = imports.get_import(import_id)
    except UnableToImport:
        return None
    return found if _may_see(member, found) else None


def _target(found: ImportView) -> Target:
    return Target(street_code=found.street_code, is_complaint=False)


def _may_see(member: Member, found: ImportView) -> bool:
    """Tell whether an import is the member's to see: its kind, and its sub-district."""
    kind = KINDS.get(found.kind)
    return kind is not None and may(member, kind.right, _target(found))


def _line(found: ImportView, names: Mapping[int, str]) -> dict[str, Any]:
    kind = KINDS[found.kind]
    role = found.actor.role
    return {
        "found": found,
        "title": kind.title,
        "who": names.get(found.actor.account_id or 0, ""),
        "role": Role(role).label if role in set(Role) else "",
    }


def _render_upload(
    request: HttpRequest,
    kind: ImportKind,
    form: UploadForm,
    *,
    held: ImportView | None = None,
    status: int = 200,
) -> HttpResponse:
    words = {"page_kind": "desk", "table": kind, "form": form, "held": held}
    return render(request, "desk/import_upload.html", words, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    header = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["Content-Disposition"] = header
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _not_yours() -> str:
    return gettext("没有这次导入，或者不归您看。")
