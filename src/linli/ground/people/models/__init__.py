"""Accounts, residents and households, organisations and appointments."""

from __future__ import annotations

from .account import Account, AccountKeeper
from .appointment import Appointment, PostSettings, WayIn
from .duty import DutyDesk, DutyShift, DutySwap
from .leaving import WorkHandover, WorkHandoverLine
from .organisation import Organisation
from .person import Household, Person
from .phone_code import PhoneCode
from .sign_in import SignIn
from .stand_in import StandIn
from .token import ApiToken

__all__ = [
    "Account",
    "AccountKeeper",
    "ApiToken",
    "Appointment",
    "DutyDesk",
    "DutyShift",
    "DutySwap",
    "Household",
    "Organisation",
    "Person",
    "PhoneCode",
    "PostSettings",
    "SignIn",
    "StandIn",
    "WayIn",
    "WorkHandover",
    "WorkHandoverLine",
]
