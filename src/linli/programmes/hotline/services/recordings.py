"""Recorded voices: kept apart from pages and photos, heard with a trace, deleted by their term."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_event, record_look
from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, LookPurpose, Member, Target
from linli.programmes.hotline.events import RecordingDeleted, RecordingKept
from linli.programmes.hotline.models import Recording
from linli.programmes.hotline.rules.calls import post_for
from linli.programmes.hotline.rules.recordings import HEAD_BYTES, recognise_sound
from linli.programmes.hotline.rules.refusals import RecordingRefused
from linli.programmes.hotline.services.drafts import lock_draft
from linli.programmes.hotline.terms import recording_subject


@transaction.atomic
def keep_recording(
    *, stream: IO[bytes], size: int, draft_id: UUID, member: Member, at: datetime
) -> UUID:
    """Keep a recorded voice with a call in hand and return its id.

    Args:
        size: of the file, in bytes.

    Raises:
        NotForYou, NoSuchDraft: not this clerk's call.
        RecordingRefused: when the file is no recording we can keep.
    """
    draft = lock_draft(draft_id, member)
    sound = recognise_sound(stream.read(HEAD_BYTES), size=size)
    stream.seek(0)
    row = Recording(
        id=new_id(),
        draft=draft,
        street_code=draft.street_code,
        media_type=sound.media_type,
        size_bytes=size,
        sha256=hashlib.file_digest(stream, "sha256").digest(),  # type: ignore[arg-type]
        uploaded_by_id=member.account_id,
        uploaded_at=at,
        delete_at=at + timedelta(days=settings.RECORDING_DAYS),
    )
    stream.seek(0)
    # The last digits of a UUIDv7 are random, so folders fill evenly.
    name = f"recordings/{row.id.hex[-2:]}/{row.id}.{sound.ending}"
    row.file.save(name, File(stream), save=False)
    try:
        row.save(force_insert=True)
    except BaseException:
        row.file.storage.delete(str(row.file.name))
        raise
    record_event(
        RecordingKept(size_bytes=size, delete_at=row.delete_at),
        subject=recording_subject(row.id),
        actor=member.actor(),
        at=at,
    )
    return row.id


@transaction.atomic
def open_recording(
    *, recording_id: UUID, member: Member, at: datetime, is_first: bool = True
) -> tuple[File[bytes], str, int]:
    """Open a recorded voice; the look is logged. Gives the file, its type and its size in bytes.

    Args:
        is_first: false for a later part of the same hearing, which is not logged again.

    Raises:
        RecordingRefused: no such recording, its term is over, or not for this member.
    """
    row = Recording.objects.filter(id=recording_id, deleted_at=None).first()
    if row is None or not _may_hear(row, member):
        raise RecordingRefused("hotline.recording_missing")
    try:
        opened = row.file.open("rb")
    except FileNotFoundError as fault:
        raise RecordingRefused("hotline.recording_missing") from fault
    if is_first:
        role, _street = post_for(member, Action.RECORDING_LISTEN)
        record_look(
            actor=member.actor(role=role),
            subject=recording_subject(row.id),
            person_id=None,
            fields=["file"],
            purpose=LookPurpose.CALL.value,
            at=at,
        )
    return opened, row.media_type, row.size_bytes


def delete_recordings(*, at: datetime) -> int:
    """Delete the files whose term is over, and return how many there were; the rows stay."""
    done = 0
    for recording_id in _due(at):
        with transaction.atomic():
            done += _delete(recording_id, at)
    return done


def _due(at: datetime) -> list[UUID]:
    due = Recording.objects.filter(deleted_at=None, delete_at__lte=at).order_by("delete_at")
    return list(due.values_list("id", flat=True)[:500])


def _delete(recording_id: UUID, at: datetime) -> int:
    waiting = Recording.objects.select_for_update(skip_locked=True)
    row = waiting.filter(id=recording_id, deleted_at=None).first()
    if row is None:
        return 0
    storage, name = row.file.storage, row.file.name
    row.file, row.deleted_at = "", at
    row.save(update_fields=["file", "deleted_at"])
    record_event(RecordingDeleted(), subject=recording_subject(row.id), actor=SYSTEM, at=at)
    if name:
        # Should the transaction be undone the file is gone all the same, as was due.
        storage.delete(name)
    return 1


def _may_hear(row: Recording, member: Member) -> bool:
    """Of a call in hand only its clerk, of a case whoever listens in that sub-district."""
    target = Target(street_code=row.street_code, is_complaint=False)
    if not may(member, Action.RECORDING_LISTEN, target):
        return False
    return row.case_id is not None or row.uploaded_by_id == member.account_id
