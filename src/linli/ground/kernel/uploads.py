"""Files that come in parts over a bad line: begun once, gone on with where they stopped, used once.

The sender makes the id and says what the file is for. The last part and what becomes of the file
are one transaction: a file is either under way or it has arrived and is in its place. What is
refused is forgotten, so that nothing is ever told to have arrived that has not.
"""

from __future__ import annotations

import hmac
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction

from linli.ground.kernel.marking import N_

from .errors import Refusal
from .models import Upload, UploadPart
from .terms import Subject

MAX_BYTES = 20 * 1024 * 1024
MAX_PART_BYTES = 256 * 1024
UNFINISHED_AGE = timedelta(days=2)
ARRIVED_AGE = timedelta(days=30)
KEY_BYTES = 20


class UnableToUpload(Refusal):
    """A file, or a part of it, that can't be taken."""

    messages: ClassVar = {
        "upload.unknown": N_("没有这次上传，可能已过期。请重新发送。"),
        "upload.id_not_v7": N_("上传的编号必须是 UUIDv7。"),
        "upload.id_reused": N_("这个编号已用于另一个文件，请换一个新编号。"),
        "upload.size_wrong": N_("文件是空的，或者超过 %(limit_mb)s MB。"),
        "upload.part_too_large": N_("每次最多发送 %(limit_kb)s KB。"),
        "upload.other_offset": N_("已经收到 %(offset)s 字节，请从那里继续发送。"),
        "upload.beyond_its_size": N_("发来的内容比文件说好的大小还多。"),
    }


@dataclass(frozen=True, kw_only=True)
class UploadView:
    """How far a file is; `facts` is what the sender said of it."""

    id: UUID
    subject: Subject
    purpose: str
    size_bytes: int
    received_bytes: int
    facts: Mapping[str, Any]
    has_arrived: bool


# Puts a whole file in its place; it runs in the transaction of the last part.
Use = Callable[[IO[bytes], UploadView], None]


def upload_key(upload_id: UUID) -> str:
    """Give the secret that alone lets somebody go on with a file; the same for the same id."""
    made = hmac.digest(settings.SECRET_KEY.encode(), b"upload:" + upload_id.bytes, "sha256")
    return made[:KEY_BYTES].hex()


@transaction.atomic
def begin_upload(
    *,
    upload_id: UUID,
    subject: Subject,
    purpose: str,
    size_bytes: int,
    facts: Mapping[str, Any],
    at: datetime,
) -> UploadView:
    """Begin a file, or give the one begun before with the same id, subject and size.

    Args:
        upload_id: a UUIDv7 made by the sender.
        purpose: what will become of it, as the caller names it.

    Raises:
        UnableToUpload: an id of another file, or a size that can't be taken.
    """
    if upload_id.version != 7:
        raise UnableToUpload("upload.id_not_v7", field="id")
    if not 0 < size_bytes <= MAX_BYTES:
        raise UnableToUpload("upload.size_wrong", limit_mb=MAX_BYTES // 1024**2)
    row, is_new = Upload.objects.get_or_create(
        id=upload_id,
        defaults={
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "purpose": purpose,
            "size_bytes": size_bytes,
            "facts": dict(facts),
            "begun_at": at,
            "changed_at": at,
        },
    )
    found = _view(row)
    asked = (subject, purpose, size_bytes)
    if not is_new and (found.subject, found.purpose, found.size_bytes) != asked:
        raise UnableToUpload("upload.id_reused", field="id")
    return found


def get_upload(*, upload_id: UUID, key: str) -> UploadView:
    """Say how far a file is.

    Raises:
        UnableToUpload: no such file, or the key is not its own; the answer does not tell which.
    """
    row = Upload.objects.filter(id=upload_id).first()
    if row is None or not hmac.compare_digest(key.encode(), upload_key(upload_id).encode()):
        raise UnableToUpload("upload.unknown")
    return _view(row)


def add_part(
    *, upload_id: UUID, key: str, offset: int, content: bytes, use: Use, at: datetime
) -> UploadView:
    """Add the next part; with the last one the file is used and has arrived.

    Args:
        offset: at which byte of the file the part begins.
        use: puts the whole file in its place.

    Raises:
        UnableToUpload: unknown, from the wrong byte, too large or beyond the size.
        Refusal: whatever `use` refuses; the file is then forgotten.
    """
    get_upload(upload_id=upload_id, key=key)
    if len(content) > MAX_PART_BYTES:
        raise UnableToUpload("upload.part_too_large", limit_kb=MAX_PART_BYTES // 1024)
    with transaction.atomic():
        row = _expect(upload_id, offset, len(content))
        if row.arrived_at is not None or not content:
            return _view(row)
        row.changed_at, row.received_bytes = at, offset + len(content)
        if row.received_bytes < row.size_bytes:
            UploadPart.objects.create(upload=row, start=offset, content=content)
            row.save(update_fields=["changed_at", "received_bytes"])
            return _view(row)
    return _finish(upload_id, offset, content, use, at)


def _expect(upload_id: UUID, offset: int, length: int) -> Upload:
    """Lock a file and see that the part is the next one."""
    row = Upload.objects.select_for_update().filter(id=upload_id).first()
    if row is None:
        raise UnableToUpload("upload.unknown")
    if offset != row.received_bytes:
        raise UnableToUpload("upload.other_offset", offset=row.received_bytes)
    if offset + length > row.size_bytes:
        raise UnableToUpload("upload.beyond_its_size")
    return row


def _finish(upload_id: UUID, offset: int, content: bytes, use: Use, at: datetime) -> UploadView:
    try:
        with transaction.atomic():
            row = _expect(upload_id, offset, len(content))
            row.changed_at, row.received_bytes, row.arrived_at = at, row.size_bytes, at
            parts = row.parts.order_by("start").values_list("content", flat=True)
            whole = io.BytesIO(b"".join([*(bytes(part) for part in parts), content]))
            row.parts.all().delete()
            facts = _view(row)
            row.facts = {}
            row.save(update_fields=["changed_at", "received_bytes", "arrived_at", "facts"])
            use(whole, facts)
            return _view(row)
    except UnableToUpload:
        raise
    except Refusal:
        Upload.objects.filter(id=upload_id, arrived_at=None).delete()
        raise


def forget_uploads(*, at: datetime) -> int:
    """Delete files whose rest never came, and the rows of those that arrived long ago."""
    unfinished = Upload.objects.filter(arrived_at=None, changed_at__lt=at - UNFINISHED_AGE)
    arrived = Upload.objects.filter(changed_at__lt=at - ARRIVED_AGE)
    return unfinished.delete()[0] + arrived.delete()[0]


def _view(row: Upload) -> UploadView:
    return UploadView(
        id=row.id,
        subject=Subject(kind=row.subject_kind, id=row.subject_id),
        purpose=row.purpose,
        size_bytes=row.size_bytes,
        received_bytes=row.received_bytes,
        facts=row.facts,
        has_arrived=row.arrived_at is not None,
    )
