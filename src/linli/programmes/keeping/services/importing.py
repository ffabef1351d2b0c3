"""Tables taken over: rows of categories and items become changes of a draft, never more."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.importing import Batch, Standing, Verdict, take_each
from linli.ground.kernel.imports import ImportView
from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.reading import TableRow
from linli.ground.kernel.tables.terms import Column, Fault
from linli.ground.kernel.tables.values import text_of
from linli.ground.kernel.terms import Actor
from linli.ground.people.errors import NotPermitted
from linli.ground.people.queries import find_member, list_organisations
from linli.ground.people.terms import Action, Member
from linli.programmes.keeping.queries.drafts import get_draft, list_entries
from linli.programmes.keeping.queries.preview import list_faults
from linli.programmes.keeping.queries.rights import find_keeping_role
from linli.programmes.keeping.rules.importing import (
    CATEGORY_COLUMNS,
    ITEM_COLUMNS,
    OF_A_NEW_CATEGORY,
    OF_A_NEW_ITEM,
    PARENT_COLUMNS,
    ReadRow,
    Words,
    fault,
    missing_in_new,
    read_category,
    read_item,
    read_parent,
    squeeze,
)
from linli.programmes.keeping.rules.merging import differing
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import FIELD_LABELS, Change, DraftView, Matter, Op, ParentItem
from linli.spine.cases.catalogue_terms import (
    CHECKED_BY_LABELS,
    LIMIT_UNIT_LABELS,
    RESPONSIBILITY_LABELS,
)
from linli.spine.cases.queries.catalogue import list_categories

from .drafting import put_change, put_changes
from .parents import enter_parent_items


def list_sayings(labels: Mapping[Any, str]) -> dict[str, str]:
    """List the values that words in any language stand for."""
    found = {squeeze(str(value)): str(value) for value in labels}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {squeeze(gettext(label)): str(value) for value, label in labels.items()}
    return found


def offer(labels: Iterable[str]) -> str:
    """Say what may be chosen from."""
    return "、".join(gettext(label) for label in labels)


def read_words() -> Words:
    """Gather what may be written where only some words may."""
    units = list_organisations()
    return Words(
        kinds=list_sayings(RESPONSIBILITY_LABELS),
        units=list_sayings(LIMIT_UNIT_LABELS),
        checks=list_sayings(CHECKED_BY_LABELS),
        organisations={
            squeeze(said): one.code for one in units for said in (one.name_en, one.name, one.code)
        },
        offered={
            "kind": offer(RESPONSIBILITY_LABELS.values()),
            "limit_unit": offer(LIMIT_UNIT_LABELS.values()),
            "checked_by": offer(CHECKED_BY_LABELS.values()),
        },
    )


class DraftBatch(ABC):
    """The rows of one file, to be written into a draft."""

    matter: Matter
    columns: Sequence[Column]
    key_column: str
    needed: Sequence[str]

    def __init__(
        self, *, draft: DraftView, member: Member, rows: Sequence[TableRow], at: datetime
    ) -> None:
        self.draft, self.member, self.at = draft, member, at
        self.words = read_words()
        self.held = list_entries(
            matter=draft.matter, street_code=draft.street_code, on=draft.lies_on
        )
        self.first: dict[str, int] = {}
        for row in rows:
            self.first.setdefault(self.key_of(row), row.number)
        self.wrong = self._evaluate(rows)

    @abstractmethod
    def key_of(self, row: TableRow) -> str:
        """Give the key of the entry a row is about, as far as it can be read."""

    @abstractmethod
    def read(self, row: TableRow) -> tuple[ReadRow, tuple[Fault, ...]]:
        """Read one row."""

    def check(self, rows: Sequence[TableRow]) -> list[Verdict]:
        """Judge some rows."""
        return [self._judge(row) for row in rows]

    def take(self, verdicts: Sequence[Verdict]) -> Sequence[Refusal | None]:
        """Write good rows into the draft together; row by row when that is refused."""
        try:
            with transaction.atomic():
                self._put([verdict.item for verdict in verdicts])
        except Refusal:
            return take_each(verdicts, lambda verdict: self._put([verdict.item]))
        return [None] * len(verdicts)

    def _put(self, changes: Sequence[Change]) -> None:
        held = get_draft(self.draft.id)
        seen = {one.key: one.revision for one in held.changes}
        pairs = [(change, seen.get(change.key, 0)) for change in changes]
        if len(pairs) == 1:
            change, was = pairs[0]
            put_change(draft_id=held.id, change=change, seen=was, member=self.member, at=self.at)
        elif pairs:
            put_changes(draft_id=held.id, changes=pairs, member=self.member, at=self.at)

    def _judge(self, row: TableRow) -> Verdict:
        read, found = self.read(row)
        key = self.key_of(row)
        if self.first[key] != row.number:
            again = fault(self.key_column, "keeping.import_repeated", first=self.first[key])
            return Verdict(row=row, standing=Standing.FAULTY, faults=(again,))
        change = self._change(read)
        faults = (*found, *self._faults_of_new(read, change), *self.wrong.get(read.key, ()))
        if faults:
            return Verdict(row=row, standing=Standing.FAULTY, item=change, faults=faults)
        in_draft = self.draft.find(read.key)
        if change.op is Op.REVISE and not change.fields and in_draft is None:
            known = fault(self.key_column, "keeping.import_known")
            return Verdict(row=row, standing=Standing.KNOWN, item=change, faults=(known,))
        told = (fault(self.key_column, "keeping.import_in_draft"),) if in_draft else ()
        return Verdict(
            row=row,
            standing=Standing.GOOD,
            item=change,
            remarks=told,
            shown=self._shown(read, change),
        )

    def _faults_of_new(self, read: ReadRow, change: Change) -> list[Fault]:
        if change.op is not Op.ADD:
            return []
        return missing_in_new(read, needed=self.needed)

    def _change(self, read: ReadRow) -> Change:
        entry = self.held.get(read.key)
        change = Change(key=read.key, op=read.op(is_there=entry is not None), fields=read.fields)
        if change.op is Op.END:
            return replace(change, fields={}, successor=read.successor)
        if entry is None:
            return change
        fields = differing(read.fields, entry[1])
        fields.pop("major_code", None)
        base = {name: entry[1][name] for name in fields}
        return replace(change, fields=fields, base=base)

    def _evaluate(self, rows: Sequence[TableRow]) -> dict[str, list[Fault]]:
        """Evaluate the draft as it would be with all rows, and sort what is wrong by entry."""
        changes = {one.key: one for one in self.draft.changes}
        for row in rows:
            read, found = self.read(row)
            change = self._change(read)
            is_whole = not found and not self._faults_of_new(read, change)
            if is_whole and (change.fields or change.op is Op.END):
                changes[read.key] = change
        whole = replace(self.draft, changes=tuple(changes.values()))
        wrong: dict[str, list[Fault]] = {}
        for one in list_faults(whole):
            refusal = one.refusal
            named = Fault(
                column=self._column_of(refusal.field),
                code=refusal.code,
                message=refusal.message,
                params=refusal.params,
            )
            wrong.setdefault(one.key, []).append(named)
        return wrong

    def _column_of(self, name: str) -> str:
        return name if name in {one.name for one in self.columns} else self.key_column

    def _shown(self, read: ReadRow, change: Change) -> tuple[str, ...]:
        entry = self.held.get(read.key)
        own = read.fields.get("name") or read.fields.get("title") or (entry[0] if entry else "")
        fields = "、".join(gettext(FIELD_LABELS[name]) for name in change.fields)
        return (read.key, str(own), gettext(change.op.label), fields)


class CategoryBatch(DraftBatch):
    """The rows of a file of categories."""

    matter = Matter.CATALOGUE
    columns = CATEGORY_COLUMNS
    key_column = "key"
    needed = OF_A_NEW_CATEGORY

    def key_of(self, row: TableRow) -> str:
        """Give the key as written."""
        return text_of(row.cells.get("key")).replace("\x00", "")

    def read(self, row: TableRow) -> tuple[ReadRow, tuple[Fault, ...]]:
        """Read one row."""
        return read_category(row.cells, words=self.words)


class ItemBatch(DraftBatch):
    """The rows of a file of items."""

    matter = Matter.LIST
    columns = ITEM_COLUMNS
    key_column = "item_no"
    needed = OF_A_NEW_ITEM

    def key_of(self, row: TableRow) -> str:
        """Give the number as written."""
        return text_of(row.cells.get("item_no")).replace("\x00", "")

    def read(self, row: TableRow) -> tuple[ReadRow, tuple[Fault, ...]]:
        """Read one row."""
        return read_item(row.cells, words=self.words)


_SHOWN_ENTRY = (N_("代码或项号"), N_("名称"), N_("会怎样"), N_("改哪些"))


class DraftImporter:
    """Says what rows mean that become changes of a draft."""

    shown: Sequence[str] = _SHOWN_ENTRY
    matter: Matter
    batch: type[DraftBatch]

    def open(self, *, view: ImportView, rows: Sequence[TableRow], at: datetime) -> Batch:
        """Look over the file beside the draft it is meant for.

        Raises:
            NotPermitted: when the sender may not draft any more.
            UnableToKeep: when the draft is none any more, or of another matter.
        """
        draft = get_draft(int(view.options["draft"]))
        if draft.matter is not self.matter or draft.state.value != "draft":
            raise UnableToKeep("keeping.not_a_draft")
        member = find_member(view.actor.account_id or 0, at)
        right, street = Action.KEEPING_DRAFT, draft.street_code
        if member is None or find_keeping_role(member, right, draft.matter, street) is None:
            raise NotPermitted
        return self.batch(draft=draft, member=member, rows=rows, at=at)


class CategoryImporter(DraftImporter):
    """Says what the rows of a table of categories mean."""

    kind = "catalogue"
    columns: Sequence[Column] = CATEGORY_COLUMNS
    matter = Matter.CATALOGUE
    batch = CategoryBatch

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give what may be written for units, checks, classes and keys."""
        kept = list_categories(on=timezone.localdate(at))
        majors = {one.major_code: one.major_name for one in kept if one.is_extension}
        return {
            "limit_unit": [gettext(label) for label in LIMIT_UNIT_LABELS.values()],
            "checked_by": [gettext(label) for label in CHECKED_BY_LABELS.values()],
            "is_public": [gettext("是"), gettext("否")],
            "for_couriers": [gettext("是"), gettext("否")],
            "major_code": [f"{code} {name}" for code, name in majors.items()],
            "key": [f"{one.key} {one.name}" for one in kept],
        }


class ItemImporter(DraftImporter):
    """Says what the rows of a table of items mean."""

    kind = "responsibilities"
    columns: Sequence[Column] = ITEM_COLUMNS
    matter = Matter.LIST
    batch = ItemBatch

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give what may be written for kind, organisations and categories."""
        kept = list_categories(on=timezone.localdate(at))
        return {
            "kind": [gettext(label) for label in RESPONSIBILITY_LABELS.values()],
            "lead": [f"{one.code} {one.name}" for one in list_organisations()],
            "categories": [f"{one.key} {one.name}" for one in kept],
            "majors": sorted({f"{one.major_key} {one.major_name}" for one in kept}),
        }


class ParentImporter:
    """Says what the rows of a parent list mean."""

    kind = "parent_list"
    columns: Sequence[Column] = PARENT_COLUMNS
    shown: Sequence[str] = (
        FIELD_LABELS["parent_no"],
        FIELD_LABELS["title"],
        FIELD_LABELS["kind"],
        FIELD_LABELS["lead"],
    )

    def open(self, *, view: ImportView, rows: Sequence[TableRow], at: datetime) -> Batch:
        """Look over the file: numbers that repeat.

        Raises:
            NotPermitted: when the sender may not draft any more.
        """
        member = find_member(view.actor.account_id or 0, at)
        right = Action.KEEPING_DRAFT
        role = find_keeping_role(member, right, Matter.LIST, view.street_code) if member else None
        if member is None or role is None:
            raise NotPermitted
        return ParentBatch(actor=member.actor(role=role), options=view.options, rows=rows, at=at)

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give nothing: the office above writes as it does."""
        return {}


class ParentBatch:
    """The rows of one version of a parent list."""

    def __init__(
        self, *, actor: Actor, options: Mapping[str, Any], rows: Sequence[TableRow], at: datetime
    ) -> None:
        self.actor, self.options, self.at = actor, options, at
        self.first: dict[str, int] = {}
        for row in rows:
            self.first.setdefault(text_of(row.cells.get("parent_no")), row.number)

    def check(self, rows: Sequence[TableRow]) -> list[Verdict]:
        """Judge some rows."""
        return [self._judge(row) for row in rows]

    def take(self, verdicts: Sequence[Verdict]) -> Sequence[Refusal | None]:
        """Enter good rows together."""
        try:
            with transaction.atomic():
                self._enter([verdict.item for verdict in verdicts])
        except Refusal as refusal:
            return [refusal] * len(verdicts)
        return [None] * len(verdicts)

    def _enter(self, items: list[ParentItem]) -> None:
        enter_parent_items(
            version=self.options["version"],
            source=self.options["source"],
            effective_from=date.fromisoformat(self.options["effective_from"]),
            items=items,
            actor=self.actor,
            at=self.at,
        )

    def _judge(self, row: TableRow) -> Verdict:
        read, faults = read_parent(row.cells)
        first = self.first.get(read.parent_no, row.number)
        if first != row.number:
            faults = (fault("parent_no", "keeping.import_repeated", first=first),)
        shown = (read.parent_no, read.title, read.kind, read.lead)
        standing = Standing.FAULTY if faults else Standing.GOOD
        return Verdict(row=row, standing=standing, item=read, faults=faults, shown=shown)
