"""Files sent to be taken over: what arrived from whom, how far it is, what became of its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, ClassVar
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from linli.ground.kernel.marking import N_

from .errors import Refusal
from .events import FileReceived, ImportConfirmed, ImportDropped, ImportFinished
from .ids import new_id
from .models import ImportRecord
from .services import record_event
from .tables.reading import MOST_BYTES
from .tables.states import ImportState
from .tables.terms import TableRefused
from .terms import Actor, ActorKind, Happened, Subject

FILES_KEPT = timedelta(days=30)
SUBJECT_KIND = "kernel.ImportRecord"
TAKEN_STATES = (ImportState.IMPORTING.value, ImportState.DONE.value)


class UnableToImport(Refusal):
    """The import can't go on as asked."""

    messages: ClassVar = {
        "imports.unknown": N_("没有这次导入，或者不归您看。"),
        "imports.not_now": N_("这次导入已经有了结果，请看最新情况。"),
        "imports.nothing_good": N_("没有可以导入的行。"),
        "imports.gone": N_("文件已过三十天的保存期，只留下导入的记录。"),
    }


@dataclass(frozen=True, kw_only=True)
class ImportCounts:
    """What became, or will become, of the rows."""

    total: int = 0
    good: int = 0
    known: int = 0
    faulty: int = 0


@dataclass(frozen=True, kw_only=True)
class ImportView:
    """One import as its sender and those who answer for it see it."""

    id: UUID
    kind: str
    street_code: str
    file_name: str
    sha256: str
    options: Mapping[str, Any]
    language: str
    actor: Actor
    state: ImportState
    said: str
    counts: ImportCounts
    rows_done: int
    rows_taken: int
    preview: Mapping[str, Any]
    failures: Mapping[str, str]
    has_source: bool
    has_rest: bool
    received_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in (ImportState.CHECKING, ImportState.IMPORTING)

    @property
    def percent(self) -> int:
        """How far the job is, in hundredths of the rows."""
        total = self.counts.total
        return min(100, self.rows_done * 100 // total) if total else 0


@transaction.atomic
def receive_file(
    *,
    kind: str,
    street_code: str,
    file_name: str,
    stream: IO[bytes],
    language: str,
    actor: Actor,
    at: datetime,
) -> ImportView:
    """Keep a sent file with its digest; nothing of it is read yet.

    Raises:
        TableRefused: when it is empty or too large.
    """
    content = stream.read(MOST_BYTES + 1)
    if not content:
        raise TableRefused("tables.empty_file", field="file")
    if len(content) > MOST_BYTES:
        raise TableRefused("tables.too_large", field="file", most=MOST_BYTES // 1024**2)
    row = ImportRecord(
        id=new_id(),
        kind=kind,
        street_code=street_code,
        file_name=file_name.replace("\x00", "")[-200:],
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        language=language,
        account_id=actor.account_id or 0,
        actor_role=actor.role,
        actor_organisation_id=actor.organisation_id,
        state=ImportState.RECEIVED.value,
        received_at=at,
    )
    stream.seek(0)
    row.source.save(f"imports/{row.id.hex[-2:]}/{row.id}.sent", File(stream), save=False)
    row.save(force_insert=True)
    told = FileReceived(kind=kind, sha256=row.sha256.hex(), size_bytes=len(content))
    _tell(row, told, actor=actor, at=at)
    return _view(row)


def begin_check(*, import_id: UUID, options: Mapping[str, Any]) -> ImportView:
    """Take down how the file is to be read, and let it be checked.

    Raises:
        UnableToImport: when it was checked, taken or dropped already.
    """
    with transaction.atomic():
        row = _locked(import_id, ImportState.RECEIVED)
        row.options, row.state = dict(options), ImportState.CHECKING.value
        row.save(update_fields=["options", "state"])
    return _view(row)


def note_import_progress(*, import_id: UUID, total: int, done: int) -> None:
    """Say how many rows are looked at."""
    ImportRecord.objects.filter(id=import_id).update(rows_total=total, rows_done=done)


def finish_check(
    *, import_id: UUID, counts: ImportCounts, preview: Mapping[str, Any], rest: IO[bytes] | None
) -> None:
    """Take down what the check found; the rows not taken are kept as a file with the reasons.

    Raises:
        UnableToImport: when the import is not being checked.
    """
    with transaction.atomic():
        row = _locked(import_id, ImportState.CHECKING)
        row.state, row.preview, row.rows_done = ImportState.CHECKED.value, dict(preview), 0
        row.rows_total, row.rows_good = counts.total, counts.good
        row.rows_known, row.rows_faulty = counts.known, counts.faulty
        if rest is not None:
            _keep_rest(row, rest)
        row.save()


def refuse_file(*, import_id: UUID, said: str, at: datetime) -> None:
    """Take down why the file can't be taken over at all, in the sender's language."""
    under_way = (ImportState.CHECKING.value, ImportState.IMPORTING.value)
    ImportRecord.objects.filter(id=import_id, state__in=under_way).update(
        state=ImportState.REFUSED.value, said=said, finished_at=at
    )


@transaction.atomic
def confirm_import(*, import_id: UUID, actor: Actor, at: datetime) -> ImportView:
    """Let the good rows be taken.

    Raises:
        UnableToImport: not checked, decided already, or nothing to take.
    """
    row = _locked(import_id, ImportState.CHECKED)
    if not row.rows_good:
        raise UnableToImport("imports.nothing_good")
    row.state, row.confirmed_at, row.rows_done = ImportState.IMPORTING.value, at, 0
    row.save(update_fields=["state", "confirmed_at", "rows_done"])
    _tell(row, ImportConfirmed(kind=row.kind, rows=row.rows_good), actor=actor, at=at)
    return _view(row)


@transaction.atomic
def drop_import(*, import_id: UUID, actor: Actor, at: datetime) -> None:
    """Take nothing of the file; what was sent is deleted.

    Raises:
        UnableToImport: decided already.
    """
    row = _locked(import_id, ImportState.CHECKED, ImportState.RECEIVED)
    row.state, row.finished_at = ImportState.DROPPED.value, at
    _tell(row, ImportDropped(kind=row.kind), actor=actor, at=at)
    _clear(row)


def take_chunk(*, import_id: UUID, after: int) -> bool:
    """Hold the import for one more chunk of rows, in the caller's transaction.

    Returns False when another worker has come further meanwhile, or it is over.

    Args:
        after: how many rows the caller believes are done.
    """
    row = ImportRecord.objects.select_for_update().get(id=import_id)
    return row.state == ImportState.IMPORTING.value and row.rows_done == after


def note_taken(*, import_id: UUID, done: int, taken: int, failures: Mapping[str, str]) -> None:
    """Add what one chunk brought, in the transaction that took it.

    Args:
        done: rows looked at by now.
        taken: rows this chunk has taken.
        failures: reasons by number of row.
    """
    row = ImportRecord.objects.get(id=import_id)
    row.rows_done, row.rows_taken = done, row.rows_taken + taken
    row.failures = {**row.failures, **failures}
    row.save(update_fields=["rows_done", "rows_taken", "failures"])


@transaction.atomic
def finish_import(*, import_id: UUID, rest: IO[bytes] | None, at: datetime) -> None:
    """Close the import; the sent file goes at once, the rows left out stay for their term.

    Raises:
        UnableToImport: when it is not being imported.
    """
    row = _locked(import_id, ImportState.IMPORTING)
    row.state, row.finished_at = ImportState.DONE.value, at
    if rest is not None:
        _keep_rest(row, rest)
    row.source.delete(save=False)
    row.save()
    actor = _view(row).actor
    left_out = row.rows_total - row.rows_taken
    told = ImportFinished(kind=row.kind, taken=row.rows_taken, left_out=left_out)
    _tell(row, told, actor=actor, at=at)


def get_import(import_id: UUID) -> ImportView:
    """Get one import; the caller has asked the right.

    Raises:
        UnableToImport: when there is none.
    """
    row = ImportRecord.objects.filter(id=import_id).first()
    if row is None:
        raise UnableToImport("imports.unknown")
    return _view(row)


def list_imports(*, kinds: Iterable[str], limit: int = 50) -> list[ImportView]:
    """List imports of these kinds, newest first; the caller keeps those it may show."""
    rows = ImportRecord.objects.filter(kind__in=list(kinds))
    return [_view(row) for row in rows.order_by("-received_at", "-id")[:limit]]


def list_under_way() -> list[tuple[UUID, ImportState]]:
    """List the imports a job should be at work on."""
    under_way = (ImportState.CHECKING.value, ImportState.IMPORTING.value)
    rows = ImportRecord.objects.filter(state__in=under_way).order_by("received_at")
    return [(row_id, ImportState(state)) for row_id, state in rows.values_list("id", "state")]


def find_same_file(*, of: ImportView) -> ImportView | None:
    """Find the last import that took rows of the very same file, for the same sub-district."""
    rows = ImportRecord.objects.filter(
        kind=of.kind,
        sha256=bytes.fromhex(of.sha256),
        street_code=of.street_code,
        state__in=TAKEN_STATES,
    ).exclude(id=of.id)
    row = rows.order_by("-received_at").first()
    return _view(row) if row else None


def read_source(import_id: UUID) -> bytes:
    """Read the sent file.

    Raises:
        UnableToImport: when it is gone.
    """
    with _opened(import_id, "source") as file:
        content: bytes = file.read()
    return content


def open_rest(*, import_id: UUID) -> File[bytes]:
    """Open the file of the rows not taken; the caller has asked the right and closes it.

    Raises:
        UnableToImport: when there is none, or its term is over.
    """
    return _opened(import_id, "rest")


def forget_imports(*, at: datetime) -> int:
    """Delete what senders wrote once its term is over and return how many imports that were."""
    old = ImportRecord.objects.filter(received_at__lt=at - FILES_KEPT).exclude(source="", rest="")
    for row in (rows := list(old)):
        if row.state not in (ImportState.DONE.value, ImportState.REFUSED.value):
            row.state, row.finished_at = ImportState.DROPPED.value, at
        _clear(row)
    return len(rows)


def _opened(import_id: UUID, name: str) -> File[bytes]:
    row = ImportRecord.objects.filter(id=import_id).first()
    file = getattr(row, name) if row else None
    if not file:
        raise UnableToImport("imports.gone")
    try:
        opened: File[bytes] = file.open("rb")
    except FileNotFoundError as fault:
        raise UnableToImport("imports.gone") from fault
    return opened


def _locked(import_id: UUID, *states: ImportState) -> ImportRecord:
    row = ImportRecord.objects.select_for_update().filter(id=import_id).first()
    if row is None:
        raise UnableToImport("imports.unknown")
    if row.state not in [state.value for state in states]:
        raise UnableToImport("imports.not_now")
    return row


def _keep_rest(row: ImportRecord, rest: IO[bytes]) -> None:
    row.rest.delete(save=False)
    row.rest.save(f"imports/{row.id.hex[-2:]}/{row.id}-rest.xlsx", File(rest), save=False)


def _clear(row: ImportRecord) -> None:
    row.source.delete(save=False)
    row.rest.delete(save=False)
    row.preview, row.failures = {}, {}
    row.save()


def _tell(row: ImportRecord, event: Happened, *, actor: Actor, at: datetime) -> None:
    subject = Subject(kind=SUBJECT_KIND, id=str(row.id))
    record_event(event, subject=subject, actor=actor, at=at)


def _view(row: ImportRecord) -> ImportView:
    return ImportView(
        id=row.id,
        kind=row.kind,
        street_code=row.street_code,
        file_name=row.file_name,
        sha256=bytes(row.sha256).hex(),
        options=row.options,
        language=row.language,
        actor=Actor(
            kind=ActorKind.STAFF,
            account_id=row.account_id,
            role=row.actor_role,
            organisation_id=row.actor_organisation_id,
        ),
        state=ImportState(row.state),
        said=row.said,
        counts=ImportCounts(
            total=row.rows_total,
            good=row.rows_good,
            known=row.rows_known,
            faulty=row.rows_faulty,
        ),
        rows_done=row.rows_done,
        rows_taken=row.rows_taken,
        preview=row.preview,
        failures=row.failures,
        has_source=bool(row.source),
        has_rest=bool(row.rest),
        received_at=row.received_at,
        confirmed_at=row.confirmed_at,
        finished_at=row.finished_at,
    )
