"""Who ever held a post in an area, and what accounts and persons are called; for oversight."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from linli.ground.people.models import Account, Person
from linli.ground.people.terms import Scope


def list_staff_ever(scope: Scope) -> list[int] | None:
    """List the accounts of all who ever held a post within a scope; None for everybody."""
    if scope.all:
        return None
    held = Q(pk__in=[])
    for prefix in scope.area_prefixes:
        held |= Q(person__appointments__area__code__startswith=prefix)
        held |= Q(person__appointments__organisation__area__code__startswith=prefix)
    rows = Account.objects.filter(held).order_by("id").distinct()
    return list(rows.values_list("id", flat=True))


def find_accounts_called(words: str, *, limit: int = 200) -> list[int]:
    """Find accounts by login or any part of the person's name."""
    called = Q(login=words) | Q(person__name__contains=words)
    rows = Account.objects.filter(called).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


def list_person_names(person_ids: Iterable[int]) -> dict[int, str]:
    """Say what these persons are called, in one statement."""
    ids = list(person_ids)
    return dict(Person.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
