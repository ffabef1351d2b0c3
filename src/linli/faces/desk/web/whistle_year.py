"""The year of whistles by organisation: each number opens the list it counts; nothing is ranked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.whistle_filters import read_filters
from linli.ground.people.terms import Action, Member
from linli.programmes.whistle.queries.lists import list_year, list_years, year_of


@require_GET
@staff_page(Action.WHISTLE_READ)
def show_year(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the year by organisation, by name; those who are called see their own line."""
    this_year = year_of(timezone.now())
    year = read_filters(request.GET).year or this_year
    words = {
        "page_kind": "desk",
        "year": year,
        "years": sorted({*list_years(member=member), this_year}, reverse=True),
        "lines": list_year(member=member, year=year),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
    }
    return render(request, "desk/whistle/year.html", words)
