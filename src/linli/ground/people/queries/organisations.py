"""Organisations by id, code, kind and place."""

from __future__ import annotations

from collections.abc import Iterable

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

    Args:
        within_code: digits the code of the organisation's area begins with.
    """
    rows = Organisation.objects.order_by("name")
    if active_only:
        rows = rows.filter(is_active=True)
    if kinds is not None:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    if within_code:
        rows = rows.filter(area__code__startswith=within_code)
    return [organisation_ref(row) for row in rows]


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
