"""Reads of the notices room."""

from __future__ import annotations

from .alerts import find_alert, list_open_alerts, list_open_subjects
from .choices import choices_of, list_choices
from .notices import (
    PAGE_ROWS,
    count_unread,
    find_notice,
    list_calling,
    list_notices,
    own_holdings,
    view_of,
)
from .quiet import QuietChange, get_quiet, list_quiet_changes

__all__ = [
    "PAGE_ROWS",
    "QuietChange",
    "choices_of",
    "count_unread",
    "find_alert",
    "find_notice",
    "get_quiet",
    "list_calling",
    "list_choices",
    "list_notices",
    "list_open_alerts",
    "list_open_subjects",
    "list_quiet_changes",
    "own_holdings",
    "view_of",
]
