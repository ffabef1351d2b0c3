"""What happened to people, organisations and appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    appointment_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Happened):
    """A person left a post before its term was over."""

    name: ClassVar[str] = "people.AppointmentEnded"
    person_id: int
    role: str
    ends_on: str
    appointment_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AppointmentProlonged(Happened):
    """A term was prolonged."""

    name: ClassVar[str] = "people.AppointmentProlonged"
    appointment_id: int
    role: str
    from_ends_on: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class NameOnDoorChosen(Happened):
    """It was noted whether somebody agrees to stand by name on the notice at the door."""

    name: ClassVar[str] = "people.NameOnDoorChosen"
    appointment_id: int
    shows_name: bool


@dataclass(frozen=True, kw_only=True)
class StandInNamed(Happened):
    """Somebody is to act in a post while its holder is away; ends by itself."""

    name: ClassVar[str] = "people.StandInNamed"
    stand_in_id: int
    appointment_id: int
    person_id: int
    starts_on: str
    ends_on: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StandInEnded(Happened):
    """A stand-in ended before its time."""

    name: ClassVar[str] = "people.StandInEnded"
    stand_in_id: int
    appointment_id: int
    person_id: int
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class WorkPassedOn(Happened):
    """What hung on somebody who left a post went to a successor, or back to the unit."""

    name: ClassVar[str] = "people.WorkPassedOn"
    appointment_id: int
    giver_id: int
    taker_id: int | None
    count: int


@dataclass(frozen=True, kw_only=True)
class WorkConfirmed(Happened):
    """The giver or the taker of work confirmed the record."""

    name: ClassVar[str] = "people.WorkConfirmed"
    is_giver: bool


@dataclass(frozen=True, kw_only=True)
class EndingDaysSet(Happened):
    """A street set how long before its end a term is shown as ending."""

    name: ClassVar[str] = "people.EndingDaysSet"
    days: int


@dataclass(frozen=True, kw_only=True)
class AppointmentFollowed(Happened):
    """The area of a post was re-drawn, and the post goes on in its successor to the same term."""

    name: ClassVar[str] = "people.AppointmentFollowed"
    person_id: int
    role: str
    from_area_id: int
    area_id: int
    starts_on: str
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Happened):
    """An account was made."""

    name: ClassVar[str] = "people.AccountOpened"
    account_id: int
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class PhoneProved(Happened):
    """Somebody showed by a code that the phone of the account is in their hands."""

    name: ClassVar[str] = "people.PhoneProved"
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class OwnNameCorrected(Happened):
    """Somebody corrected the own name, or how to be called."""

    name: ClassVar[str] = "people.OwnNameCorrected"


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Happened):
    """Somebody closed the own account; every room forgot what it may."""

    name: ClassVar[str] = "people.AccountClosed"


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(Happened):
    """Somebody chose the language of their account."""

    name: ClassVar[str] = "people.LanguageChosen"
    language: str


@dataclass(frozen=True, kw_only=True)
class LargeTypeSwitched(Happened):
    """Somebody switched large type on or off, for all devices they sign in on."""

    name: ClassVar[str] = "people.LargeTypeSwitched"
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class SignedOutEverywhere(Happened):
    """Somebody ended all their sessions."""

    name: ClassVar[str] = "people.SignedOutEverywhere"


@dataclass(frozen=True, kw_only=True)
class SessionEnded(Happened):
    """Somebody signed one of their devices out."""

    name: ClassVar[str] = "people.SessionEnded"
    device: str


@dataclass(frozen=True, kw_only=True)
class HoldingsExported(Happened):
    """Somebody took a file of what is held about them."""

    name: ClassVar[str] = "people.HoldingsExported"
    rooms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DutyPlanned(Happened):
    """Shifts were entered in the roster of a street."""

    name: ClassVar[str] = "people.DutyPlanned"
    shift_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DutyShiftGiven(Happened):
    """A shift passed to somebody else: by the shift leader, or with the consent of both."""

    name: ClassVar[str] = "people.DutyShiftGiven"
    shift_id: int
    from_account_id: int
    to_account_id: int
    swap_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DutyShiftRemoved(Happened):
    """A shift was taken out of the roster."""

    name: ClassVar[str] = "people.DutyShiftRemoved"
    shift_id: int
    account_id: int
    role: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class DutySwapAsked(Happened):
    """Somebody on duty asked a colleague to take a shift."""

    name: ClassVar[str] = "people.DutySwapAsked"
    swap_id: int
    shift_id: int
    asked_of_id: int
    in_return_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DutySwapAnswered(Happened):
    """A wish to swap was agreed to, refused or withdrawn."""

    name: ClassVar[str] = "people.DutySwapAnswered"
    swap_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class DutyPhoneSet(Happened):
    """The telephone of the duty desk changed."""

    name: ClassVar[str] = "people.DutyPhoneSet"


@dataclass(frozen=True, kw_only=True)
class OrganisationEntered(Happened):
    """A body was put on record."""

    name: ClassVar[str] = "people.OrganisationEntered"
    code: str
    organisation_kind: str
    parent_id: int | None


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Happened):
    """What is on record of a body changed; `fields` names what."""

    name: ClassVar[str] = "people.OrganisationChanged"
    code: str
    fields: tuple[str, ...]
