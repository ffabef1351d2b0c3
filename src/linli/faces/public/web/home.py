"""The start page: report, track; in the demonstration also the people to act as."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.faces.public.terms import ROLE_TASKS
from linli.ground.people import queries as people
from linli.ground.people.terms import Role

# Where a role's work begins, when it is not the desk.
BEGINNINGS = {Role.RESIDENT: "/report", Role.KEEPER: "/admin/"}


@dataclass(frozen=True, kw_only=True)
class RoleCard:
    """One of the demonstration's people, with what they do and where they begin."""

    login: str
    name: str
    role: str
    task: str
    next: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the start page."""
    context = {
        "reopen_days": settings.REOPEN_WITHIN_DAYS,
        "role_cards": role_cards() if settings.DEMONSTRATION else [],
    }
    return render(request, "public/home.html", context)


def role_cards() -> list[RoleCard]:
    """Give one card a role, in the order of the roles, residents first."""
    first: dict[Role, RoleCard] = {}
    for person in people.list_demonstration_accounts():
        first.setdefault(
            person.role,
            RoleCard(
                login=person.login,
                name=person.name,
                role=person.role.label,
                task=ROLE_TASKS[person.role],
                next=BEGINNINGS.get(person.role, "/desk/"),
            ),
        )
    return [first[role] for role in Role if role in first]
