"""Which files are recorded voices: told by content, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from linli.programmes.hotline.rules.refusals import RecordingRefused

MAX_BYTES = 20 * 1024 * 1024
HEAD_BYTES = 16
MOST_MINUTES = 30
# What WeChat keeps on the phone, often under the name of AMR; only WeChat plays it.
SILK = b"#!SILK"


@dataclass(frozen=True)
class Sound:
    """One kind of sound file; with a `form` browsers can't play it and it is made playable.

    `form` is the name under which the decoder knows it.
    """

    media_type: str
    ending: str
    form: str = ""

    @property
    def plays_here(self) -> bool:
        """Whether browsers play it as it is."""
        return not self.form


AMR = Sound("audio/amr", "amr", form="amr")
# A phone's film format, which may hold sound alone, as AMR.
THREE_GP = Sound("audio/3gpp", "3gp", form="mov")
MP3 = Sound("audio/mpeg", "mp3")
M4A = Sound("audio/mp4", "m4a")
WAV = Sound("audio/wav", "wav")
OGG = Sound("audio/ogg", "ogg")
WEBM = Sound("audio/webm", "webm")
SOUNDS = {sound.media_type: sound for sound in (AMR, THREE_GP, MP3, M4A, WAV, OGG, WEBM)}


def recognise_sound(head: bytes, *, size: int) -> Sound:
    """Tell what kind of sound file begins with these bytes.

    Args:
        head: the first 16 bytes.
        size: of the whole file, in bytes.

    Raises:
        RecordingRefused: empty, too large, WeChat's own format, or no recording.
    """
    if not head or not size:
        raise RecordingRefused("hotline.recording_empty", field="files")
    if size > MAX_BYTES:
        raise RecordingRefused(
            "hotline.recording_too_large", field="files", limit_mb=MAX_BYTES // 1024**2
        )
    if SILK in head:
        raise RecordingRefused("hotline.recording_silk", field="files")
    sound = _by_head(head)
    if sound is None:
        raise RecordingRefused("hotline.recording_unknown_kind", field="files")
    return sound


def _by_head(head: bytes) -> Sound | None:
    tests = (
        (head.startswith(b"#!AMR"), AMR),
        (head.startswith(b"ID3") or _is_mpeg_frame(head), MP3),
        (head[4:8] == b"ftyp" and head[8:11] in (b"3gp", b"3g2"), THREE_GP),
        (head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"mp4", b"iso", b"M4B"), M4A),
        (head.startswith(b"RIFF") and head[8:12] == b"WAVE", WAV),
        (head.startswith(b"OggS"), OGG),
        (head.startswith(b"\x1a\x45\xdf\xa3"), WEBM),
    )
    return next((sound for fits, sound in tests if fits), None)


def _is_mpeg_frame(head: bytes) -> bool:
    """Layer III frames begin with eleven set bits; version and layer must be allowed ones."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return version != 1 and layer == 1
