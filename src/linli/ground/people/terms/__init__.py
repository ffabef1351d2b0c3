"""Words of the people room: roles, rights, organisations, members and records."""

from __future__ import annotations

from .members import Member, Post, Scope, Target
from .organisations import ORGANISATION_KIND_LABELS, OrganisationKind, OrganisationRef
from .phones import hidden_phone, mobile_phone, plain_phone
from .records import (
    LOOK_PURPOSE_LABELS,
    AppointmentView,
    DemonstrationPerson,
    HeldField,
    Holding,
    HouseholdView,
    LookLine,
    LookPurpose,
    PersonLine,
    PersonView,
)
from .rights import ACTION_LABELS, REACH_LABELS, Action, Reach
from .roles import (
    BASIS_LABELS,
    CENTRE_ROLES,
    LEADERS_OF_ONE_AREA,
    ROLE_LABELS,
    Basis,
    Role,
)

__all__ = [
    "ACTION_LABELS",
    "BASIS_LABELS",
    "CENTRE_ROLES",
    "LEADERS_OF_ONE_AREA",
    "LOOK_PURPOSE_LABELS",
    "ORGANISATION_KIND_LABELS",
    "REACH_LABELS",
    "ROLE_LABELS",
    "Action",
    "AppointmentView",
    "Basis",
    "DemonstrationPerson",
    "HeldField",
    "Holding",
    "HouseholdView",
    "LookLine",
    "LookPurpose",
    "Member",
    "OrganisationKind",
    "OrganisationRef",
    "PersonLine",
    "PersonView",
    "Post",
    "Reach",
    "Role",
    "Scope",
    "Target",
    "hidden_phone",
    "mobile_phone",
    "plain_phone",
]
