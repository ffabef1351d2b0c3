"""Sessions opened without a password: they hold no post, whatever the account may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from . import queries
from .models import Account
from .terms import Member


def is_without_password(request: HttpRequest, account: Account) -> bool:
    """Say whether an account is signed in, or being so, by a code or another service alone.

    Sessions that allauth did not open (the demonstration's) have no record and are left alone.
    """
    ways = {record["method"] for record in get_authentication_records(request, account)}
    return bool(ways) and "password" not in ways


def needs_password(account: Account, at: datetime) -> bool:
    """Say whether an account may do more than a resident, so that a code alone never opens it."""
    if account.is_staff or account.is_superuser:
        return True
    return queries.member_of_account(account, at).is_staff


def member_in_session(request: HttpRequest, account: Account, at: datetime) -> Member:
    """Load who asks in this session: who came without a password asks as a resident only."""
    member = queries.member_of_account(account, at)
    if member.appointments and is_without_password(request, account):
        return replace(member, appointments=())
    return member
