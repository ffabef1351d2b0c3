"""Made-up people, organisations, accounts and posts for tests of any room.

`AccountFactory(dispatcher=True, street=street)` is somebody signed up with that post in force;
`member_of(account)` is who they are when they ask.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory

from linli.ground.people import queries
from linli.ground.people.models import Account, Appointment, Household, Organisation, Person
from linli.ground.people.terms import Basis, Member, OrganisationKind, Role
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import STREET_CODE, AreaFactory

PASSWORD = "a-password-for-tests-only"
TERM_BEGAN = date(2025, 1, 1)
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)

_AT_AN_ORGANISATION = (Role.HANDLER, Role.JOINT_TEAM_MEMBER)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """A department unless a trait says otherwise."""

    class Meta:
        model = Organisation

    code = factory.Sequence(lambda number: f"org-{number}")
    name = factory.Sequence(lambda number: f"示例部门{number}")
    name_en = factory.Sequence(lambda number: f"Example department {number}")
    kind = OrganisationKind.DEPARTMENT.value

    class Params:
        street_office = factory.Trait(
            kind=OrganisationKind.STREET_OFFICE.value, name="示例街道办事处"
        )
        community_committee = factory.Trait(
            kind=OrganisationKind.COMMUNITY_COMMITTEE.value, name="示例社区居委会"
        )
        joint_team = factory.Trait(kind=OrganisationKind.JOINT_TEAM.value, name="示例综合执法大队")
        alliance = factory.Trait(kind=OrganisationKind.ALLIANCE.value, name="示例联盟")
        volunteer_team = factory.Trait(
            kind=OrganisationKind.VOLUNTEER_TEAM.value, name="示例志愿服务队"
        )


class HouseholdFactory(factory.django.DjangoModelFactory[Household]):
    """A door in a grid made for it."""

    class Meta:
        model = Household

    street_code = STREET_CODE
    area = factory.SubFactory(AreaFactory, grid=True)
    door = factory.Sequence(lambda number: f"{number + 101}室")


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody with a name and no door, unless `housed`."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda number: f"示例居民{number}")
    phone = factory.Sequence(lambda number: f"1390000{number % 10000:04d}")
    street_code = STREET_CODE

    class Params:
        housed = factory.Trait(household=factory.SubFactory(HouseholdFactory))


class AppointmentFactory(factory.django.DjangoModelFactory[Appointment]):
    """A post in force since 2025; give `area` or `organisation`."""

    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    role = Role.DISPATCHER.value
    starts_on = TERM_BEGAN
    basis = Basis.APPOINTED.value


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    """A resident with an account, or with a trait named as a role, somebody in that post.

    `street` or `area` is where the post is held (a street is made when neither is given),
    `organisation` at whom; handlers and the joint team get an organisation when none is given.
    """

    class Meta:
        model = Account

    login = factory.Sequence(lambda number: f"account{number}")
    person = factory.SubFactory(PersonFactory)
    password = PASSWORD
    role: Role | None = None
    street: Area | None = None
    area: Area | None = None
    organisation: Organisation | None = None

    Params = type(
        "Params",
        (),
        {each.value: factory.Trait(role=each) for each in Role if each is not Role.RESIDENT},
    )

    @classmethod
    def _create(cls, model_class: type[Account], *args: Any, **kwargs: Any) -> Account:
        role = kwargs.pop("role")
        place = {name: kwargs.pop(name) for name in ("street", "area", "organisation")}
        account: Account = model_class.objects.create_user(*args, **kwargs)
        if role is not None:
            hold_post(account, role, **place)
        return account


def hold_post(
    account: Account,
    role: Role,
    *,
    street: Area | None = None,
    area: Area | None = None,
    organisation: Organisation | None = None,
) -> Appointment:
    """Give an account one more post, in force since 2025."""
    if role in _AT_AN_ORGANISATION:
        organisation = organisation or OrganisationFactory()
    place = area or street
    if place is None and organisation is None:
        place = AreaFactory(grid=True) if role is Role.GRID_LEADER else AreaFactory()
    return AppointmentFactory(
        person=account.person, role=role.value, area=place, organisation=organisation
    )


def member_of(account: Account, *, at: datetime = NOW) -> Member:
    """Load who this account is at an instant, by default the morning of 2026-11-22."""
    return queries.load_member(account.pk, at)
