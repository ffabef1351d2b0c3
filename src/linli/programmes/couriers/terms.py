"""Words of couriers and riders: who they are, what they report, where they rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.opening import Hours
from linli.ground.kernel.terms import Subject

MOST_COMPANY = 40
MOST_REASON = 200
MOST_NAME = 60
MOST_ADDRESS = 120
MOST_OFFERS = 200
# Within so long a courier's report is accepted or passed on, by day and by night.
ANSWER_WITHIN = timedelta(minutes=30)
# Said of every courier's report, on every door it comes by.
ANSWER_WORDS = N_("半小时内有人接下或转给该管的人。")


class Company(StrEnum):
    """For whom somebody rides; the last stands for all others."""

    MEITUAN = "meituan"
    ELEME = "eleme"
    SF = "sf"
    JD = "jd"
    ZTO = "zto"
    YTO = "yto"
    STO = "sto"
    YUNDA = "yunda"
    JT = "jt"
    EMS = "ems"
    SHANSONG = "shansong"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return COMPANY_LABELS[self]


COMPANY_LABELS: Mapping[Company, str] = {
    Company.MEITUAN: N_("美团"),
    Company.ELEME: N_("饿了么"),
    Company.SF: N_("顺丰"),
    Company.JD: N_("京东"),
    Company.ZTO: N_("中通"),
    Company.YTO: N_("圆通"),
    Company.STO: N_("申通"),
    Company.YUNDA: N_("韵达"),
    Company.JT: N_("极兔"),
    Company.EMS: N_("邮政"),
    Company.SHANSONG: N_("闪送"),
    Company.OTHER: N_("其他单位"),
}


class CourierState(StrEnum):
    """How far a membership is."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return STATE_LABELS[self]


STATE_LABELS: Mapping[CourierState, str] = {
    CourierState.APPLIED: N_("等社区确认"),
    CourierState.CONFIRMED: N_("已确认"),
    CourierState.REFUSED: N_("没有确认"),
    CourierState.LEFT: N_("已退出"),
}


class AskedOf(StrEnum):
    """Who is to accept a report or pass it on."""

    GRID = "grid"
    DUTY = "duty"


class PassedTo(StrEnum):
    """To whom a report is passed on."""

    COMMUNITY = "community"
    CENTRE = "centre"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return PASSED_LABELS[self]


PASSED_LABELS: Mapping[PassedTo, str] = {
    PassedTo.COMMUNITY: N_("社区"),
    PassedTo.CENTRE: N_("街道指挥中心"),
}


class Comfort(StrEnum):
    """What there is at a place to rest."""

    HEATING = "heating"
    WATER = "water"
    CHARGING = "charging"
    MICROWAVE = "microwave"
    TOILET = "toilet"
    FIRST_AID = "first_aid"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return COMFORT_LABELS[self]


COMFORT_LABELS: Mapping[Comfort, str] = {
    Comfort.HEATING: N_("取暖纳凉"),
    Comfort.WATER: N_("热水"),
    Comfort.CHARGING: N_("充电"),
    Comfort.MICROWAVE: N_("微波炉"),
    Comfort.TOILET: N_("厕所"),
    Comfort.FIRST_AID: N_("急救药箱"),
}


@dataclass(frozen=True, kw_only=True)
class CourierView:
    """One membership; `name` is empty but for those who confirm."""

    id: int
    account_id: int
    name: str
    company: Company
    company_name: str
    area_code: str
    state: CourierState
    applied_at: datetime
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One report in a courier's own record."""

    case_id: UUID
    number: str
    title: str
    sent_at: datetime
    step_label: str
    answered_by: str
    until: datetime | None
    is_over: bool
    accepted_at: datetime | None
    passed_to: PassedTo | None
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class AskedView:
    """What stands on the case page: who is asked, until when, and what they said."""

    answer_by: datetime
    asked_of: AskedOf
    answered_at: datetime | None
    answered_by_id: int | None
    passed_to: PassedTo | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class NewRestPlace:
    """A place to rest as its keeper writes it down."""

    name: str
    name_en: str = ""
    address: str
    lon: float
    lat: float
    hours: Hours = field(default_factory=Hours)
    comforts: tuple[Comfort, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RestPlaceView:
    """A place to rest on a moment of a day; `away_m` is the distance asked from, in metres."""

    id: int
    name: str
    name_en: str
    address: str
    lon: float
    lat: float
    hours: Hours
    comforts: tuple[Comfort, ...]
    is_open: bool
    opens_at: datetime | None
    away_m: float | None = None


def courier_subject(courier_id: int) -> Subject:
    """Name a membership as what an event is about."""
    return Subject(kind="couriers.Courier", id=str(courier_id))


def asked_subject(case_id: UUID) -> Subject:
    """Name a courier's report as what an event is about; the id is the case's."""
    return Subject(kind="couriers.Asked", id=str(case_id))


def rest_subject(place_id: int) -> Subject:
    """Name a place to rest as what an event is about."""
    return Subject(kind="couriers.RestPlace", id=str(place_id))
