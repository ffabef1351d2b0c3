"""Reads of the room; those of the catalogue stand in `queries.catalogue` and `queries.routing`."""

from __future__ import annotations

from .case import allowed_actions, case_photos, find_case_id, get_case, may_open_reporter
from .clocks import clock_words, explain_in_words
from .history import timeline
from .lists import list_cases, my_work
from .nearby import find_duplicates
from .public import find_by_code, list_my_reports, may_see_photo, public_case

__all__ = [
    "allowed_actions",
    "case_photos",
    "clock_words",
    "explain_in_words",
    "find_by_code",
    "find_case_id",
    "find_duplicates",
    "get_case",
    "list_cases",
    "list_my_reports",
    "may_open_reporter",
    "may_see_photo",
    "my_work",
    "public_case",
    "timeline",
]
