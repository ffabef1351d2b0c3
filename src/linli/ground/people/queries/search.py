"""Persons as far as one may open their records, and organisations by name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Func, Q, QuerySet, Value
from django.db.models.functions import Right
from django.db.models.lookups import Exact

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.searching import like_anywhere, like_beginning
from linli.ground.kernel.tokens import plain
from linli.ground.people.models import Person
from linli.ground.people.models.person import MOST_PARTS, PART, parts_of
from linli.ground.people.rules import reach
from linli.ground.people.terms import (
    Action,
    Member,
    OrganisationRef,
    PersonLine,
    Scope,
    plain_phone,
)
from linli.ground.territory.terms import AreaKind, code_prefix, prefix_of

from .organisations import CalledOrganisation, list_called

SHORTEST_NAME = 2
MOST_KEPT = 256
PHONE_END = 4


def search_persons(*, member: Member, text: str, limit: int = 8) -> list[PersonLine]:
    """Find persons whose record the member may open, by name, initials or phone; in one statement.

    Whose name begins so comes first.

    Only names and areas are told; the record itself asks a reason (`services.open_person`).

    Args:
        text: any part of a name or of its pinyin initials, two characters at least; a phone
            number whole or its last four figures.
        limit: how many at most.
    """
    scope, asked = reach(member, Action.PERSON_OPEN), _asked(text)
    if scope.is_empty or asked is None:
        return []
    rows = _found(scope, asked.way, limit).rows(
        begins=like_beginning(_squeezed(text)), **asked.values
    )
    return [_line(row) for row in rows]


@lru_cache(maxsize=MOST_KEPT)
def _found(scope: Scope, way: _Way, limit: int) -> Compiled[Person]:
    """Keep the query of those who reach as far and ask in the same way."""

    def build(begins: str, **values: object) -> QuerySet[Person]:
        first = Q(name__written=begins) | Q(initials__written=begins)
        order = ExpressionWrapper(first, output_field=BooleanField()).desc()
        rows = Person.objects.filter(_holds(way, **values)).filter(_inside(scope))
        rows = rows.select_related("household__area").defer("household__area__geometry")
        return rows.order_by(order, "name", "id")[:limit]

    return Compiled(build)


def search_candidates(*, within_code: str, text: str, limit: int = 12) -> list[PersonLine]:
    """Find whom a post could be given to: residents of an area, and staff of its street.

    The caller asks the right and logs the search; only names and areas are told.

    Args:
        within_code: code of the area in which one looks; staff without a door are found by its
            street.
        text: as `search_persons` takes it.
    """
    asked = _asked(text)
    if asked is None:
        return []
    lives = Q(household__area__code__startswith=prefix_of(within_code))
    works = Q(household=None, street_code__startswith=code_prefix(within_code, AreaKind.STREET))
    held = _holds(asked.way, **asked.values)
    rows = Person.objects.filter(held).filter(lives | works).select_related("household__area")
    rows = rows.defer("household__area__geometry").order_by("name", "id")[:limit]
    return [_line(row) for row in rows]


def search_organisations(*, text: str, limit: int = 6) -> list[OrganisationRef]:
    """Find organisations at work by name, English name, code or pinyin initials; no statement.

    Args:
        limit: how many at most; whose name begins so comes first.
    """
    asked = _squeezed(text)
    if not asked:
        return []
    found = [one for one in list_called() if _is_called(one, asked)]
    found.sort(key=lambda one: not one.name.startswith(asked))
    return [one.ref for one in found[:limit]]


def _is_called(one: CalledOrganisation, asked: str) -> bool:
    spelled = one.spelled if len(asked) >= SHORTEST_NAME else ""
    return any(asked in form for form in (one.name, one.english, one.code, spelled))


class _Way(StrEnum):
    """By what a person is asked for."""

    PHONE_END = "phone_end"
    PHONE = "phone"
    INITIALS = "initials"
    NAME = "name"


class _Asked(NamedTuple):
    way: _Way
    values: Mapping[str, object]


def _asked(text: str) -> _Asked | None:
    """Say by what somebody is asked for, and with which values."""
    words = _squeezed(text)
    if len(words) < SHORTEST_NAME:
        return None
    if len(words) == PHONE_END and words.isascii() and words.isdecimal():
        return _Asked(_Way.PHONE_END, {"words": words})
    if phone := plain_phone(words):
        return _Asked(_Way.PHONE, {"words": phone})
    if words.isascii() and not words.isalpha():
        return None
    pairs = [words[at : at + PART] for at in range(len(words) - 1)][: MOST_PARTS - 1]
    parted = {"words": like_anywhere(words), "pairs": pairs}
    return _Asked(_Way.INITIALS if words.isascii() else _Way.NAME, parted)


def _squeezed(text: str) -> str:
    return "".join(plain(text).replace("\0", "").split())


def _holds(way: _Way, *, words: object, pairs: object = ()) -> Q:
    if way is _Way.PHONE_END:
        return Q(Exact(Right("phone", PHONE_END), words)) & ~Q(phone="")
    return Q(phone=words) if way is _Way.PHONE else _has_part(way.value, words, pairs)


def _has_part(column: str, words: object, pairs: object) -> Q:
    """Ask for a part by its pairs of signs, which are indexed, and then as a whole."""
    held = Func(
        parts_of(column),
        Value(pairs),
        template="%(expressions)s",
        arg_joiner=" @> ",
        output_field=BooleanField(),
    )
    return Q(held) & Q(**{f"{column}__written": words})


def _inside(scope: Scope) -> Q:
    found = Q() if scope.all else Q(pk__in=[])
    for prefix in scope.area_prefixes:
        found |= Q(household__area__code__startswith=prefix)
        found |= Q(household=None, street_code__startswith=prefix)
    return found


def _line(row: Person) -> PersonLine:
    area_name = row.household.area.name if row.household else ""
    return PersonLine(id=row.pk, name=row.name, street_code=row.street_code, area_name=area_name)
