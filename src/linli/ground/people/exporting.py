"""What is held about somebody, written out to be taken away: as one file, or with the photos."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from linli.ground.kernel.photos import UnableToUsePhoto, open_photo

from . import holdings, looked_at, queries
from .terms import Holding, LookLine, Member

IN_MEMORY_BYTES = 8 * 1024**2


def list_looks_at(member: Member) -> list[LookLine]:
    """List who looked at the person, and at records about the account that do not name it."""
    return queries.list_looks(member.person_id, looked_at.list_subjects(member.account_id))


def write_out(
    held: Sequence[Holding], looks: Sequence[LookLine], *, at: datetime
) -> dict[str, object]:
    """Write what is held and who looked, in the language of the request."""
    return {
        "made_at": at,
        "note": _("虚构数据") if settings.DEMONSTRATION else "",
        "held": [_exported(part) for part in held],
        "looks": [_exported_look(look) for look in looks],
    }


def pack(told: dict[str, object], *, account_id: int) -> IO[bytes]:
    """Pack what was written out with every photo somebody sent; the caller closes the file."""
    packed = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - sent by the caller
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        words = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("record.json", words)
        for one in holdings.list_photos(account_id):
            try:
                photo = open_photo(one.photo_id)
            except UnableToUsePhoto:
                continue
            with photo, archive.open(f"photos/{one.name}.jpg", "w") as into:
                shutil.copyfileobj(photo, into)
    packed.seek(0)
    return packed


def _exported(part: Holding) -> dict[str, object]:
    return {
        "room": part.room,
        "part": part.part,
        "title": _(part.title),
        "purpose": _(part.purpose),
        "retention": _(part.retention),
        "rows": [
            {field.name: {"label": _(field.label), "value": field.value} for field in row}
            for row in part.rows
        ],
    }


def _exported_look(look: LookLine) -> dict[str, object]:
    return {
        "at": look.at,
        "by": look.by,
        "role": _(look.role) if look.role else "",
        "fields": list(look.fields),
        "purpose": _(look.purpose) if look.purpose else "",
        "reason": look.reason,
    }
