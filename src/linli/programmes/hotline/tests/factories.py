"""Calls, answers and recorded voices for tests of any room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import av
import numpy as np

from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import middle
from linli.programmes.hotline.services import save_draft, write_answer
from linli.programmes.hotline.terms import AnswerText, CallWords
from linli.spine.cases.tests.factories import Office

MP3 = b"ID3\x03" + bytes(400)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(400)
AMR = b"#!AMR\n" + bytes(400)


def call_words(**changes: Any) -> CallWords:
    """Write down a call about rubbish in the first grid."""
    lon, lat = middle(0, 0)
    usual = CallWords(
        caller="13900001234",
        kind="request",
        text="楼下垃圾成堆，三天没人清。",
        lon=f"{lon:.6f}",
        lat=f"{lat:.6f}",
        name="李示例",
    )
    return replace(usual, **changes)


def begin_call(office: Office, **changes: Any) -> UUID:
    """Let the clerk begin a call and type."""
    draft_id = new_id()
    save_draft(
        draft_id=draft_id,
        words=call_words(**changes),
        photos=(),
        editor="window",
        seen_version=0,
        member=office[Role.INTAKE_CLERK],
        at=office.at,
    )
    return draft_id


def answer_text(**changes: Any) -> AnswerText:
    """Write the answer about the one-door desk's hours."""
    usual = AnswerText(
        question="一门式大厅几点开门",
        text="工作日上午八点到十二点，下午两点到六点；周末不办。",
        keywords="办事大厅 营业时间 上班时间",
        valid_from=date(2026, 1, 1),
    )
    return replace(usual, **changes)


def add_answer(office: Office, **changes: Any) -> int:
    """Let the shift leader write an answer."""
    return write_answer(
        text=answer_text(**changes), member=office[Role.SHIFT_LEADER], at=office.tick()
    )


def record(codec: str, *, form: str = "amr", seconds: int = 2, **told: str) -> bytes:
    """Record a tone as a phone does; `told` is what else the file says."""
    rate, out = 8000, BytesIO()
    with av.open(out, "w", format=form) as file:
        file.metadata.update(told)
        track: Any = file.add_stream(codec, rate=rate)
        track.layout, track.bit_rate = "mono", 12_200
        wave = (np.sin(np.arange(rate * seconds) * 0.3) * 9000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        file.mux(track.encode(frame))
        file.mux(track.encode(None))
    return out.getvalue()


def voice(body: bytes = MP3) -> BytesIO:
    """Give a recorded voice as it is sent."""
    return BytesIO(body)
