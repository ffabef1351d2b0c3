"""Persons, their posts, and who looked at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import get_language

from linli.ground.kernel.marking import N_
from linli.ground.kernel.queries import list_looks as list_logged_looks
from linli.ground.kernel.terms import Subject
from linli.ground.people.models import Account, ApiToken, Appointment, Household, Person
from linli.ground.people.terms import (
    LEADERS_OF_ONE_AREA,
    ROLE_LABELS,
    AppointmentView,
    Basis,
    HeldField,
    Holding,
    HouseholdView,
    LookLine,
    LookPurpose,
    PersonLine,
    PersonView,
    Role,
    Target,
)

from .members import is_in_force


class _Named(Protocol):
    name: str
    name_en: str


_PERSON = N_("居民资料")
_HOUSEHOLD = N_("住户")
_ACCOUNT = N_("账号")
_POSTS = N_("任职")


def get_person(person_id: int) -> PersonView:
    """Get the whole record of a person; `services.open_person` asks the right and logs it.

    Raises:
        Person.DoesNotExist: when there is none.
    """
    row = Person.objects.select_related("household__area").get(id=person_id)
    return PersonView(
        id=row.pk,
        name=row.name,
        phone=row.phone,
        street_code=row.street_code,
        wants_contact=row.wants_contact,
        household=_household(row.household),
        appointments=_appointments(person_id),
    )


def find_person_line(person_id: int) -> PersonLine | None:
    """Find a person without phone and door, for the page that asks the reason."""
    row = Person.objects.select_related("household__area").filter(id=person_id).first()
    if row is None:
        return None
    area_name = row.household.area.name if row.household else ""
    return PersonLine(id=row.pk, name=row.name, street_code=row.street_code, area_name=area_name)


def find_person_target(person_id: int) -> Target | None:
    """Find where a person belongs, to ask whether somebody may open the record."""
    row = Person.objects.select_related("household__area").filter(id=person_id).first()
    if row is None:
        return None
    area_code = row.household.area.code if row.household else ""
    return Target(street_code=row.street_code, area_code=area_code, is_complaint=False)


def list_leaders(*, area_code: str, at: datetime) -> list[tuple[Role, str]]:
    """List who leads an area now, by role and name; leaders' names are public by their post."""
    rows = Appointment.objects.filter(
        role__in=[role.value for role in LEADERS_OF_ONE_AREA], area__code=area_code
    ).select_related("person", "area", "organisation__area")
    return [(Role(row.role), row.person.name) for row in rows if is_in_force(row, at)]


def list_looks(person_id: int | None, subjects: Sequence[Subject] = ()) -> list[LookLine]:
    """List who looked at this person's data and why, newest first, in names of today.

    Args:
        subjects: records about the person that do not name it, such as own reports.
    """
    if person_id is None and not subjects:
        return []
    looks = list_logged_looks(person_id=person_id, subjects=subjects)
    accounts = Account.objects.select_related("person").in_bulk(
        {look.actor_id for look in looks if look.actor_id is not None}
    )
    return [
        LookLine(
            at=look.at,
            by=_name(accounts.get(look.actor_id or 0)),
            role=_role_label(look.actor_role),
            fields=look.fields,
            purpose=_purpose_label(look.purpose),
            reason=look.reason,
        )
        for look in looks
    ]


def appointment_view(row: Appointment) -> AppointmentView:
    """Show one appointment in ids and names."""
    return AppointmentView(
        id=row.pk,
        role=Role(row.role),
        organisation=_said_name(row.organisation),
        area=_said_name(row.area),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        basis=Basis(row.basis),
    )


def own_holdings(account_id: int, person_id: int | None) -> list[Holding]:
    """Declare what this room holds about somebody, for `/me`."""
    account = _account_holding(Account.objects.get(id=account_id))
    person = _person_holdings(get_person(person_id)) if person_id is not None else []
    return [account, *person, _token_holding(account_id), _wechat_holding(account_id)]


def _account_holding(account: Account) -> Holding:
    row = (
        HeldField("login", N_("登录名"), account.login),
        HeldField("phone", N_("登录手机号"), account.phone or ""),
        HeldField("phone_proved_at", N_("手机号验证时间"), account.phone_proved_at),
        HeldField("called", N_("怎么称呼"), account.called),
        HeldField("language", N_("语言"), str(dict(settings.LANGUAGES)[account.language])),
        HeldField("large_type", N_("大字"), account.large_type),
        HeldField("last_login", N_("上次登录"), account.last_login),
        HeldField("created_at", N_("开通时间"), account.created_at),
    )
    return Holding(
        room="people",
        part="account",
        title=_ACCOUNT,
        purpose=N_("让您登录，并用您的语言答复您。"),
        retention=N_("保留到账号注销；编号保留，使历史可读。"),
        rows=(row,),
    )


def _wechat_holding(account_id: int) -> Holding:
    rows = SocialAccount.objects.filter(user_id=account_id).order_by("id")
    return Holding(
        room="people",
        part="wechat",
        title=N_("微信登录"),
        purpose=N_("让您用微信登录；只有微信给的编号。"),
        retention=N_("保留到账号注销。"),
        rows=tuple(
            (
                HeldField("uid", N_("微信给的编号"), row.uid),
                HeldField("joined_at", N_("连上的时间"), row.date_joined),
            )
            for row in rows
        ),
    )


def _token_holding(account_id: int) -> Holding:
    rows = ApiToken.objects.filter(account_id=account_id).order_by("-created_at")
    return Holding(
        room="people",
        part="tokens",
        title=N_("可以代您使用系统的程序"),
        purpose=N_("让程序不知道密码也能以您的账号办事。"),
        retention=N_("保留到失效一年后。"),
        rows=tuple(
            (
                HeldField("name", N_("程序"), row.name),
                HeldField("created_at", N_("开通时间"), row.created_at),
                HeldField("expires_at", N_("失效时间"), row.revoked_at or row.expires_at),
                HeldField("last_used_on", N_("上次使用"), row.last_used_on),
            )
            for row in rows
        ),
    )


def _person_holdings(person: PersonView) -> list[Holding]:
    return [
        Holding(
            room="people",
            part="person",
            title=_PERSON,
            purpose=N_("知道服务或职务涉及谁、如何联系。"),
            retention=N_("保留到您要求删除，或搬离两年后。"),
            rows=(
                (
                    HeldField("name", N_("姓名"), person.name),
                    HeldField("phone", N_("电话"), person.phone),
                    HeldField("wants_contact", N_("愿意接受联系"), person.wants_contact),
                ),
            ),
        ),
        Holding(
            room="people",
            part="household",
            title=_HOUSEHOLD,
            purpose=N_("在您请求服务或需要告知危险时找到家门。"),
            retention=N_("保留到最后一位住户搬离两年后。"),
            rows=_household_rows(person.household),
        ),
        Holding(
            room="people",
            part="appointments",
            title=_POSTS,
            purpose=N_("知道谁可以办事，并告诉居民谁负责网格、楼栋和单元。"),
            retention=N_("长期保留：说明当时谁有权办理。"),
            rows=tuple(_appointment_row(post) for post in person.appointments),
        ),
    ]


def _household_rows(household: HouseholdView | None) -> tuple[tuple[HeldField, ...], ...]:
    if household is None:
        return ()
    return (
        (
            HeldField("area", N_("楼栋或单元"), household.area_name),
            HeldField("door", N_("门牌"), household.door),
        ),
    )


def _appointment_row(post: AppointmentView) -> tuple[HeldField, ...]:
    return (
        HeldField("role", N_("职务"), post.role.label, is_msgid=True),
        HeldField("organisation", N_("单位"), post.organisation),
        HeldField("area", N_("区域"), post.area),
        HeldField("starts_on", N_("任期自"), post.starts_on),
        HeldField("ends_on", N_("任期至（当日不再任职）"), post.ends_on),
        HeldField("basis", N_("产生方式"), post.basis.label, is_msgid=True),
    )


def _household(row: Household | None) -> HouseholdView | None:
    if row is None:
        return None
    name = _said_name(row.area)
    return HouseholdView(id=row.pk, area_code=row.area.code, area_name=name, door=row.door)


def _appointments(person_id: int) -> tuple[AppointmentView, ...]:
    rows = Appointment.objects.filter(person_id=person_id).select_related("organisation", "area")
    return tuple(appointment_view(row) for row in rows.order_by("-starts_on", "id"))


def _said_name(thing: _Named | None) -> str:
    """Give a name in the language of the request, Chinese where there is no English."""
    if thing is None:
        return ""
    in_english = (get_language() or "").startswith("en")
    return (thing.name_en or thing.name) if in_english else thing.name


def _name(account: Account | None) -> str:
    return account.get_full_name() if account else ""


def _role_label(value: str) -> str:
    return ROLE_LABELS[Role(value)] if value in set(Role) else value


def _purpose_label(value: str) -> str:
    return LookPurpose(value).label if value in set(LookPurpose) else value
