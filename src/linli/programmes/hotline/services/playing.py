"""Recordings that browsers can't play are turned into MP3 by a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from linli.programmes.hotline.playable import TOO_LONG
from linli.programmes.hotline.rules.recordings import MOST_MINUTES
from linli.programmes.hotline.rules.refusals import RecordingRefused

PATIENCE_SECONDS = 90


def make_playable(content: bytes, *, form: str) -> bytes:
    """Give the sound of a recording as MP3, without what else the file said.

    Args:
        form: the name under which the decoder knows the file.

    Raises:
        RecordingRefused: too long, or no sound in it.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "linli.programmes.hotline.playable", form],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            # Nothing of ours but where the programs lie: no secret, no address of the database.
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        )
    except subprocess.TimeoutExpired as fault:
        raise RecordingRefused("hotline.recording_unreadable", field="files") from fault
    if done.returncode == TOO_LONG:
        raise RecordingRefused("hotline.recording_too_long", field="files", most=MOST_MINUTES)
    if done.returncode or not done.stdout:
        raise RecordingRefused("hotline.recording_unreadable", field="files")
    return done.stdout
