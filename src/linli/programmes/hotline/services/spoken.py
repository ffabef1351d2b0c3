"""Reports spoken into a phone: the recording comes after the report and belongs to its case."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import ANONYMOUS
from linli.programmes.hotline.events import RecordingKept
from linli.programmes.hotline.models import Recording
from linli.programmes.hotline.rules.recordings import HEAD_BYTES, MAX_BYTES, recognise_sound
from linli.programmes.hotline.rules.refusals import RecordingRefused
from linli.programmes.hotline.terms import recording_subject

from .playing import make_playable
from .recordings import store_files

MOST_RECORDINGS = 3


@transaction.atomic
def keep_spoken_report(
    *, stream: IO[bytes], size: int, case_id: UUID, street_code: str, at: datetime
) -> UUID:
    """Keep a voice that is a report, or part of one, and return its id.

    Args:
        size: of the file, in bytes.
        street_code: of the sub-district of the case; its clerks may listen.

    Raises:
        RecordingRefused: no recording we can keep, or one too many.
    """
    if Recording.objects.filter(case_id=case_id).count() >= MOST_RECORDINGS:
        raise RecordingRefused("hotline.too_many_recordings", field="file", most=MOST_RECORDINGS)
    content = stream.read(MAX_BYTES + 1)
    sound = recognise_sound(content[:HEAD_BYTES], size=size)
    row = Recording(
        id=new_id(),
        case_id=case_id,
        street_code=street_code,
        media_type=sound.media_type,
        size_bytes=size,
        sha256=hashlib.sha256(content).digest(),
        uploaded_at=at,
        delete_at=at + timedelta(days=settings.RECORDING_DAYS),
    )
    played = make_playable(content, form=sound.form) if sound.form else b""
    row.played_bytes = len(played)
    stream.seek(0)
    store_files(row, stream, sound, played)
    record_event(
        RecordingKept(size_bytes=size, delete_at=row.delete_at),
        subject=recording_subject(row.id),
        actor=ANONYMOUS,
        at=at,
    )
    return row.id
