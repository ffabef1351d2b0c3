"""A recorded voice: told by content, heard by clerks with a trace, gone after its term."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings

from linli.ground.kernel.models import Look
from linli.ground.people.terms import Role
from linli.programmes.hotline.models import Recording
from linli.programmes.hotline.queries import get_draft, list_recordings
from linli.programmes.hotline.rules.recordings import MAX_BYTES, recognise_sound
from linli.programmes.hotline.rules.refusals import NoSuchDraft, RecordingRefused
from linli.programmes.hotline.services import (
    delete_recordings,
    file_call,
    keep_recording,
    open_recording,
)
from linli.programmes.hotline.tests.factories import (
    AMR,
    MP3,
    WAV,
    begin_call,
    call_words,
    voice,
)
from linli.spine.cases.tests.factories import Office


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def keep(office: Office, draft_id: UUID, body: bytes = MP3) -> UUID:
    """Keep a voice with the clerk's call."""
    return keep_recording(
        stream=voice(body),
        size=len(body),
        draft_id=draft_id,
        member=office[Role.INTAKE_CLERK],
        at=office.tick(),
    )


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (MP3, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(20), "audio/mpeg"),
        (WAV, "audio/wav"),
        (AMR, "audio/amr"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "audio/mp4"),
        (b"OggS" + bytes(20), "audio/ogg"),
    ],
)
def test_sounds_are_told_by_their_first_bytes(head: bytes, media_type: str) -> None:
    assert recognise_sound(head[:16], size=len(head)).media_type == media_type


@pytest.mark.parametrize(
    ("head", "size", "code"),
    [
        (b"", 0, "recording_empty"),
        (b"<html><script>", 14, "recording_unknown_kind"),
        (b"\xff\xd8\xff\xe0 a photo", 20, "recording_unknown_kind"),
        (b"\xff\xff\xff\xff", 20, "recording_unknown_kind"),
        (MP3[:16], MAX_BYTES + 1, "recording_too_large"),
    ],
)
def test_other_files_are_refused(head: bytes, size: int, code: str) -> None:
    with pytest.raises(RecordingRefused, match=code):
        recognise_sound(head, size=size)


def test_a_voice_follows_its_call_into_the_case(office: Office) -> None:
    draft_id = begin_call(office)
    recording_id = keep(office, draft_id)
    clerk = office[Role.INTAKE_CLERK]
    assert [one.id for one in get_draft(draft_id=draft_id, member=clerk).recordings] == [
        recording_id
    ]
    file_call(draft_id=draft_id, words=call_words(), photos=(), member=clerk, at=office.tick())
    assert [one.id for one in list_recordings(case_id=draft_id)] == [recording_id]


def test_every_hearing_is_logged_once(office: Office) -> None:
    recording_id = keep(office, begin_call(office))
    clerk = office[Role.INTAKE_CLERK]
    for is_first in (True, False):
        file, media_type, size = open_recording(
            recording_id=recording_id, member=clerk, at=office.tick(), is_first=is_first
        )
        with file:
            assert file.read() == MP3
    assert (media_type, size) == ("audio/mpeg", len(MP3))
    (look,) = Look.objects.all()
    assert (look.actor_id, look.fields, look.purpose) == (clerk.account_id, ["file"], "call")


@pytest.mark.parametrize("role", [Role.HANDLER, Role.DISPATCHER, Role.GRID_WORKER, Role.KEEPER])
def test_others_can_t_hear_it(office: Office, role: Role) -> None:
    draft_id = begin_call(office)
    recording_id = keep(office, draft_id)
    clerk = office[Role.INTAKE_CLERK]
    file_call(draft_id=draft_id, words=call_words(), photos=(), member=clerk, at=office.tick())
    with pytest.raises(RecordingRefused, match="recording_missing"):
        open_recording(recording_id=recording_id, member=office[role], at=office.tick())
    assert not Look.objects.exists()


def test_of_a_call_in_hand_only_its_clerk_hears_it(office: Office) -> None:
    recording_id = keep(office, begin_call(office))
    with pytest.raises(RecordingRefused):
        open_recording(
            recording_id=recording_id, member=office[Role.SHIFT_LEADER], at=office.tick()
        )


def test_nobody_adds_to_another_s_call(office: Office) -> None:
    with pytest.raises(NoSuchDraft):
        keep_recording(
            stream=voice(),
            size=len(MP3),
            draft_id=begin_call(office),
            member=office[Role.SHIFT_LEADER],
            at=office.tick(),
        )


def test_the_file_goes_after_its_term_and_the_row_says_so(
    office: Office, settings: LazySettings, tmp_path: Path
) -> None:
    settings.RECORDING_DAYS = 30
    draft_id = begin_call(office)
    recording_id = keep(office, draft_id)
    clerk = office[Role.INTAKE_CLERK]
    assert delete_recordings(at=office.at + timedelta(days=29)) == 0
    assert list(tmp_path.rglob("*.mp3"))
    assert delete_recordings(at=office.at + timedelta(days=31)) == 1
    assert list(tmp_path.rglob("*.mp3")) == []
    (row,) = get_draft(draft_id=draft_id, member=clerk).recordings
    assert row.is_gone
    with pytest.raises(RecordingRefused):
        open_recording(recording_id=recording_id, member=clerk, at=office.at)
    assert Recording.objects.get().deleted_at is not None
