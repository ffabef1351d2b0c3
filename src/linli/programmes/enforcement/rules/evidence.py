"""The digest that ties a photo to who took it, when and where; recomputed at every reading."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from uuid import UUID


def digest_of(
    *,
    operation_id: UUID,
    photo_id: UUID,
    photo_sha256: bytes,
    stage: str,
    taken_at: datetime,
    taken_by_id: int,
    place: str,
    party_id: int | None,
) -> str:
    """Give the SHA-256 over the picture's own hash and everything said of it, in hexadecimal.

    Args:
        taken_at: aware instant; compared in UTC to the second.
    """
    parts = (
        "linli-evidence-1",
        str(operation_id),
        str(photo_id),
        photo_sha256.hex(),
        stage,
        taken_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        str(taken_by_id),
        place,
        str(party_id or ""),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
