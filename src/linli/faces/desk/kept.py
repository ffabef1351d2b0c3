"""Values of catalogue and list as people read them: units, categories and areas by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from linli.faces.frame.words import day_words
from linli.ground.people.queries import list_organisations
from linli.ground.territory.locator import list_refs
from linli.ground.territory.terms import AreaKind, prefix_of
from linli.programmes.keeping.rules.calendar import read_day
from linli.programmes.keeping.terms import (
    FIELD_LABELS,
    HOURS_KEY,
    WORK_LABELS,
    Change,
    Compared,
    Matter,
    Op,
    Value,
)
from linli.spine.cases.catalogue_terms import (
    CHECKED_BY_LABELS,
    LIMIT_UNIT_LABELS,
    RESPONSIBILITY_LABELS,
)
from linli.spine.cases.queries.catalogue import find_category, list_categories
from linli.spine.cases.queries.words import WEEKDAYS

from .offers import in_english, name_category, name_organisation

_LABELS: Mapping[str, Mapping[Any, str]] = {
    "kind": RESPONSIBILITY_LABELS,
    "limit_unit": LIMIT_UNIT_LABELS,
    "checked_by": CHECKED_BY_LABELS,
    "work": WORK_LABELS,
}


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """One field, as it was and as it shall be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One category or item that changes, in words; `is_wrong` holds what stands against it."""

    key: str
    name: str
    op: Op
    fields: tuple[FieldLine, ...]
    successor: str = ""
    change: Change | None = None
    who: str = ""
    open_cases: int = 0
    is_wrong: tuple[str, ...] = ()

    @property
    def said_key(self) -> str:
        """The key as people say it: the code of a category, the number of an item; of no day."""
        return "" if _is_of_calendar(self.key) else self.key.rpartition(":")[2]


class Names:
    """Names of units, categories, classes and areas, each looked up once a page."""

    def __init__(self, street_code: str) -> None:
        self.street_code = street_code

    @cached_property
    def units(self) -> dict[str, str]:
        """Units by code."""
        return {one.code: name_organisation(one) for one in list_organisations(active_only=False)}

    @cached_property
    def majors(self) -> dict[str, str]:
        """Major classes by key, and those of local extensions by code."""
        english = in_english()
        found: dict[str, str] = {}
        for one in list_categories():
            name = (one.major_name_en if english else "") or one.major_name
            found.setdefault(one.major_key, name)
            if one.is_extension:
                found.setdefault(one.major_code, name)
        return found

    @cached_property
    def areas(self) -> dict[str, str]:
        """Communities and grids by code."""
        prefix = prefix_of(self.street_code) if self.street_code else ""
        kinds = (AreaKind.STREET, AreaKind.COMMUNITY, AreaKind.GRID)
        return {
            one.code: (one.name_en if in_english() else "") or one.name
            for kind in kinds
            for one in list_refs(kind, prefix)
        }

    def category(self, key: str) -> str:
        """Name a category by its key."""
        found = find_category(key)
        return name_category(found) if found is not None else key

    def say(self, name: str, value: Value | None) -> str:
        """Say a value of a field."""
        if value is None or value in ("", ()):
            return ""
        if isinstance(value, bool):
            return gettext("是") if value else gettext("否")
        if name in _LABELS:
            return gettext(_LABELS[name].get(value, str(value)))
        many = value if isinstance(value, tuple) else (str(value),)
        return gettext("、").join(self._one(name, one) for one in many)

    def _one(self, name: str, value: str) -> str:
        match name:
            case "lead" | "helpers":
                return self.units.get(value, value)
            case "categories":
                return f"{self.category(value)} {value.rpartition(':')[2]}"
            case "majors" | "major_code":
                return self.majors.get(value, value)
            case "area":
                return self.areas.get(value, value)
            case "hours":
                return value.replace("-", "–")
            case _:
                return value


def line_of_change(
    change: Change,
    *,
    name: str,
    names: Names,
    who: str,
    faults: Iterable[str] = (),
    open_cases: int = 0,
) -> EntryLine:
    """Say one change of a draft."""
    return EntryLine(
        key=change.key,
        name=name,
        op=change.op,
        fields=tuple(
            FieldLine(
                label=gettext(FIELD_LABELS.get(field, field)),
                before=names.say(field, change.base.get(field)),
                after=names.say(field, value),
            )
            for field, value in _in_order(change.fields)
        ),
        successor=names.category(change.successor) if change.successor else "",
        change=change,
        who=who,
        open_cases=open_cases,
        is_wrong=tuple(faults),
    )


def line_of_compared(compared: Compared, *, names: Names) -> EntryLine:
    """Say what differs between two versions of one entry."""
    name = (compared.name_en if in_english() else "") or compared.name
    return EntryLine(
        key=compared.key,
        name=name_day(compared.key) if _is_of_calendar(compared.key) else name,
        op=compared.op,
        fields=tuple(
            FieldLine(
                label=gettext(FIELD_LABELS.get(field, field)),
                before=names.say(field, before),
                after=names.say(field, after),
            )
            for field, before, after in compared.fields
        ),
    )


def _in_order(fields: Mapping[str, Value]) -> Sequence[tuple[str, Value]]:
    order = list(FIELD_LABELS)
    return sorted(fields.items(), key=lambda pair: order.index(pair[0]))


def name_of_entry(change: Change, entries: Mapping[str, tuple[str, Any]], matter: Matter) -> str:
    """Name the category, item or day a change is about."""
    if matter is Matter.CALENDAR:
        return name_day(change.key)
    held = entries.get(change.key)
    values = {**(held[1] if held else {}), **change.fields}
    name = "name" if matter is Matter.CATALOGUE else "title"
    said = values.get(f"{name}_en") if in_english() else ""
    return str(said or values.get(name) or change.key)


def _is_of_calendar(key: str) -> bool:
    return key == HOURS_KEY or read_day(key) is not None


def name_day(key: str) -> str:
    """Name what a change of the calendar is about: a day with its weekday, or the hours."""
    day = read_day(key)
    if day is None:
        return gettext(FIELD_LABELS[HOURS_KEY])
    said = {
        "day": day_words(datetime.combine(day, time())),
        "weekday": gettext(WEEKDAYS[day.weekday()]),
    }
    return gettext("%(day)s %(weekday)s") % said
