"""Organisations by id, code, kind and place."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.people.models import Organisation
from linli.ground.people.terms import OrganisationKind, OrganisationRef


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
        for one, area_code in _organisations.get()
        if (one.is_active or not active_only)
        and (wanted_kinds is None or one.kind in wanted_kinds)
        and (wanted_ids is None or one.id in wanted_ids)
        and area_code.startswith(within_code)
    ]


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


def _load() -> list[tuple[OrganisationRef, str]]:
    """Read all organisations by name, each with the code of its area."""
    rows = Organisation.objects.order_by("name").annotate(area_code=F("area__code"))
    return [(organisation_ref(row), row.area_code or "") for row in rows]


_organisations = Fresh("organisations", _load)
