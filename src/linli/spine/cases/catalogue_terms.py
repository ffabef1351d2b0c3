"""Words of the catalogue and of the lists of responsibilities; labels are message ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from linli.ground.kernel.marking import N_


class CategoryKind(StrEnum):
    """The list a category stands in; the same code stands in both lists of the standard."""

    COMPONENT = "component"
    MATTER = "matter"
    LOCAL = "local"


class CheckedBy(StrEnum):
    """How the result is checked before closing."""

    SPOT = "spot"
    REPORTER = "reporter"


class ResponsibilityKind(StrEnum):
    """Who leads an item of the list of responsibilities."""

    DEPARTMENT = "department"
    SUBDISTRICT = "subdistrict"
    WHISTLE = "whistle"


class Audience(StrEnum):
    """For whom categories are listed."""

    PUBLIC = "public"
    STAFF = "staff"


KIND_LABELS: Mapping[CategoryKind, str] = {
    CategoryKind.COMPONENT: N_("管理部件"),
    CategoryKind.MATTER: N_("管理事项"),
    CategoryKind.LOCAL: N_("本地扩展"),
}

CHECKED_BY_LABELS: Mapping[CheckedBy, str] = {
    CheckedBy.SPOT: N_("到现场核查"),
    CheckedBy.REPORTER: N_("向反映人核实"),
}

RESPONSIBILITY_LABELS: Mapping[ResponsibilityKind, str] = {
    ResponsibilityKind.DEPARTMENT: N_("部门牵头"),
    ResponsibilityKind.SUBDISTRICT: N_("街道牵头"),
    ResponsibilityKind.WHISTLE: N_("街道吹哨、部门报到"),
}

LIMIT_UNIT_LABELS: Mapping[str, str] = {
    "urgent_hours": N_("紧急工作小时"),
    "hours": N_("小时"),
    "working_hours": N_("工作小时"),
    "working_days": N_("工作日"),
    "calendar_days": N_("自然日"),
}

STANDARD_SOURCE = "GB/T 47678.5-2026"
STANDARD_NOTE = N_("据 GB/T 47678.5-2026 转录，使用前请与标准正式文本核对。")
EXTENSION_NOTE = N_("本地扩展，不属于国家标准。")


def category_key(kind: str, code: str) -> str:
    """Join kind and code into the key of a category, e.g. `matter:06012`."""
    return f"{kind}:{code}"


def split_key(key: str) -> tuple[str, str]:
    """Split a key into kind and code; without a colon the kind is empty."""
    kind, _, code = key.rpartition(":")
    return kind, code


@dataclass(frozen=True, kw_only=True)
class CategoryView:
    """One category as other rooms and pages see it, in the version in force."""

    id: int
    key: str
    kind: CategoryKind
    code: str
    major_code: str
    major_name: str
    major_name_en: str
    name: str
    name_en: str
    initials: str
    aliases: str
    is_extension: bool
    is_transcribed: bool
    source: str
    filing_condition: str
    filing_condition_en: str
    closing_condition: str
    closing_condition_en: str
    limit_amount: int
    limit_unit: str
    is_default_limit: bool
    checked_by: CheckedBy
    is_public: bool
    for_couriers: bool
    effective_from: date
    effective_to: date | None
    successor_key: str

    @property
    def major_key(self) -> str:
        """The key of the major class, e.g. `matter:06`."""
        return category_key(self.kind, self.major_code)


@dataclass(frozen=True, kw_only=True)
class ForeignCategory:
    """A category of somebody else's catalogue, as an import brings it."""

    code: str
    name: str
    name_en: str = ""
    limit_amount: int | None = None
    limit_unit: str = ""
    is_public: bool = True


@dataclass(frozen=True, kw_only=True)
class CategoryChange:
    """What a revision changes; None leaves the old value."""

    name: str | None = None
    name_en: str | None = None
    filing_condition: str | None = None
    filing_condition_en: str | None = None
    closing_condition: str | None = None
    closing_condition_en: str | None = None
    limit_amount: int | None = None
    limit_unit: str | None = None
    checked_by: str | None = None
    is_public: bool | None = None


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """One item of a list of responsibilities before it is saved; organisations and area by code.

    `majors` are keys of major classes such as `matter:06`: the item answers for what no item
    names explicitly.
    """

    item_no: int
    kind: str
    title: str
    title_en: str = ""
    lead: str
    helpers: tuple[str, ...] = ()
    basis: str = ""
    basis_en: str = ""
    categories: tuple[str, ...] = ()
    majors: tuple[str, ...] = ()
    area: str = ""
    parent_no: str = ""


@dataclass(frozen=True, kw_only=True)
class CategoryTurn:
    """What becomes of one category in the next version of the catalogue.

    `fields` holds the values that change, of a new category all of them. Where one ends,
    `successor` is the key of the category that takes over what is still open.
    """

    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_new: bool = False
    ends: bool = False
    successor: str = ""


@dataclass(frozen=True, kw_only=True)
class CategoryUse:
    """What still stands on a category: open cases, and numbers of items in force that name it."""

    open_cases: int
    item_nos: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ListVersion:
    """One version of a sub-district's list of responsibilities."""

    id: int
    version: str
    basis: str
    effective_from: date
    effective_to: date | None
    items: int
