"""What is held about people and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_

from .roles import Basis, Role


class LookPurpose(StrEnum):
    """Why personal data was opened."""

    SERVICE = "service"
    CONTACT = "contact"
    CALL = "call"
    CORRECTION = "correction"
    EXPORT = "export"
    PAPER = "paper"
    LAW = "law"
    OVERSIGHT = "oversight"

    @property
    def label(self) -> str:
        """The Chinese name of the purpose, a message id."""
        return LOOK_PURPOSE_LABELS[self]


LOOK_PURPOSE_LABELS = {
    LookPurpose.SERVICE: N_("为本人服务"),
    LookPurpose.CONTACT: N_("联系本人"),
    LookPurpose.CALL: N_("接听本人来电"),
    LookPurpose.CORRECTION: N_("更正资料"),
    LookPurpose.EXPORT: N_("本人导出"),
    LookPurpose.PAPER: N_("导出清单或打印"),
    LookPurpose.LAW: N_("法律规定"),
    LookPurpose.OVERSIGHT: N_("监督使用"),
}


@dataclass(frozen=True, kw_only=True)
class LookLine:
    """One look at a person's data as that person reads it; role and purpose are msgids."""

    at: datetime
    by: str
    role: str
    fields: tuple[str, ...]
    purpose: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HouseholdView:
    """A household with its door, for those who serve it."""

    id: int
    area_code: str
    area_name: str
    door: str


@dataclass(frozen=True, kw_only=True)
class AppointmentView:
    """One appointment, past or present, in ids and names."""

    id: int
    role: Role
    organisation: str
    area: str
    starts_on: date
    ends_on: date | None
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """What the register holds about one person."""

    id: int
    name: str
    phone: str
    street_code: str
    wants_contact: bool
    household: HouseholdView | None
    appointments: tuple[AppointmentView, ...]


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person in a list: no phone, no door."""

    id: int
    name: str
    street_code: str
    area_name: str


@dataclass(frozen=True)
class HeldField:
    """One field of what is held: a stable name, a label (msgid) and the value as stored.

    `is_msgid`: the value is itself a word of ours, translated when shown. `word`: the msgid shown
    for the value, which the export keeps as stored. `is_contact`: a way to reach the person.
    """

    name: str
    label: str
    value: str | int | bool | date | datetime | None
    is_msgid: bool = False
    word: str = ""
    is_contact: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is held here; false and 0 are answers."""
        return self.value is None or self.value == ""


@dataclass(frozen=True, kw_only=True)
class HeldRow:
    """One row for reading; it lacks contact when only other rows hold a way to reach."""

    fields: tuple[HeldField, ...]
    lacks_contact: bool


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One part of what is held about somebody; title, purpose and retention are msgids.

    `rows` may be empty: the part is then named as holding nothing.
    """

    room: str
    part: str
    title: str
    purpose: str
    retention: str
    rows: tuple[tuple[HeldField, ...], ...]

    @property
    def absent(self) -> tuple[str, ...]:
        """The labels of the fields that are empty in every row."""
        filled = {field.name for row in self.rows for field in row if not field.is_empty}
        labels = {field.name: field.label for row in self.rows for field in row}
        return tuple(label for name, label in labels.items() if name not in filled)

    @property
    def told(self) -> tuple[HeldRow, ...]:
        """The rows as they are read: without what is empty."""
        return tuple(self._told(row) for row in self.rows)

    def _told(self, row: tuple[HeldField, ...]) -> HeldRow:
        contact = [field for field in row if field.is_contact and field.label not in self.absent]
        return HeldRow(
            fields=tuple(field for field in row if not field.is_empty),
            lacks_contact=bool(contact) and all(field.is_empty for field in contact),
        )


@dataclass(frozen=True, kw_only=True)
class DemonstrationPerson:
    """One of the demonstration's people, for the bar that switches between them."""

    login: str
    name: str
    role: Role

    @property
    def role_label(self) -> str:
        """The Chinese name of the role, a message id."""
        return self.role.label


@dataclass(frozen=True, kw_only=True)
class HeldPhoto:
    """A photo somebody sent: its id in the kernel, and a name for it without ending."""

    name: str
    photo_id: UUID
