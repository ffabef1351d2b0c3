"""Catalogue and list of responsibilities at the desk: in force on a day, and version by version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.keeping import KeepForm
from linli.faces.desk.kept import Names, line_of_compared
from linli.faces.desk.matters import MATTER_WORDS
from linli.faces.desk.offers import in_english, name_category
from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action, Member
from linli.programmes.keeping.queries.drafts import list_drafts
from linli.programmes.keeping.queries.parents import (
    list_parent_changes,
    list_parent_versions,
    list_stances,
)
from linli.programmes.keeping.queries.rights import may_keep
from linli.programmes.keeping.queries.versions import (
    compare_days,
    list_calendar_versions,
    list_category_history,
)
from linli.programmes.keeping.services.parents import keep_as_it_is
from linli.programmes.keeping.terms import FIELD_LABELS, Matter
from linli.spine.cases.catalogue_terms import (
    CHECKED_BY_LABELS,
    KIND_LABELS,
    RESPONSIBILITY_LABELS,
    CategoryView,
    ResponsibilityKind,
)
from linli.spine.cases.queries.catalogue import list_categories, list_category_days
from linli.spine.cases.queries.responsibilities import list_versions, list_written_items
from linli.spine.cases.queries.words import limit_words

from .keeping import list_open_drafts

_ONE_DAY = timedelta(days=1)
MOST_ASKED = 60


@require_GET
@staff_page(Action.KEEPING_READ)
def show_catalogue(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the categories in force on a day, kind by kind and class by class, and the drafts."""
    today = timezone.localdate()
    on = read_day(request.GET.get("on", ""), today)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_ASKED]
    found = [one for one in list_categories(on=on) if _fits(one, asked)]
    words = {
        "page_kind": "desk",
        "on": on,
        "is_today": on == today,
        "asked": asked,
        "count": len(found),
        "kinds": _tree(found),
        **drafts_of(member, Matter.CATALOGUE),
    }
    return render(request, "desk/keeping/catalogue.html", words)


def read_day(typed: str, otherwise: date) -> date:
    """Read a day out of an address."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return otherwise


def _fits(one: CategoryView, asked: str) -> bool:
    held = f"{one.key} {one.name} {one.name_en} {one.aliases} {one.initials}".casefold()
    return asked.casefold() in held


def _tree(found: Iterable[CategoryView]) -> list[dict[str, Any]]:
    """Put categories under their class, and classes under their kind, in the catalogue's order."""
    kinds: dict[str, dict[str, Any]] = {}
    english = in_english()
    for one in sorted(found, key=lambda one: list(KIND_LABELS).index(one.kind)):
        kind = kinds.setdefault(one.kind, {"label": KIND_LABELS[one.kind], "majors": {}})
        major = kind["majors"].setdefault(
            one.major_key,
            {
                "code": one.major_code,
                "name": (one.major_name_en if english else "") or one.major_name,
                "categories": [],
            },
        )
        major["categories"].append(say_category(one))
    return [{**kind, "majors": list(kind["majors"].values())} for kind in kinds.values()]


def say_category(one: CategoryView) -> dict[str, Any]:
    """Say one version of a category in the language of the page."""
    english = in_english()
    return {
        "view": one,
        "name": name_category(one),
        "limit": limit_words(Limit(one.limit_amount, Unit(one.limit_unit))),
        "checked_by": CHECKED_BY_LABELS[one.checked_by],
        "filing": (one.filing_condition_en if english else "") or one.filing_condition,
        "closing": (one.closing_condition_en if english else "") or one.closing_condition,
    }


def drafts_of(member: Member, matter: Matter) -> dict[str, Any]:
    """Give the drafts of a matter, and the one the member would write into."""
    street = street_of(member)
    drafts = list_drafts(matter=matter, street_code=street)
    mine = list_open_drafts(member, matter) if holds_post_for(member, Action.KEEPING_DRAFT) else []
    return {
        "matter": matter,
        "about": MATTER_WORDS[matter],
        "drafts": drafts,
        "drafters": list_account_names({one.drafted_by_id for one in drafts}),
        "writable": mine,
        "may_draft": may_keep(member, Action.KEEPING_DRAFT, matter, street),
        "now": timezone.now(),
    }


@require_GET
@staff_page(Action.KEEPING_READ)
def show_category(request: HttpRequest, member: Member, entry: str) -> HttpResponse:
    """Show every version of one category, with what each changed.

    Raises:
        Http404: no category has ever had this key.
    """
    history = list_category_history(entry)
    if not history:
        raise Http404
    names = Names(street_of(member))
    words = {
        "page_kind": "desk",
        "entry": entry,
        "newest": say_category(history[0][0]),
        "versions": [
            {
                **say_category(view),
                "line": line_of_compared(compared, names=names) if compared else None,
                "successor": names.category(view.successor_key) if view.successor_key else "",
            }
            for view, compared in history
        ],
        "today": timezone.localdate(),
        **drafts_of(member, Matter.CATALOGUE),
    }
    return render(request, "desk/keeping/category.html", words)


@require_GET
@staff_page(Action.KEEPING_READ)
def show_list(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the list of responsibilities in force on a day, by kind, and the drafts."""
    today = timezone.localdate()
    on = read_day(request.GET.get("on", ""), today)
    street = street_of(member)
    items = list_written_items(street_code=street, on=on)
    names = Names(street)
    lines = [_item_line(one, names) for one in items]
    words = {
        "page_kind": "desk",
        "on": on,
        "is_today": on == today,
        "count": len(lines),
        "groups": [
            {"label": RESPONSIBILITY_LABELS[kind], "lines": held}
            for kind in ResponsibilityKind
            if (held := [one for one in lines if one["kind"] == kind])
        ],
        "versions": list_versions(street_code=street),
        "waiting": len(list_parent_changes(street_code=street, on=today)),
        **drafts_of(member, Matter.LIST),
    }
    return render(request, "desk/keeping/list.html", words)


def _item_line(item: Any, names: Names) -> dict[str, Any]:
    english = in_english()
    return {
        "item_no": item.item_no,
        "kind": item.kind,
        "title": (item.title_en if english else "") or item.title,
        "lead": names.say("lead", item.lead),
        "helpers": names.say("helpers", item.helpers),
        "covers": names.say("categories", item.categories),
        "majors": names.say("majors", item.majors),
        "area": names.say("area", item.area),
        "basis": (item.basis_en if english else "") or item.basis,
        "parent_no": item.parent_no,
    }


@require_GET
@staff_page(Action.KEEPING_READ)
def compare_versions(request: HttpRequest, member: Member, matter: str) -> HttpResponse:
    """Show two versions side by side: what came, what ended, what reads otherwise.

    Raises:
        Http404: neither catalogue, list nor calendar.
    """
    if matter not in set(Matter):
        raise Http404
    kept, street = Matter(matter), street_of(member)
    days = _days(kept, street)
    today = timezone.localdate()
    after = read_day(request.GET.get("after", ""), days[0][0] if days else today)
    earlier = next((day for day, _name in days if day < after), after - _ONE_DAY)
    before = read_day(request.GET.get("before", ""), earlier)
    found = compare_days(matter=kept, street_code=street, before=before, after=after)
    names = Names(street)
    words = {
        "page_kind": "desk",
        "matter": kept,
        "about": MATTER_WORDS[kept],
        "days": days,
        "before": before,
        "after": after,
        "lines": [line_of_compared(one, names=names) for one in found],
    }
    return render(request, "desk/keeping/compare.html", words)


def _days(matter: Matter, street: str) -> list[tuple[date, str]]:
    """List the days on which a version began, the latest first, with its name."""
    if matter is Matter.CATALOGUE:
        return [(day, "") for day in list_category_days()]
    if matter is Matter.CALENDAR:
        found = [
            (one.effective_on, one.title) for one in list_calendar_versions(street_code=street)
        ]
        return [*found, (found[-1][0] - _ONE_DAY, gettext("修订以前"))] if found else []
    return [(one.effective_from, one.version) for one in list_versions(street_code=street)]


@require_GET
@staff_page(Action.KEEPING_READ)
def show_parent(request: HttpRequest, member: Member) -> HttpResponse:
    """Show what the parent list changed since it was last considered, and what was decided."""
    return _render_parent(request, member)


@require_POST
@staff_page(Action.KEEPING_DRAFT)
def keep(request: HttpRequest, member: Member) -> HttpResponse:
    """Keep the local wording of an item although the parent list has changed, with a reason."""
    number = request.POST.get("parent_no", "")[:20]
    form = KeepForm(request.POST, number=number)
    if form.is_valid():
        try:
            keep_as_it_is(
                street_code=street_of(member),
                parent_no=number,
                reason=form.cleaned_data["reason"],
                member=member,
                at=timezone.now(),
            )
            messages.success(request, gettext("记下了：保留本地写法。"))
            return HttpResponseRedirect(reverse("desk:parent_list"))
        except Refusal as refusal:
            if refusal.code == "keeping.not_yours":
                return refuse_by_action(request, Action.KEEPING_DRAFT)
            form.blame(refusal)
    return _render_parent(request, member, held=(number, form), status=422)


def _render_parent(
    request: HttpRequest,
    member: Member,
    *,
    held: tuple[str, KeepForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    street, today = street_of(member), timezone.localdate()
    changes = list_parent_changes(street_code=street, on=today)
    stances = list_stances(street_code=street)
    words = {
        "page_kind": "desk",
        "versions": list_parent_versions(),
        "lines": [
            {
                "change": one,
                "fields": [_parent_field(one, name) for name in one.fields],
                "form": held[1]
                if held and held[0] == one.parent_no
                else KeepForm(number=one.parent_no),
            }
            for one in changes
        ],
        "stances": stances,
        "people": list_account_names({one.decided_by_id for one in stances}),
        **drafts_of(member, Matter.LIST),
    }
    return render(request, "desk/keeping/parent.html", words, status=status)


def _parent_field(change: Any, name: str) -> dict[str, str]:
    return {
        "label": FIELD_LABELS[name],
        "before": getattr(change.before, name) if change.before else "",
        "after": getattr(change.after, name) if change.after else "",
    }
