"""Who is on the roster on a day, from which department, and what the departments may do."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from linli.ground.people.queries import list_organisations
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, OrganisationKind, OrganisationRef
from linli.ground.territory.queries import get_area
from linli.programmes.enforcement.models import Power, Secondment
from linli.programmes.enforcement.queries.names import either, name_of
from linli.programmes.enforcement.terms import Kind, MeasureKind, PowerView, SecondmentView


def list_teams(*, member: Member, right: Right = Right.ENFORCEMENT_READ) -> list[OrganisationRef]:
    """List the teams a right of a member reaches: their own, or those of their street."""
    scope = reach(member, right)
    teams = list_organisations(kinds=[OrganisationKind.JOINT_TEAM])
    prefixes = scope.area_prefixes
    return [
        team
        for team in teams
        if scope.all
        or team.id in scope.organisation_ids
        or (team.area_id and prefixes and get_area(team.area_id).code.startswith(prefixes))
    ]


def list_roster(*, team_id: int, on: date | None = None) -> list[SecondmentView]:
    """List a team's roster by home department and name.

    Args:
        on: only those there on this day; without it everybody, those gone last.
    """
    rows = Secondment.objects.filter(team_id=team_id).select_related("person", "home")
    if on is not None:
        there = Q(seconded_until=None) | Q(seconded_until__gte=on)
        rows = rows.filter(there, seconded_from__lte=on)
    return [_view(row) for row in rows.order_by("home__code", "person__name", "id")]


def list_powers(*, kind: Kind | None = None, department_id: int | None = None) -> list[PowerView]:
    """List what departments may do, by department."""
    rows = Power.objects.filter(is_active=True).select_related("department")
    if kind is not None:
        rows = rows.filter(operation_kind=kind.value)
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    return [
        PowerView(
            id=row.pk,
            department_id=row.department_id,
            department_name=name_of(row.department),
            title=either(row.title, row.title_en),
            basis=either(row.basis, row.basis_en),
            measures=tuple(MeasureKind(one) for one in row.measures),
        )
        for row in rows.order_by("department__code", "id")
    ]


def _view(row: Secondment) -> SecondmentView:
    return SecondmentView(
        id=row.pk,
        person_id=row.person_id,
        name=row.person.name,
        team_id=row.team_id,
        home_id=row.home_id,
        home_name=name_of(row.home),
        badge_number=row.badge_number,
        is_officer=row.is_officer,
        seconded_from=row.seconded_from,
        seconded_until=row.seconded_until,
    )
