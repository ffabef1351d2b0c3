"""What happened to people, organisations and appointments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class AppointmentMade(Happened):
    """A person took up a post."""

    name: ClassVar[str] = "people.AppointmentMade"
    person_id: int
    role: str
    organisation_id: int | None
    area_id: int | None
    starts_on: str
    ends_on: str | None
    basis: str


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Happened):
    """A person left a post before its term was over."""

    name: ClassVar[str] = "people.AppointmentEnded"
    person_id: int
    role: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Happened):
    """An account was made."""

    name: ClassVar[str] = "people.AccountOpened"
    account_id: int
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(Happened):
    """Somebody chose the language of their account."""

    name: ClassVar[str] = "people.LanguageChosen"
    language: str


@dataclass(frozen=True, kw_only=True)
class SignedOutEverywhere(Happened):
    """Somebody ended all their sessions."""

    name: ClassVar[str] = "people.SignedOutEverywhere"


@dataclass(frozen=True, kw_only=True)
class HoldingsExported(Happened):
    """Somebody took a file of what is held about them."""

    name: ClassVar[str] = "people.HoldingsExported"
    rooms: tuple[str, ...]
