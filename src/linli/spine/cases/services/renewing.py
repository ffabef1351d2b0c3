"""The next version of the catalogue: categories revised, added and ended on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Happened, Subject
from linli.spine.cases.catalogue_events import CategoryAdded, CategoryEnded, CategoryRevised
from linli.spine.cases.catalogue_terms import (
    CategoryKind,
    CategoryTurn,
    CategoryUse,
    CategoryView,
    CheckedBy,
    split_key,
)
from linli.spine.cases.models import Category
from linli.spine.cases.queries.catalogue import announce_catalogue, find_category, list_categories
from linli.spine.cases.queries.rerouting import count_uses
from linli.spine.cases.rules.catalogue import check_limit, check_words

from .catalogue import new_category, replace_category, touch_catalogue

MOST_WORDS = 2000
_OF_A_NEW_ONE: Mapping[str, Any] = {
    "is_extension": True,
    "source": "",
    "checked_by": CheckedBy.SPOT.value,
}


class UnableToRenewCatalogue(Refusal):
    """The catalogue can't get this version; `key` is the category it fails at."""

    def __init__(self, key: str, refusal: Refusal) -> None:
        super().__init__(refusal.code, refusal.message, field=refusal.field, **refusal.params)
        self.key = key


@transaction.atomic
def renew_catalogue(
    *, turns: Sequence[CategoryTurn], effective_from: date, actor: Actor, at: datetime
) -> None:
    """Give the catalogue a version from a day on; cases keep the version they were filed under.

    Args:
        effective_from: first day of the version, after the first day of each row it replaces.

    Raises:
        UnableToRenewCatalogue: when anything in it could not be evaluated; nothing is saved then.
    """
    # Another process may have changed it a moment ago: read anew what is kept in memory.
    announce_catalogue()
    rows = _lock([turn.key for turn in turns])
    for fault in find_turn_faults(turns=turns, effective_from=effective_from):
        raise fault
    for turn in turns:
        row, told = _take(turn, rows.get(turn.key), effective_from)
        subject = Subject(kind="cases.Category", id=str(row.pk))
        record_event(told, subject=subject, actor=actor, at=at)
    touch_catalogue(at=at)


def _lock(keys: Sequence[str]) -> dict[str, Category]:
    codes = [split_key(key)[1] for key in keys]
    rows = Category.objects.select_for_update().filter(code__in=codes, effective_to=None)
    return {row.key: row for row in rows.order_by("id") if row.key in keys}


def _take(
    turn: CategoryTurn, row: Category | None, effective_from: date
) -> tuple[Category, Happened]:
    if row is None:
        made = _made(turn, effective_from)
        made.save(force_insert=True)
        return made, CategoryAdded(key=turn.key, effective_from=effective_from)
    if turn.ends:
        row.effective_to, row.successor_key = effective_from, turn.successor
        row.save(update_fields=["effective_to", "successor_key"])
        ended = CategoryEnded(key=turn.key, effective_from=effective_from, successor=turn.successor)
        return row, ended
    previous_id = row.pk
    new = replace_category(row, dict(turn.fields), effective_from)
    revised = CategoryRevised(
        key=turn.key,
        previous_id=previous_id,
        effective_from=effective_from,
        changed=tuple(sorted(turn.fields)),
    )
    return new, revised


def _made(turn: CategoryTurn, effective_from: date) -> Category:
    kind, code = split_key(turn.key)
    fields = {**_OF_A_NEW_ONE, **turn.fields, "kind": kind, "code": code}
    major = _majors().get(str(fields.pop("major_code", "")))
    if major is not None:
        fields |= {
            "major_code": major.major_code,
            "major_name": major.major_name,
            "major_name_en": major.major_name_en,
        }
    return new_category(fields, effective_from=effective_from)


def _majors() -> dict[str, CategoryView]:
    """Give a category of each class of the local extensions, by the code of the class."""
    kept = [one for one in list_categories() if one.kind == CategoryKind.LOCAL]
    return {one.major_code: one for one in kept}


def find_turn_faults(
    *, turns: Sequence[CategoryTurn], effective_from: date
) -> Iterator[UnableToRenewCatalogue]:
    """Find everything in a version that could not be evaluated, category by category.

    Args:
        effective_from: first day of the version.
    """
    staying = {one.key for one in list_categories()} - {one.key for one in turns if one.ends}
    staying |= {one.key for one in turns if one.is_new}
    uses = count_uses([one.key for one in turns if one.ends and not one.successor])
    for turn in turns:
        try:
            _check(turn, effective_from, staying, uses.get(turn.key))
        except Refusal as refusal:
            yield UnableToRenewCatalogue(turn.key, refusal)


def _check(
    turn: CategoryTurn, effective_from: date, staying: set[str], use: CategoryUse | None
) -> None:
    held = find_category(turn.key)
    if turn.is_new:
        _check_new(turn, held)
        return
    if held is None or held.effective_to is not None:
        raise Refusal(
            "catalogue.unknown", N_("目录中没有类别 %(key)s。"), field="key", key=turn.key
        )
    if effective_from <= held.effective_from:
        raise Refusal(
            "catalogue.not_after_last",
            N_("新版本须晚于现行版本的生效日 %(since)s 生效。"),
            field="effective_on",
            since=held.effective_from.isoformat(),
        )
    if turn.ends:
        _check_end(turn, staying, use)
    else:
        _check_values(turn, held)


def _check_new(turn: CategoryTurn, held: CategoryView | None) -> None:
    kind, code = split_key(turn.key)
    if kind != CategoryKind.LOCAL or held is not None:
        raise Refusal(
            "catalogue.code_taken",
            N_("代码“%(used)s”已经用过；新增的只能是本地扩展，须用没有用过的代码。"),
            field="code",
            used=code,
        )
    if str(turn.fields.get("major_code", "")) not in _majors():
        raise Refusal("catalogue.unknown_major", N_("本地扩展里没有这个大类。"), field="major_code")
    _check_words(code, turn.fields)


def _check_values(turn: CategoryTurn, held: CategoryView) -> None:
    values = {name: getattr(held, name) for name in held.__dataclass_fields__} | dict(turn.fields)
    if not any(getattr(held, name, None) != value for name, value in turn.fields.items()):
        raise Refusal("catalogue.nothing_changed", N_("类别 %(key)s 没有任何改动。"), key=turn.key)
    _check_words(held.code, values)


def _check_words(code: str, values: Mapping[str, Any]) -> None:
    checked_by = str(values.get("checked_by", CheckedBy.SPOT.value))
    check_words(code=code, name=str(values.get("name", "")), checked_by=checked_by)
    amount = values.get("limit_amount")
    amount = amount if isinstance(amount, int) else 0
    check_limit(code=code, amount=amount, unit=str(values.get("limit_unit", "")))
    for name in ("filing_condition", "closing_condition"):
        if len(str(values.get(name, ""))) > MOST_WORDS:
            raise Refusal(
                "catalogue.too_long",
                N_("最多 %(most)s 个字。"),
                field=name,
                most=MOST_WORDS,
            )


def _check_end(turn: CategoryTurn, staying: set[str], use: CategoryUse | None) -> None:
    if turn.successor:
        if turn.successor == turn.key or turn.successor not in staying:
            raise Refusal(
                "catalogue.unknown_successor",
                N_("接替的类别 %(key)s 不在新目录里，请另选一个。"),
                field="successor",
                key=turn.successor,
            )
        return
    if use is not None and (use.open_cases or use.item_nos):
        raise Refusal(
            "catalogue.still_used",
            N_(
                "还有 %(cases)s 件没有办结的案件、%(items)s 项现行职责用着这个类别，"
                "请指定由哪个类别接替。"
            ),
            field="successor",
            cases=use.open_cases,
            items=len(use.item_nos),
        )
