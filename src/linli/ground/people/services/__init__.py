"""Commands of the people room."""

from __future__ import annotations

from .accounts import (
    act_as_demonstration_account,
    choose_language,
    open_account,
    sign_out,
    sign_out_everywhere,
    switch_large_type,
)
from .appointments import appoint, end_appointment
from .looks import export_holdings, open_person

__all__ = [
    "act_as_demonstration_account",
    "appoint",
    "choose_language",
    "end_appointment",
    "export_holdings",
    "open_account",
    "open_person",
    "sign_out",
    "sign_out_everywhere",
    "switch_large_type",
]
