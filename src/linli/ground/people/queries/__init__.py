"""Reads of the people room; only frozen dataclasses leave it."""

from __future__ import annotations

from .members import (
    find_account_id,
    find_member,
    get_account_name,
    list_account_ids,
    list_account_names,
    list_accounts_of,
    list_demonstration_accounts,
    load_member,
    local_date,
    member_of_account,
)
from .organisations import find_organisation, get_organisation, list_organisations
from .persons import (
    appointment_view,
    find_person_line,
    find_person_target,
    get_person,
    list_leaders,
    list_looks,
    own_holdings,
)
from .search import search_organisations, search_persons

__all__ = [
    "appointment_view",
    "find_account_id",
    "find_member",
    "find_organisation",
    "find_person_line",
    "find_person_target",
    "get_account_name",
    "get_organisation",
    "get_person",
    "list_account_ids",
    "list_account_names",
    "list_accounts_of",
    "list_demonstration_accounts",
    "list_leaders",
    "list_looks",
    "list_organisations",
    "load_member",
    "local_date",
    "member_of_account",
    "own_holdings",
    "search_organisations",
    "search_persons",
]
