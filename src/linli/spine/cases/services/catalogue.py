"""Commands of the catalogue: load the standard, import a foreign one, revise a category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.forms.models import model_to_dict
from pypinyin import Style, lazy_pinyin

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import SYSTEM, Actor, Subject
from linli.spine.cases.catalogue_events import CategoriesImported, CategoryRevised, StandardLoaded
from linli.spine.cases.catalogue_terms import (
    STANDARD_SOURCE,
    CategoryChange,
    CategoryKind,
    CategoryView,
    CheckedBy,
    ForeignCategory,
    category_key,
    split_key,
)
from linli.spine.cases.models import CatalogueVersion, Category
from linli.spine.cases.queries.catalogue import announce_catalogue, category_view
from linli.spine.cases.rules.catalogue import check_limit, check_words
from linli.spine.cases.standards import list_standard_rows

STANDARD_IN_FORCE = date(2026, 7, 1)
FOREIGN_LIMIT = (5, "working_days")


class UnableToReviseCategory(Refusal):
    """The category cannot get this version."""


@transaction.atomic
def load_standard(
    *, at: datetime, actor: Actor = SYSTEM, effective_from: date = STANDARD_IN_FORCE
) -> int:
    """Enter the standard's categories and our extensions; what is there already stays as it is.

    Args:
        effective_from: first day of the versions entered; the standard itself is in force since
            2026-07-01.

    Returns:
        How many categories were added.
    """
    known = set(Category.objects.values_list("kind", "code"))
    rows = [
        new_category(row, effective_from=effective_from)
        for row in list_standard_rows()
        if (row["kind"], row["code"]) not in known
    ]
    if rows:
        Category.objects.bulk_create(rows)
        record_event(
            StandardLoaded(source=STANDARD_SOURCE, added=len(rows)),
            subject=Subject(kind="cases.Catalogue", id=STANDARD_SOURCE),
            actor=actor,
            at=at,
        )
        touch_catalogue(at=at)
    return len(rows)


@transaction.atomic
def import_categories(
    *,
    rows: Sequence[ForeignCategory],
    source: str,
    at: datetime,
    effective_from: date,
    actor: Actor = SYSTEM,
) -> dict[str, str]:
    """Enter somebody else's catalogue as local categories; again with other values revises them.

    Args:
        source: name of the catalogue they come from, shown with each of them.
        effective_from: first day of the versions entered.

    Returns:
        The key of each category by its foreign code.

    Raises:
        CategoryCannotBeSaved: when a row could not be evaluated later; nothing is saved then.
    """
    wanted = {row.code: _foreign(row, source) for row in rows}
    current = {row.code: row for row in _open_rows(CategoryKind.LOCAL, list(wanted))}
    new = [
        new_category(fields, effective_from=effective_from)
        for code, fields in wanted.items()
        if code not in current
    ]
    Category.objects.bulk_create(new)
    stale = [row for code, row in current.items() if _differs(row, wanted[code])]
    for row in stale:
        replace_category(row, wanted[row.code], effective_from)
    if new or stale:
        record_event(
            CategoriesImported(source=source[:80], added=len(new), revised=len(stale)),
            subject=Subject(kind="cases.Catalogue", id=source[:40]),
            actor=actor,
            at=at,
        )
        touch_catalogue(at=at)
    return {code: category_key(CategoryKind.LOCAL, code) for code in wanted}


@transaction.atomic
def revise_category(
    *, key: str, change: CategoryChange, effective_from: date, actor: Actor, at: datetime
) -> CategoryView:
    """Give a category a new version from a day on; what happened before keeps the old one.

    Args:
        effective_from: first day of the new version, after the first day of the one it replaces.

    Raises:
        UnableToReviseCategory: no such category, no change, or the day is not after the last.
        CategoryCannotBeSaved: when the new version could not be evaluated.
    """
    kind, code = split_key(key)
    row = _open_rows(kind, [code]).first()
    if row is None:
        raise UnableToReviseCategory(
            "catalogue.unknown", N_("目录中没有类别 %(key)s。"), field="category", key=key
        )
    fields = {
        name: value
        for name, value in asdict(change).items()
        if value is not None and value != getattr(row, name)
    }
    _check_revision(row, fields, effective_from)
    previous_id = row.pk
    new = replace_category(row, fields, effective_from)
    record_event(
        CategoryRevised(
            key=key,
            previous_id=previous_id,
            effective_from=effective_from,
            changed=tuple(sorted(fields)),
        ),
        subject=Subject(kind="cases.Category", id=str(new.pk)),
        actor=actor,
        at=at,
    )
    touch_catalogue(at=at)
    return category_view(new)


def touch_catalogue(*, at: datetime) -> None:
    """Give catalogue and lists a new token, so that every process drops what it has cached."""
    CatalogueVersion.objects.update_or_create(id=1, defaults={"token": uuid4(), "changed_at": at})
    announce_catalogue()


def _check_revision(row: Category, fields: dict[str, Any], effective_from: date) -> None:
    if not fields:
        raise UnableToReviseCategory(
            "catalogue.nothing_changed", N_("类别 %(key)s 没有任何改动。"), key=row.key
        )
    if effective_from <= row.effective_from:
        raise UnableToReviseCategory(
            "catalogue.not_after_last",
            N_("新版本须晚于现行版本的生效日 %(since)s 生效。"),
            field="effective_from",
            since=row.effective_from.isoformat(),
        )


def _open_rows(kind: str, codes: list[str]) -> Any:
    return Category.objects.select_for_update().filter(kind=kind, code__in=codes, effective_to=None)


def replace_category(row: Category, fields: dict[str, Any], effective_from: date) -> Category:
    """Close a locked row and open its next version; of one that begins that day it is the same."""
    values = model_to_dict(row, exclude=["id"]) | fields
    if {"limit_amount", "limit_unit"} & set(fields) and "is_default_limit" not in fields:
        values["is_default_limit"] = False
    values.pop("effective_to")
    new = new_category(values, effective_from=effective_from)
    if effective_from <= row.effective_from:
        new.pk, new.effective_from = row.pk, row.effective_from
        new.save(force_update=True)
        return new
    row.effective_to = effective_from
    row.save(update_fields=["effective_to"])
    new.save(force_insert=True)
    return new


def _differs(row: Category, wanted: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def new_category(fields: dict[str, Any], *, effective_from: date) -> Category:
    """Make a row, not saved yet.

    Raises:
        CategoryCannotBeSaved: when it could not be evaluated.
    """
    values = fields | {
        "effective_from": effective_from,
        "initials": pinyin_initials(fields["name"]),
    }
    row = Category(**values)
    check_words(code=row.code, name=row.name, checked_by=row.checked_by)
    check_limit(code=row.code, amount=row.limit_amount, unit=row.limit_unit)
    return row


def _foreign(row: ForeignCategory, source: str) -> dict[str, Any]:
    own_limit = row.limit_amount is not None
    return {
        "kind": CategoryKind.LOCAL.value,
        "code": row.code,
        "major_code": "X",
        "major_name": source[:60],
        "major_name_en": source[:80],
        "name": row.name,
        "name_en": row.name_en or row.name,
        "is_extension": True,
        "source": source[:120],
        "limit_amount": row.limit_amount if own_limit else FOREIGN_LIMIT[0],
        "limit_unit": row.limit_unit if own_limit else FOREIGN_LIMIT[1],
        "is_default_limit": not own_limit,
        "checked_by": CheckedBy.SPOT.value,
        "is_public": row.is_public,
    }


def pinyin_initials(text: str) -> str:
    """Give the first letters of the words as typed in a picker: 暴露垃圾 → blll."""
    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())[:200]
