"""Accounts of those in office, to be joined by other rooms."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from linli.ground.people.models import Account

from .leaving import in_office


def accounts_in_office(on: date) -> QuerySet[Account]:
    """Read the open accounts whose person holds any post on a day; lazy, to be joined by id."""
    held = in_office(on).filter(person_id=OuterRef("person_id"))
    return Account.objects.filter(Exists(held), is_active=True)
