"""Organisations taken over from a table: new ones put on record, known ones brought up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.importing import Batch, Standing, Verdict, take_each
from linli.ground.kernel.imports import ImportView
from linli.ground.kernel.marking import N_
from linli.ground.kernel.services import record_event
from linli.ground.kernel.tables.reading import TableRow
from linli.ground.kernel.tables.terms import Column, Fault
from linli.ground.kernel.tables.values import text_of
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people import queries
from linli.ground.people.errors import NotPermitted, UnableToEnterOrganisation
from linli.ground.people.events import OrganisationChanged, OrganisationEntered
from linli.ground.people.import_rules import (
    COLUMNS,
    SHOWN,
    NewOrganisation,
    fault,
    is_circle,
    read_row,
)
from linli.ground.people.models import Organisation
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, OrganisationKind, Target
from linli.ground.territory.queries import find_area

KIND = "organisations"
NEW, CHANGED = N_("新增"), N_("更新：%(fields)s")
ANYWHERE = Target(is_complaint=False)


@transaction.atomic
def enter_organisation(*, row: NewOrganisation, actor: Actor, at: datetime) -> int:
    """Put a body on record, or bring the one with this code up to date; return its id.

    Raises:
        UnableToEnterOrganisation: when its superior or its area is not on record.
    """
    found = Organisation.objects.select_for_update().filter(code=row.code).first()
    body = found or Organisation(code=row.code)
    changed = _write(body, row)
    if found is not None and not changed:
        return body.pk
    body.save()
    told = (
        OrganisationChanged(code=row.code, fields=changed)
        if found
        else OrganisationEntered(
            code=row.code, organisation_kind=row.kind.value, parent_id=body.parent_id
        )
    )
    subject = Subject(kind="people.Organisation", id=str(body.pk))
    record_event(told, subject=subject, actor=actor, at=at)
    return body.pk


def _write(body: Organisation, row: NewOrganisation) -> tuple[str, ...]:
    wanted = {
        "name": row.name,
        "name_en": row.name_en,
        "kind": row.kind.value,
        "parent_id": _parent_id(row),
        "area_id": _area_id(row),
        "members_count": row.members_count,
        "is_active": row.is_active,
    }
    changed = tuple(name for name, value in wanted.items() if getattr(body, name) != value)
    for name in changed:
        setattr(body, name, wanted[name])
    return changed


def _parent_id(row: NewOrganisation) -> int | None:
    if not row.parent_code:
        return None
    parent = queries.find_organisation(row.parent_code)
    if parent is None:
        raise UnableToEnterOrganisation("people.parent_unknown", key=row.parent_code)
    return parent.id


def _area_id(row: NewOrganisation) -> int | None:
    if not row.area_code:
        return None
    area = find_area(row.area_code)
    if area is None:
        raise UnableToEnterOrganisation("people.area_unknown", key=row.area_code)
    return area.id


class OrganisationImporter:
    """Says what the rows of a table of organisations mean."""

    kind = KIND
    columns: Sequence[Column] = COLUMNS
    shown: Sequence[str] = SHOWN

    def open(self, *, view: ImportView, rows: Sequence[TableRow], at: datetime) -> Batch:
        """Look over the file: codes that repeat, superiors that stand in it.

        Raises:
            NotPermitted: when the sender may not import organisations any more.
        """
        member = queries.find_member(view.actor.account_id or 0, at)
        if member is None or not may(member, Action.ORGANISATION_IMPORT, ANYWHERE):
            raise NotPermitted
        role = find_role(member, Action.ORGANISATION_IMPORT, ANYWHERE)
        return OrganisationBatch(actor=member.actor(role=role), rows=rows, at=at)

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give what may be written for kind and use."""
        return {
            "kind": [gettext(kind.label) for kind in OrganisationKind],
            "is_active": [gettext("是"), gettext("否")],
        }


class OrganisationBatch:
    """The rows of one file of organisations."""

    def __init__(self, *, actor: Actor, rows: Sequence[TableRow], at: datetime) -> None:
        self.actor, self.at = actor, at
        self.kinds = _kinds()
        self.offered = "、".join(gettext(kind.label) for kind in OrganisationKind)
        self.rows: dict[str, TableRow] = {}
        for row in rows:
            self.rows.setdefault(text_of(row.cells.get("code")), row)
        self.held = {one.code: one for one in queries.list_organisations(active_only=False)}
        codes = {one.id: one.code for one in self.held.values()}
        self.parents = {
            one.code: codes.get(one.parent_id or 0, "") for one in self.held.values()
        } | {code: text_of(row.cells.get("parent")) for code, row in self.rows.items()}
        self.areas: dict[str, int | None] = {"": None}
        self.entered: set[str] = set()

    def check(self, rows: Sequence[TableRow]) -> list[Verdict]:
        """Judge some rows."""
        return [self._judge(row) for row in rows]

    def take(self, verdicts: Sequence[Verdict]) -> Sequence[Refusal | None]:
        """Enter bodies, each with its superior first when that stands further down in the file."""
        return take_each(verdicts, lambda verdict: self._enter(verdict.item))

    def _enter(self, row: NewOrganisation) -> None:
        above = self.rows.get(row.parent_code)
        if above is not None and queries.find_organisation(row.parent_code) is None:
            verdict = self._judge(above)
            if verdict.standing is Standing.GOOD:
                self._enter(verdict.item)
        enter_organisation(row=row, actor=self.actor, at=self.at)
        self.entered.add(row.code)

    def _judge(self, row: TableRow) -> Verdict:
        read, found = read_row(row.cells, kinds=self.kinds, offered=self.offered)
        first = self.rows[read.code]
        if first.number != row.number:
            again = fault("code", "people.import_code_repeated", first=first.number)
            return Verdict(row=row, standing=Standing.FAULTY, faults=(again,))
        faults = (*found, *self._relations(read))
        if faults:
            return Verdict(row=row, standing=Standing.FAULTY, item=read, faults=faults)
        changes = self._changes(read)
        if not changes and read.code not in self.entered:
            there = fault("code", "people.import_known")
            return Verdict(row=row, standing=Standing.KNOWN, item=read, faults=(there,))
        return Verdict(
            row=row, standing=Standing.GOOD, item=read, shown=_shown(read, changes or "")
        )

    def _relations(self, read: NewOrganisation) -> list[Fault]:
        faults = []
        above = read.parent_code
        if above and above not in self.held and above not in self.rows:
            faults.append(fault("parent", "people.import_parent_unknown", value=above[:40]))
        if is_circle(read.code, self.parents):
            faults.append(fault("parent", "people.import_parent_circle"))
        if read.area_code and self._area(read.area_code) is None:
            short = read.area_code[:40]
            faults.append(fault("area", "people.import_area_unknown", value=short))
        return faults

    def _changes(self, read: NewOrganisation) -> str:
        """Say what taking the row would do; empty when nothing."""
        held = self.held.get(read.code)
        if held is None:
            return gettext(NEW)
        above = self.held.get(read.parent_code)
        is_same = {
            "name": held.name == read.name,
            "kind": held.kind == read.kind,
            "name_en": held.name_en == read.name_en,
            "parent": self._code_above(held.parent_id) == (above.code if above else ""),
            "area": held.area_id == self._area(read.area_code),
            "members_count": held.members_count == read.members_count,
            "is_active": held.is_active == read.is_active,
        }
        is_same["parent"] &= above is not None or not read.parent_code
        labels = {column.name: gettext(column.label) for column in COLUMNS}
        changed = "、".join(labels[name] for name, same in is_same.items() if not same)
        return gettext(CHANGED) % {"fields": changed} if changed else ""

    def _code_above(self, parent_id: int | None) -> str:
        return next((one.code for one in self.held.values() if one.id == parent_id), "")

    def _area(self, code: str) -> int | None:
        if code not in self.areas:
            area = find_area(code)
            self.areas[code] = area.id if area else None
        return self.areas[code]


def _kinds() -> dict[str, OrganisationKind]:
    found = {kind.value: kind for kind in OrganisationKind}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for kind in OrganisationKind:
                found.setdefault("".join(gettext(kind.label).split()).casefold(), kind)
    return found


def _shown(read: NewOrganisation, changes: str) -> tuple[str, ...]:
    return (read.code, read.name, gettext(read.kind.label), read.parent_code, changes)
