"""Persons as far as one may open their records, and organisations by name."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, ExpressionWrapper, Func, Q, TextField, Value
from django.db.models.functions import Right
from django.db.models.lookups import Exact

from linli.ground.kernel.pinyin import first_letters
from linli.ground.kernel.tokens import plain
from linli.ground.people.models import Organisation, Person
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

from .organisations import organisation_ref

SHORTEST_NAME = 2
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
    rows = Person.objects.filter(asked).filter(_inside(scope)).select_related("household__area")
    words = _squeezed(text)
    begins = Q(name__startswith=words) | Q(initials__startswith=words)
    first = ExpressionWrapper(begins, output_field=BooleanField()).desc()
    rows = rows.defer("household__area__geometry").order_by(first, "name", "id")[:limit]
    return [_line(row) for row in rows]


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
    rows = Person.objects.filter(asked).filter(lives | works).select_related("household__area")
    rows = rows.defer("household__area__geometry").order_by("name", "id")[:limit]
    return [_line(row) for row in rows]


def search_organisations(*, text: str, limit: int = 6) -> list[OrganisationRef]:
    """Find organisations at work by name, English name, code or pinyin initials, in one statement.

    Args:
        limit: how many at most; whose name begins so comes first.
    """
    asked = "".join(plain(text).replace("\0", "").split())
    if not asked:
        return []
    rows = Organisation.objects.filter(is_active=True).order_by("name")
    if not asked.isascii():
        rows = rows.filter(name__icontains=asked)
    found = [row for row in rows if _is_called(row, asked)]
    found.sort(key=lambda row: not plain(row.name).startswith(asked))
    return [organisation_ref(row) for row in found[:limit]]


def _is_called(row: Organisation, asked: str) -> bool:
    english = "".join(plain(row.name_en).split())
    spelled = first_letters(row.name) if len(asked) >= SHORTEST_NAME else ""
    return any(asked in one for one in (plain(row.name), english, plain(row.code), spelled))


def _asked(text: str) -> Q | None:
    words = _squeezed(text)
    if len(words) < SHORTEST_NAME:
        return None
    if len(words) == PHONE_END and words.isascii() and words.isdecimal():
        return Q(Exact(Right("phone", PHONE_END), words)) & ~Q(phone="")
    if phone := plain_phone(words):
        return Q(phone=phone)
    if words.isascii():
        return _has_part("initials", words) if words.isalpha() else None
    return _has_part("name", words)


def _squeezed(text: str) -> str:
    return "".join(plain(text).replace("\0", "").split())


def _has_part(column: str, words: str) -> Q:
    """Ask for a part by its pairs of signs, which are indexed, and then as a whole."""
    pairs = [words[at : at + PART] for at in range(len(words) - 1)][: MOST_PARTS - 1]
    asked = Value(pairs, output_field=ArrayField(TextField()))
    held = Func(
        parts_of(column),
        asked,
        template="%(expressions)s",
        arg_joiner=" @> ",
        output_field=BooleanField(),
    )
    return Q(held) & Q(**{f"{column}__contains": words})


def _inside(scope: Scope) -> Q:
    found = Q() if scope.all else Q(pk__in=[])
    for prefix in scope.area_prefixes:
        found |= Q(household__area__code__startswith=prefix)
        found |= Q(household=None, street_code__startswith=prefix)
    return found


def _line(row: Person) -> PersonLine:
    area_name = row.household.area.name if row.household else ""
    return PersonLine(id=row.pk, name=row.name, street_code=row.street_code, area_name=area_name)
