"""One category or item written into a draft: revised, added, or ended with a successor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.forms.keeping import CategoryForm, EndForm, ItemForm, ItemOffers
from linli.faces.desk.kept import Names, line_of_change, name_of_entry
from linli.faces.desk.matters import MATTER_WORDS
from linli.faces.desk.offers import HANDLERS, name_category, name_organisation
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names, list_organisations
from linli.ground.people.terms import Action, Member
from linli.programmes.keeping.queries.drafts import find_held, get_draft, list_entries
from linli.programmes.keeping.queries.parents import find_parent_change
from linli.programmes.keeping.services.drafting import put_change
from linli.programmes.keeping.services.parents import adopt_parent_change
from linli.programmes.keeping.terms import (
    Change,
    DraftState,
    DraftView,
    Matter,
    Op,
    ParentChange,
    Value,
)
from linli.spine.cases.catalogue_terms import CategoryKind, ResponsibilityKind, category_key
from linli.spine.cases.queries.catalogue import list_categories

from .keeping import draft_to_write, number_in
from .keeping_calendar import end_day, write_day

_NEW_CATEGORY: Mapping[str, Value] = {"is_public": True, "checked_by": "spot"}
NEW = "new"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.KEEPING_DRAFT)
def write_entry(request: HttpRequest, member: Member, revision_id: int, entry: str) -> HttpResponse:
    """Write one category or item into a draft; refused, what was typed stays.

    Args:
        entry: key of a category, number of an item, or `new`.

    Raises:
        Http404: no such draft, category or item.
    """
    draft = draft_to_write(member, revision_id)
    if draft is None:
        return refuse_by_action(request, Action.KEEPING_DRAFT)
    if draft.matter is Matter.CALENDAR:
        return write_day(request, member, draft, entry)
    parent = _parent(draft, request.GET.get("adopt", ""))
    if request.method != "POST":
        return _render(request, draft, entry, _form(draft, entry, parent), parent=parent)
    form = _form(draft, entry, parent, typed=request.POST)
    if form.is_valid() and _write(draft, entry, form, parent, member):
        messages.success(request, gettext("已写进草案；批准并到生效日才起作用。"))
        return HttpResponseRedirect(reverse("desk:revision", args=[revision_id]))
    fresh = get_draft(revision_id)
    return _render(request, fresh, entry, form, parent=parent, status=422)


@require_POST
@staff_page(Action.KEEPING_DRAFT)
def end_entry(request: HttpRequest, member: Member, revision_id: int, entry: str) -> HttpResponse:
    """End one category or item on the draft's day.

    Raises:
        Http404: no such draft, category or item.
    """
    draft = draft_to_write(member, revision_id)
    if draft is None:
        return refuse_by_action(request, Action.KEEPING_DRAFT)
    form = EndForm(request.POST, seen=_seen(draft, entry))
    if draft.matter is Matter.CALENDAR:
        return end_day(request, member, draft, entry, form)
    if form.is_valid():
        change = Change(key=entry, op=Op.END, successor=form.cleaned_data["successor"].strip())
        seen = number_in(request.POST.get("seen", ""))
        try:
            put_change(
                draft_id=draft.id, change=change, seen=seen, member=member, at=timezone.now()
            )
            return HttpResponseRedirect(reverse("desk:revision", args=[revision_id]))
        except Refusal as refusal:
            form.blame(refusal)
    fresh = get_draft(revision_id)
    return _render(request, fresh, entry, _form(fresh, entry, None), ending=form, status=422)


def _write(
    draft: DraftView,
    entry: str,
    form: CategoryForm | ItemForm,
    parent: ParentChange | None,
    member: Member,
) -> bool:
    key = _key_typed(form) if entry == NEW else entry
    held = _held(draft, key) if entry != NEW else None
    op = Op.REVISE if held is not None else Op.ADD
    change = Change(key=key, op=op, fields=form.read())
    seen, now = form.cleaned_data["seen"] or 0, timezone.now()
    try:
        if parent is None:
            put_change(draft_id=draft.id, change=change, seen=seen, member=member, at=now)
        else:
            adopt_parent_change(
                draft_id=draft.id,
                parent_no=parent.parent_no,
                change=change,
                seen=seen,
                member=member,
                at=now,
            )
    except Refusal as refusal:
        form.blame(refusal)
        _see_anew(form, get_draft(draft.id), key, refusal)
        return False
    return True


def _see_anew(form: CategoryForm | ItemForm, draft: DraftView, key: str, refusal: Refusal) -> None:
    """Let the next try stand on what somebody else wrote, which the page now shows."""
    if refusal.code == "keeping.changed_meanwhile":
        data = cast("QueryDict", form.data).copy()
        data["seen"] = str(_seen(draft, key))
        form.data = data


def _key_typed(form: CategoryForm | ItemForm) -> str:
    typed = form.cleaned_data[form.key_field]
    is_category = isinstance(form, CategoryForm)
    return category_key(CategoryKind.LOCAL, typed.strip()) if is_category else str(typed)


def _seen(draft: DraftView, key: str) -> int:
    change = draft.find(key)
    return change.revision if change else 0


def _held(draft: DraftView, key: str) -> dict[str, Value] | None:
    return find_held(
        matter=draft.matter, street_code=draft.street_code, key=key, on=draft.effective_on
    )


def _parent(draft: DraftView, number: str) -> ParentChange | None:
    """Find what the parent list changed that is to be adopted by this entry."""
    if not number or draft.matter is not Matter.LIST:
        return None
    on = timezone.localdate()
    return find_parent_change(street_code=draft.street_code, on=on, parent_no=number[:20])


def _values(draft: DraftView, entry: str, parent: ParentChange | None) -> dict[str, Value]:
    """Give what the form begins with: in force, over it the draft, over it the parent list.

    Raises:
        Http404: no such category or item.
    """
    if entry == NEW:
        values = dict(_NEW_CATEGORY) if draft.matter is Matter.CATALOGUE else {}
    else:
        held, change = _held(draft, entry), draft.find(entry)
        if held is None and change is None:
            raise Http404
        values = {**(held or {}), **(change.fields if change else {})}
    return {**values, **_from_parent(parent)}


def _from_parent(parent: ParentChange | None) -> dict[str, Value]:
    """Give what the parent list says and can be taken over as it is."""
    if parent is None or parent.after is None:
        return {}
    found: dict[str, Value] = {"title": parent.after.title, "parent_no": parent.parent_no}
    if parent.after.basis:
        found["basis"] = parent.after.basis
    if parent.after.kind in set(ResponsibilityKind):
        found["kind"] = parent.after.kind
    return found


def _form(
    draft: DraftView,
    entry: str,
    parent: ParentChange | None,
    *,
    typed: QueryDict | None = None,
) -> CategoryForm | ItemForm:
    values, seen = _values(draft, entry, parent), _seen(draft, entry)
    is_new = entry == NEW
    if draft.matter is Matter.CATALOGUE:
        majors = {one.major_code: one for one in list_categories() if one.is_extension}
        names = Names(draft.street_code).majors
        offered = [(code, names.get(code, code)) for code in majors]
        return CategoryForm(typed, values=values, seen=seen, majors=offered, is_new=is_new)
    return ItemForm(typed, values=values, seen=seen, offered=_offers(draft), is_new=is_new)


def _offers(draft: DraftView) -> ItemOffers:
    names = Names(draft.street_code)
    categories = list_categories(on=draft.effective_on)
    majors = {one.major_key: names.majors[one.major_key] for one in categories}
    units = [(one.code, name_organisation(one)) for one in list_organisations(kinds=HANDLERS)]
    return ItemOffers(
        leads=units,
        helpers=units,
        majors=[(key, f"{name} {key}") for key, name in majors.items()],
        areas=[(code, name) for code, name in names.areas.items() if code != draft.street_code],
        categories={one.key: name_category(one) for one in categories},
    )


def _render(
    request: HttpRequest,
    draft: DraftView,
    entry: str,
    form: CategoryForm | ItemForm,
    *,
    parent: ParentChange | None = None,
    ending: EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    change = draft.find(entry)
    seen = change.revision if change else 0
    entries = list_entries(
        matter=draft.matter,
        street_code=draft.street_code,
        on=draft.lies_on,
    )
    names = Names(draft.street_code)
    words: dict[str, Any] = {
        "page_kind": "desk",
        "draft": draft,
        "about": MATTER_WORDS[draft.matter],
        "entry": entry,
        "said_entry": entry.rpartition(":")[2],
        "is_new": entry == NEW,
        "title": name_of_entry(Change(key=entry, op=Op.REVISE), entries, draft.matter),
        "form": form,
        "line": line_of_change(
            change,
            name=name_of_entry(change, entries, draft.matter),
            names=names,
            who=dict(list_account_names({change.changed_by_id})).get(change.changed_by_id, ""),
        )
        if change
        else None,
        "ending": ending or EndForm(seen=seen, successor=change.successor if change else ""),
        "may_write": draft.state is DraftState.DRAFT,
        "may_end": entry in entries,
        "parent": parent,
        "now": timezone.now(),
    }
    return render(request, "desk/keeping/entry.html", words, status=status)
