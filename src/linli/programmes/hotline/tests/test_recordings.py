"""A recorded voice: told by content, heard by clerks with a trace, gone after its term."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import av
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
    record,
    voice,
)
from linli.spine.cases.tests.factories import Office

SPOKEN = record("libopencore_amrnb")


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
        (b"#!AMR-WB\n" + bytes(20), "audio/amr"),
        (b"\x00\x00\x00\x1cftyp3gp4" + bytes(20), "audio/3gpp"),
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
        (b"\x02#!SILK_V3", 20, "recording_silk"),
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


def test_a_voice_of_a_phone_is_played_as_mp3_and_kept_as_it_came(office: Office) -> None:
    recording_id, clerk = keep(office, begin_call(office), SPOKEN), office[Role.INTAKE_CLERK]
    file, media_type, size = open_recording(
        recording_id=recording_id, member=clerk, at=office.tick()
    )
    with file, av.open(file, "r") as heard:
        assert (media_type, size) == ("audio/mpeg", file.size)
        assert heard.duration is not None
        assert heard.duration / av.time_base == pytest.approx(2, abs=0.3)
        assert dict(heard.metadata) == {}
    file, media_type, size = open_recording(
        recording_id=recording_id, member=clerk, at=office.tick(), as_sent=True
    )
    with file:
        assert (file.read(), media_type, size) == (SPOKEN, "audio/amr", len(SPOKEN))
    assert Look.objects.count() == 2


def test_what_a_phone_s_film_format_says_of_the_place_is_not_played_on(office: Office) -> None:
    sent = record("libopencore_amrnb", form="3gp", location="+43.8800+125.2900/")
    assert b"loci" in sent
    draft_id, clerk = begin_call(office), office[Role.INTAKE_CLERK]
    keep(office, draft_id, sent)
    (shown,) = get_draft(draft_id=draft_id, member=clerk).recordings
    assert (shown.media_type, shown.plays_here, shown.is_converted) == ("audio/3gpp", True, True)
    file, _type, _size = open_recording(recording_id=shown.id, member=clerk, at=office.tick())
    with file:
        assert b"loci" not in file.read()


def test_what_browsers_play_is_not_touched(office: Office) -> None:
    draft_id = begin_call(office)
    keep(office, draft_id, WAV)
    (shown,) = get_draft(draft_id=draft_id, member=office[Role.INTAKE_CLERK]).recordings
    assert (shown.plays_here, shown.is_converted) == (True, False)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"#!AMR\n", "recording_unreadable"),
        (b"#!AMR\n" + bytes(range(256)) * 40, "recording_unreadable"),
        (b"\x00\x00\x00\x1cftyp3gp4" + bytes(400), "recording_unreadable"),
        # Packets of a single byte that say nothing: a megabyte plays for five hours.
        (b"#!AMR\n" + b"\x7c" * 1_000_000, "recording_too_long"),
    ],
)
def test_hostile_recordings_are_refused_and_leave_nothing(
    office: Office, tmp_path: Path, body: bytes, code: str
) -> None:
    draft_id = begin_call(office)
    with pytest.raises(RecordingRefused, match=code):
        keep(office, draft_id, body)
    assert not Recording.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_both_files_go_after_the_term(office: Office, tmp_path: Path) -> None:
    keep(office, begin_call(office), SPOKEN)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert delete_recordings(at=office.at + timedelta(days=91)) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
