"""Makes one recording of a phone playable: `python -m linli.programmes.hotline.playable amr`.

Browsers can't play AMR. The decoder reads bytes of strangers, so it works in a process of its own
with little memory and time, which can open no file and no connection; it may be killed and nothing
else with it. The recording comes on standard input, MP3 without any metadata goes to standard
output. It ends with `TOO_LONG` when the recording is too long, otherwise not 0 when unreadable.
"""

from __future__ import annotations

import io
import pkgutil
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

import av

from linli.programmes.hotline.rules.recordings import MOST_MINUTES

MOST_MEMORY = 1024**3
MOST_CPU_SECONDS = 30
MOST_PLAYED_SECONDS = MOST_MINUTES * 60
# What a packet without a length plays, as each of AMR does.
PACKET_SECONDS = 0.02
RATE_HZ = 16_000
BITS_A_SECOND = 32_000
TOO_LONG = 3


class TooLong(Exception):
    """The recording plays longer than is kept."""


def make_playable(content: bytes, *, form: str) -> bytes:
    """Turn the first sound track into MP3, one channel.

    Args:
        form: FFmpeg's name of the container; nothing else is tried, no list of addresses above all.

    Raises:
        TooLong: above the most minutes.
        av.FFmpegError, IndexError: no sound in it.
    """
    _check_length(content, form)
    out = io.BytesIO()
    plain = {"id3v2_version": "0", "write_id3v1": "0", "write_xing": "0"}
    with (
        av.open(io.BytesIO(content), "r", format=form) as heard,
        av.open(out, "w", format="mp3", options=plain) as kept,
    ):
        track: Any = kept.add_stream("libmp3lame", rate=RATE_HZ)
        track.layout, track.bit_rate = "mono", BITS_A_SECOND
        for frame in _frames(heard):
            kept.mux(track.encode(frame))
        kept.mux(track.encode(None))
    return out.getvalue()


def _check_length(content: bytes, form: str) -> None:
    """Count what it would play before anything is decoded: a small file may play for days."""
    played = 0.0
    with av.open(io.BytesIO(content), "r", format=form) as heard:
        for packet in heard.demux(heard.streams.audio[0]):
            length = packet.duration * packet.time_base if packet.duration else 0
            played += max(float(length), PACKET_SECONDS)
            if played > MOST_PLAYED_SECONDS:
                raise TooLong


def _frames(heard: Any) -> Iterator[Any]:
    """Give what can be decoded; a broken packet is left out."""
    turn = av.AudioResampler(format="s16p", layout="mono", rate=RATE_HZ)
    samples = 0
    for packet in heard.demux(heard.streams.audio[0]):
        decoded: list[Any] = []
        with suppress(av.InvalidDataError):
            decoded = list(packet.decode())
        for frame in decoded:
            frame.pts = None
            for turned in turn.resample(frame):
                samples += turned.samples
                yield turned
    if not samples:
        raise IndexError


def _confine() -> None:
    """Take from this process all it does not need: memory, time, files, connections."""
    # PyAV loads its parts when they are first needed; later they could not be opened.
    for part in pkgutil.walk_packages(av.__path__, "av."):
        if not part.name.endswith("__main__"):
            import_module(part.name)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def main() -> None:
    """Read standard input, write the playable sound."""
    content = sys.stdin.buffer.read()
    _confine()
    try:
        sound = make_playable(content, form=sys.argv[1])
    except TooLong:
        sys.exit(TOO_LONG)
    except (av.FFmpegError, IndexError, ValueError):
        sys.exit(1)
    sys.stdout.buffer.write(sound)


if __name__ == "__main__":
    main()
