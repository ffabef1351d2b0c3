"""The roster of the joint team, by home department."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.forms.enforcement import SecondForm
from linli.faces.desk.offers import name_organisation
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries import list_organisations
from linli.ground.people.queries.holders import list_post_holders
from linli.ground.people.terms import Action, Member, OrganisationKind, OrganisationRef
from linli.programmes.enforcement.queries.roster import list_roster, list_teams
from linli.programmes.enforcement.services.roster import end_secondment, second
from linli.programmes.enforcement.terms import SecondmentInput

HOMES = (OrganisationKind.DEPARTMENT, OrganisationKind.UTILITY, OrganisationKind.STREET_OFFICE)


@require_GET
@staff_page(Action.ENFORCEMENT_READ)
def show_roster(request: HttpRequest, member: Member) -> HttpResponse:
    """Show who serves in the team, from which department, until when."""
    return _render(request, member)


@require_POST
@staff_page(Action.ENFORCEMENT_ROSTER)
def add_line(request: HttpRequest, member: Member) -> HttpResponse:
    """Put somebody on the roster."""
    team = _team(member, Action.ENFORCEMENT_ROSTER)
    if team is None:
        return refuse_by_action(request, Action.ENFORCEMENT_ROSTER)
    form = _form(team, request.POST)
    if not form.is_valid():
        return _render(request, member, form=form, status=422)
    try:
        second(
            said=SecondmentInput(team_id=team.id, **form.cleaned_data),
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.blame(refusal)
        return _render(request, member, form=form, status=422)
    messages.success(request, gettext("已列入名册。"))
    return HttpResponseRedirect(reverse("desk:roster"))


@require_POST
@staff_page(Action.ENFORCEMENT_ROSTER)
def end_line(request: HttpRequest, member: Member, secondment_id: int) -> HttpResponse:
    """Let somebody go back to the home department."""
    now = timezone.now()
    try:
        last_on = parse_date(request.POST.get("last_on", "")) or timezone.localdate(now)
        end_secondment(secondment_id=secondment_id, last_on=last_on, member=member, at=now)
    except (Refusal, ValueError) as fault:
        told = fault.words(gettext) if isinstance(fault, Refusal) else gettext("日期写错了。")
        return _render(request, member, refused=told, status=422)
    messages.success(request, gettext("已写上最后一天，之后不再在名册上。"))
    return HttpResponseRedirect(reverse("desk:roster"))


def _team(member: Member, right: Action) -> OrganisationRef | None:
    return next(iter(list_teams(member=member, right=right)), None)


def _form(team: OrganisationRef, typed: QueryDict | None = None) -> SecondForm:
    holders = list_post_holders(organisation_id=team.id, on=timezone.localdate())
    homes = [(one.id, name_organisation(one)) for one in list_organisations(kinds=HOMES)]
    return SecondForm(typed, people=list(holders.items()), homes=homes)


def _render(
    request: HttpRequest,
    member: Member,
    *,
    form: SecondForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    now, own = timezone.now(), _team(member, Action.ENFORCEMENT_ROSTER)
    teams = list_teams(member=member)
    lines = list_roster(team_id=teams[0].id) if teams else []
    today = timezone.localdate(now)
    there = [one for one in lines if one.seconded_until is None or one.seconded_until >= today]
    words = {
        "page_kind": "desk",
        "team": name_organisation(teams[0]) if teams else "",
        "homes": [
            (home, list(found)) for home, found in groupby(there, key=lambda one: one.home_name)
        ],
        "count": len(there),
        "gone": [one for one in lines if one not in there],
        "form": form or (_form(own) if own else None),
        "may_change": own is not None,
        "today": today,
        "refused": refused,
    }
    return render(request, "desk/enforcement/roster.html", words, status=status)
