"""Commands of the notices room."""

from __future__ import annotations

from .calling import acknowledge, call_again, settle_alerts
from .choosing import choose_quiet, choose_ways
from .quieting import change_quiet
from .telling import forget_old, mark_read, tell, told_within_only

__all__ = [
    "acknowledge",
    "call_again",
    "change_quiet",
    "choose_quiet",
    "choose_ways",
    "forget_old",
    "mark_read",
    "settle_alerts",
    "tell",
    "told_within_only",
]
