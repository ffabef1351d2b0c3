"""Commands of the room."""

from __future__ import annotations

from .answers import retire_answer, settle_wish, write_answer
from .calls import answer_call, file_call, remind_by_call, want_answer
from .drafts import drop_draft, forget_drafts, open_pasted, save_draft, take_up_again
from .recordings import delete_recordings, keep_recording, open_recording
from .spoken import keep_spoken_report
from .telling import mark_told

__all__ = [
    "answer_call",
    "delete_recordings",
    "drop_draft",
    "file_call",
    "forget_drafts",
    "keep_recording",
    "keep_spoken_report",
    "mark_told",
    "open_pasted",
    "open_recording",
    "remind_by_call",
    "retire_answer",
    "save_draft",
    "settle_wish",
    "take_up_again",
    "want_answer",
    "write_answer",
]
