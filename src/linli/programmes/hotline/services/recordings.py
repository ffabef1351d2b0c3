"""Recorded voices: kept apart from pages and photos, heard with a trace, deleted by their term."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models.fields.files import FieldFile

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_event, record_look
from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, LookPurpose, Member, Target
from linli.programmes.hotline.events import RecordingDeleted, RecordingKept
from linli.programmes.hotline.models import Draft, Recording
from linli.programmes.hotline.rules.calls import post_for
from linli.programmes.hotline.rules.recordings import (
    HEAD_BYTES,
    MAX_BYTES,
    MP3,
    Sound,
    recognise_sound,
)
from linli.programmes.hotline.rules.refusals import RecordingRefused
from linli.programmes.hotline.services.drafts import lock_draft
from linli.programmes.hotline.services.playing import make_playable
from linli.programmes.hotline.terms import recording_subject


def keep_recording(
    *, stream: IO[bytes], size: int, draft_id: UUID, member: Member, at: datetime
) -> UUID:
    """Keep a recorded voice with a call in hand and return its id.

    One that browsers can't play is kept as it came and as MP3.

    Args:
        size: of the file, in bytes.

    Raises:
        NotForYou, NoSuchDraft: not this clerk's call.
        RecordingRefused: when the file is no recording we can keep.
    """
    post_for(member, Action.CALL_TAKE)
    sound = recognise_sound(stream.read(HEAD_BYTES), size=size)
    stream.seek(0)
    played = make_playable(stream.read(MAX_BYTES), form=sound.form) if sound.form else b""
    stream.seek(0)
    with transaction.atomic():
        draft = lock_draft(draft_id, member)
        return _keep(stream, size, sound, played, draft, member, at)


def _keep(
    stream: IO[bytes],
    size: int,
    sound: Sound,
    played: bytes,
    draft: Draft,
    member: Member,
    at: datetime,
) -> UUID:
    row = Recording(
        id=new_id(),
        draft=draft,
        street_code=draft.street_code,
        media_type=sound.media_type,
        size_bytes=size,
        sha256=hashlib.file_digest(stream, "sha256").digest(),  # type: ignore[arg-type]
        played_bytes=len(played),
        uploaded_by_id=member.account_id,
        uploaded_at=at,
        delete_at=at + timedelta(days=settings.RECORDING_DAYS),
    )
    stream.seek(0)
    store_files(row, stream, sound, played)
    record_event(
        RecordingKept(size_bytes=size, delete_at=row.delete_at),
        subject=recording_subject(row.id),
        actor=member.actor(),
        at=at,
    )
    return row.id


def store_files(row: Recording, stream: IO[bytes], sound: Sound, played: bytes) -> None:
    """Store what came and what is played, with the row that names both, or nothing."""
    # The last digits of a UUIDv7 are random, so folders fill evenly.
    name = f"recordings/{row.id.hex[-2:]}/{row.id}"
    try:
        row.file.save(f"{name}.{sound.ending}", File(stream), save=False)
        if played:
            row.played.save(f"{name}-played.{MP3.ending}", ContentFile(played), save=False)
        row.save(force_insert=True)
    except BaseException:
        _delete_files([row.file, row.played])
        raise


@transaction.atomic
def open_recording(
    *,
    recording_id: UUID,
    member: Member,
    at: datetime,
    is_first: bool = True,
    as_sent: bool = False,
) -> tuple[File[bytes], str, int]:
    """Open a recorded voice; the look is logged. Gives the file, its type and its size in bytes.

    Args:
        as_sent: the file as it came, even where browsers can't play it.
        is_first: false for a later part of the same hearing, which is not logged again.

    Raises:
        RecordingRefused: no such recording, its term is over, or not for this member.
    """
    row = Recording.objects.filter(id=recording_id, deleted_at=None).first()
    if row is None or not _may_hear(row, member):
        raise RecordingRefused("hotline.recording_missing")
    try:
        is_played = bool(row.played) and not as_sent
        opened = (row.played if is_played else row.file).open("rb")
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
    if is_played:
        return opened, MP3.media_type, row.played_bytes
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
    files = [copy(row.file), copy(row.played)]
    row.file, row.played, row.deleted_at = "", "", at
    row.save(update_fields=["file", "played", "deleted_at"])
    record_event(RecordingDeleted(), subject=recording_subject(row.id), actor=SYSTEM, at=at)
    # Should the transaction be undone the files are gone all the same, as was due.
    _delete_files(files)
    return 1


def _delete_files(files: Iterable[FieldFile]) -> None:
    for file in files:
        if file.name:
            file.storage.delete(file.name)


def _may_hear(row: Recording, member: Member) -> bool:
    """Of a call in hand only its clerk, of a case whoever listens in that sub-district."""
    target = Target(street_code=row.street_code, is_complaint=False)
    if not may(member, Action.RECORDING_LISTEN, target):
        return False
    return row.case_id is not None or row.uploaded_by_id == member.account_id
