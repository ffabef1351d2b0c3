"""Ids for machines and secrets for people who have no account."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

import uuid_utils

TRACKING_BITS = 80


def new_id() -> UUID:
    """Make a UUIDv7, so that ids made later sort later (RFC 9562, 5.7)."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def tracking_code(report_id: UUID, *, secret: str) -> str:
    """Derive the reporter's code: the same report always gets the same code, nobody can guess it.

    16 characters of RFC 4648 base32 carry 80 bits.
    """
    digest = hmac.digest(secret.encode(), b"tracking:" + report_id.bytes, "sha256")
    return base64.b32encode(digest[: TRACKING_BITS // 8]).decode()


def code_digest(code: str) -> bytes:
    """Hash a tracking code or token for storage; spaces, hyphens and case do not matter."""
    plain = code.replace(" ", "").replace("-", "").upper()
    return hashlib.sha256(plain.encode()).digest()
