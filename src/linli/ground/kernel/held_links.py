"""Links by which somebody without an account does one thing, whatever room it is of."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet

from .devices import Device
from .ids import code_digest, new_id

TOKEN_BYTES = 20
MOST_NAME = 40
NAME_KEPT = timedelta(days=90)


class HeldLink(models.Model):
    """A link known only by the hash of its token (160 random bits).

    Legal states: open → expired by time, → revoked by hand, → over with what it is for.
    `handler_name` is what the one who used it called themselves, if anything. Each room adds what
    the link is for, and `made_by`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    handler_name = models.CharField(max_length=MOST_NAME, blank=True)

    objects: ClassVar[models.Manager[Self]]

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="%(app_label)s_%(class)s_ends_after_made",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="%(app_label)s_%(class)s_revoked_after_made",
            ),
        )
        indexes = (
            models.Index(
                fields=["expires_at"],
                condition=~Q(handler_name=""),
                name="%(app_label)s_%(class)s_named",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.made_at}"


class HeldLinkUse(models.Model):
    """One use of a link: when, what for, on what kind of device; no address is kept.

    Each room adds `link`.
    """

    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    device = models.CharField(max_length=12)
    event_id = models.UUIDField(null=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(device__in=[device.value for device in Device]),
                name="%(app_label)s_%(class)s_device_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.at}"


Link = TypeVar("Link", bound=HeldLink)


def new_token() -> str:
    """Make the token of a link: 160 random bits as 32 letters and figures."""
    return base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()


def find_by_token(rows: QuerySet[Link], token: str, *, lock: bool = False) -> Link | None:
    """Find a link among these by its token, whatever its state.

    Args:
        lock: hold its row until the transaction ends.
    """
    if "\x00" in token:
        return None
    if lock:
        rows = rows.select_for_update(of=("self",))
    return rows.filter(digest=code_digest(token)).first()


def keep_name(link: HeldLink, written: str) -> None:
    """Keep what the holder calls themselves in one short line; nothing written changes nothing."""
    name = " ".join(written.replace("\x00", "").split())[:MOST_NAME]
    if name and name != link.handler_name:
        link.handler_name = name
        link.save(update_fields=["handler_name"])


def forget_names(rows: QuerySet[Link], *, at: datetime) -> int:
    """Empty the names on links that ended 90 days ago, and return how many there were."""
    return (
        rows.filter(expires_at__lt=at - NAME_KEPT).exclude(handler_name="").update(handler_name="")
    )
