"""Words of the replay that processes hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What was set up in the scratch instance, by the names the file uses.

    Args:
        categories: key of each category.
        departments: organisation of each department.
        accounts: account by role of the centre.
        handlers: account by organisation.
    """

    categories: Mapping[str, str]
    departments: Mapping[str, int]
    accounts: Mapping[str, int]
    handlers: Mapping[int, int]
