"""Lists taken as files: who asked for what, how far it is, and the file while it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, ClassVar
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from linli.ground.kernel.marking import N_

from .errors import Refusal
from .events import ListExported
from .ids import new_id
from .models import ExportRecord
from .services import record_event, record_look
from .tables.states import ExportState
from .terms import Actor, Subject

FILE_KEPT = timedelta(days=3)
SUBJECT_KIND = "kernel.ExportRecord"


class UnableToOpenExport(Refusal):
    """The file is not there to be opened."""

    messages: ClassVar = {
        "exports.gone": N_("没有这个文件，或者已过三天的保存期，请重新导出。"),
    }


@dataclass(frozen=True, kw_only=True)
class ExportView:
    """One list on its way into a file, or there."""

    id: UUID
    list_name: str
    query: str
    language: str
    account_id: int
    state: ExportState
    rows_total: int
    rows_done: int
    has_file: bool
    asked_at: datetime
    finished_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether more is to come."""
        return self.state in (ExportState.QUEUED, ExportState.WRITING)

    @property
    def percent(self) -> int:
        """How much of it is written, in hundredths."""
        return min(100, self.rows_done * 100 // self.rows_total) if self.rows_total else 0


@transaction.atomic
def ask_export(
    *,
    list_name: str,
    query: str,
    language: str,
    rows: int,
    personal: tuple[str, ...],
    purpose: str,
    is_written: bool,
    actor: Actor,
    at: datetime,
) -> ExportView:
    """Record that somebody takes a list, and a look where the list holds personal data.

    Args:
        rows: how many rows the file will have.
        personal: names of the fields that may hold personal data.
        purpose: what the look is for.
        is_written: the file is handed over at once and not kept.
    """
    row = ExportRecord.objects.create(
        id=new_id(),
        list_name=list_name,
        query=query,
        language=language,
        account_id=actor.account_id or 0,
        actor_role=actor.role,
        state=(ExportState.DONE if is_written else ExportState.QUEUED).value,
        rows_total=rows,
        rows_done=rows if is_written else 0,
        asked_at=at,
        finished_at=at if is_written else None,
    )
    subject = Subject(kind=SUBJECT_KIND, id=str(row.id))
    record_event(ListExported(list_name=list_name, rows=rows), subject=subject, actor=actor, at=at)
    if personal:
        record_look(
            actor=actor,
            subject=subject,
            person_id=None,
            fields=list(personal),
            purpose=purpose,
            reason=f"{list_name}?{query}"[:500],
            at=at,
        )
    return _view(row)


def note_export_progress(*, export_id: UUID, rows_done: int) -> None:
    """Say how many rows are written."""
    rows = ExportRecord.objects.filter(id=export_id)
    rows.update(state=ExportState.WRITING.value, rows_done=rows_done)


def finish_export(
    *, export_id: UUID, content: IO[bytes], rows: int, at: datetime, suffix: str = "xlsx"
) -> None:
    """Keep the written file for those three days."""
    row = ExportRecord.objects.get(id=export_id)
    row.file.save(f"exports/{row.id.hex[-2:]}/{row.id}.{suffix}", File(content), save=False)
    row.state, row.rows_done, row.rows_total = ExportState.DONE.value, rows, rows
    row.finished_at = at
    row.save()


def fail_export(*, export_id: UUID, at: datetime) -> None:
    """Say that the file could not be written; the asker tries again."""
    rows = ExportRecord.objects.filter(id=export_id)
    rows.update(state=ExportState.FAILED.value, finished_at=at)


def list_exports(*, account_id: int, limit: int = 50) -> list[ExportView]:
    """List what an account has taken, newest first."""
    rows = ExportRecord.objects.filter(account_id=account_id).order_by("-asked_at", "-id")
    return [_view(row) for row in rows[:limit]]


def find_export(*, export_id: UUID, account_id: int | None = None) -> ExportView | None:
    """Find one export; with an account only if it is theirs."""
    rows = ExportRecord.objects.filter(id=export_id)
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    row = rows.first()
    return _view(row) if row else None


def open_export(*, export_id: UUID, account_id: int) -> File[bytes]:
    """Open the file of one's own export.

    Raises:
        UnableToOpenExport: another's, not written yet, or gone.
    """
    row = ExportRecord.objects.filter(id=export_id, account_id=account_id).first()
    if row is None or not row.file:
        raise UnableToOpenExport("exports.gone")
    try:
        return row.file.open("rb")
    except FileNotFoundError as fault:
        raise UnableToOpenExport("exports.gone") from fault


def forget_exports(*, at: datetime) -> int:
    """Delete the files whose term is over and return how many there were; the rows stay."""
    old = ExportRecord.objects.filter(asked_at__lt=at - FILE_KEPT).exclude(file="")
    gone = 0
    for row in old:
        row.file.delete(save=False)
        ExportRecord.objects.filter(id=row.id).update(file="")
        gone += 1
    return gone


def _view(row: ExportRecord) -> ExportView:
    return ExportView(
        id=row.id,
        list_name=row.list_name,
        query=row.query,
        language=row.language,
        account_id=row.account_id,
        state=ExportState(row.state),
        rows_total=row.rows_total,
        rows_done=row.rows_done,
        has_file=bool(row.file),
        asked_at=row.asked_at,
        finished_at=row.finished_at,
    )
