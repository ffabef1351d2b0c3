"""What appears beside a call while it is typed: the caller's matters, answers, categories."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.forms.intake import read_words
from linli.faces.desk.offers import address_of_grids, name_category
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.queries import search_answers
from linli.programmes.hotline.rules.answers import pairs
from linli.programmes.hotline.rules.calls import point_of
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import list_categories, search_categories
from linli.spine.cases.queries.nearby import find_duplicates
from linli.spine.cases.services.callers import look_up_caller
from linli.spine.cases.terms import Duplicate

MOST_CATEGORIES = 8
MOST_SUGGESTED = 4


@require_POST
@staff_page(Action.CALL_TAKE)
def show_caller(request: HttpRequest, member: Member) -> HttpResponse:
    """List what this number has reported; the look is logged."""
    now = timezone.now()
    phone = request.POST.get("caller", "")
    matters = look_up_caller(phone=phone, member=member, at=now)
    words = {"matters": matters, "now": now, "is_asked": bool(phone.strip())}
    answer = render(request, "desk/intake/caller.html", words)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@staff_page(Action.CALL_TAKE)
def show_answers(request: HttpRequest, member: Member) -> HttpResponse:
    """Search the library for what may be read out."""
    words = read_words(request.POST)
    asked = words.kind == "question" and bool(words.text.strip())
    text = words.text if asked else ""
    found = search_answers(text=text, member=member, at=timezone.now())
    return render(request, "desk/intake/answers.html", {"answers": found, "asked": asked})


@require_POST
@staff_page(Action.CALL_TAKE)
def show_near(request: HttpRequest, member: Member) -> HttpResponse:
    """List likely duplicates of what is being typed."""
    words = {"duplicates": _duplicates(request), "now": timezone.now()}
    return render(request, "desk/intake/near.html", words)


@require_GET
@staff_page(Action.CALL_TAKE)
def show_map(request: HttpRequest, member: Member) -> HttpResponse:
    """Give the map to point at, when somebody asks for it."""
    street = next((post.street_code for post in member.appointments if post.street_code), "")
    return render(request, "desk/intake/map.html", {"areas_url": address_of_grids(street)})


@require_POST
@staff_page(Action.CALL_TAKE)
def show_categories(request: HttpRequest, member: Member) -> HttpResponse:
    """List categories by words, code or initials; before anything is typed, by the call's words."""
    words = read_words(request.POST)
    on = timezone.localdate()
    wanted = words.category_name.strip()[:60]
    found = (
        search_categories(text=wanted, on=on, limit=MOST_CATEGORIES)
        if wanted
        else suggest_categories(text=words.text, on=on)
    )
    named = [(one.key, one.code, name_category(one)) for one in found]
    shown = {"categories": named, "wanted": wanted}
    return render(request, "desk/intake/categories.html", shown)


def suggest_categories(*, text: str, on: date) -> list[CategoryView]:
    """Suggest the categories whose names share most with what the caller said."""
    said = pairs(text)
    scored = [
        (len(said & pairs(f"{one.name}，{one.aliases}")), one) for one in list_categories(on=on)
    ]
    best = sorted((row for row in scored if row[0]), key=lambda row: -row[0])
    return [one for _score, one in best[:MOST_SUGGESTED]]


def _duplicates(request: HttpRequest) -> list[Duplicate]:
    words = read_words(request.POST)
    try:
        point = point_of(words)
    except Refusal:
        return []
    if point is None:
        return []
    return find_duplicates(
        category_key=words.category,
        lon=point.lon,
        lat=point.lat,
        at=timezone.now(),
        public_only=False,
    )
