"""Who is to hear of what happens to an operation."""

from __future__ import annotations

from uuid import UUID

from linli.programmes.enforcement.queries.facts import open_file
from linli.programmes.enforcement.terms import Audience


def get_audience(operation_id: UUID) -> Audience:
    """Say whom an operation concerns; those who have stepped aside are no longer among them.

    Raises:
        NoSuchOperation: when there is none.
    """
    file = open_file(operation_id)
    return Audience(
        number=file.operation.number,
        street_code=file.operation.street.code,
        person_ids=tuple(file.person_ids),
        home_ids=file.home_ids,
    )
