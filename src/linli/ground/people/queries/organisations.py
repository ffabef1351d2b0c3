"""Organisations by id, code, kind and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.pinyin import first_letters
from linli.ground.kernel.tokens import plain
from linli.ground.people.models import Organisation
from linli.ground.people.terms import OrganisationKind, OrganisationRef

MOST_ABOVE = 12


@dataclass(frozen=True, slots=True)
class CalledOrganisation:
    """An organisation at work in the forms it is found by; for this room only."""

    ref: OrganisationRef
    name: str
    english: str
    code: str
    spelled: str

    @classmethod
    def of(cls, ref: OrganisationRef) -> CalledOrganisation:
        """Bring its names into the forms that are compared."""
        return cls(
            ref=ref,
            name=plain(ref.name),
            english="".join(plain(ref.name_en).split()),
            code=plain(ref.code),
            spelled=first_letters(ref.name),
        )


@dataclass(frozen=True)
class _Kept:
    """All organisations by name, each with the code of its area, and by id."""

    listed: tuple[tuple[OrganisationRef, str], ...]
    by_id: Mapping[int, OrganisationRef]
    called: tuple[CalledOrganisation, ...]


def get_organisation(organisation_id: int) -> OrganisationRef:
    """Get one organisation.

    Raises:
        Organisation.DoesNotExist: when there is none.
    """
    return organisation_ref(Organisation.objects.get(id=organisation_id))


def find_organisation(code: str) -> OrganisationRef | None:
    """Find an organisation by its code."""
    row = Organisation.objects.filter(code=code).first()
    return organisation_ref(row) if row else None


def find_by_id(organisation_id: int) -> OrganisationRef | None:
    """Find an organisation by its id, past ones too; no statement."""
    return _organisations.get().by_id.get(organisation_id)


def line_above(organisation_id: int) -> tuple[int, ...]:
    """List the ids of an organisation and of those it belongs to, itself first; no statement."""
    by_id = _organisations.get().by_id
    found: list[int] = []
    one = by_id.get(organisation_id)
    while one is not None and one.id not in found and len(found) < MOST_ABOVE:
        found.append(one.id)
        one = by_id.get(one.parent_id) if one.parent_id is not None else None
    return tuple(found)


def list_organisations(
    *,
    kinds: Iterable[OrganisationKind] | None = None,
    ids: Iterable[int] | None = None,
    within_code: str = "",
    active_only: bool = True,
) -> list[OrganisationRef]:
    """List organisations by name, optionally of some kinds, of some ids, inside an area.

    There are few and they change seldom: each process keeps them.

    Args:
        within_code: digits the code of the organisation's area begins with.
    """
    wanted_kinds = None if kinds is None else set(kinds)
    wanted_ids = None if ids is None else set(ids)
    return [
        one
        for one, area_code in _organisations.get().listed
        if (one.is_active or not active_only)
        and (wanted_kinds is None or one.kind in wanted_kinds)
        and (wanted_ids is None or one.id in wanted_ids)
        and area_code.startswith(within_code)
    ]


def list_called() -> tuple[CalledOrganisation, ...]:
    """List the organisations at work by name, in the forms they are found by; no statement."""
    return _organisations.get().called


def announce_organisations(**_sent: object) -> None:
    """Let every process read the organisations again; called whenever one is saved."""
    announce(_organisations.name)


def organisation_ref(row: Organisation) -> OrganisationRef:
    """Turn a row into what others get."""
    return OrganisationRef(
        id=row.pk,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        kind=OrganisationKind(row.kind),
        parent_id=row.parent_id,
        area_id=row.area_id,
        members_count=row.members_count,
        is_active=row.is_active,
    )


def _load() -> _Kept:
    rows = Organisation.objects.order_by("name").annotate(area_code=F("area__code"))
    listed = tuple((organisation_ref(row), row.area_code or "") for row in rows)
    called = tuple(CalledOrganisation.of(one) for one, _code in listed if one.is_active)
    return _Kept(listed=listed, by_id={one.id: one for one, _code in listed}, called=called)


_organisations = Fresh("organisations", _load)
