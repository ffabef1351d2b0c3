"""Taking over a file: every row is judged first, the good ones are taken once somebody says yes.

A room says what its rows mean by registering an `Importer`; reading the file, counting, the file
of rows left out, the preview and going on after a crash are the same for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from procrastinate.exceptions import AlreadyEnqueued

from . import imports
from .errors import Refusal
from .import_sheets import known_in_both, read_left_out, write_rest
from .imports import ImportCounts, ImportView
from .tables.reading import Table, TableRow, read_table
from .tables.states import ImportState
from .tables.terms import Column, Fault
from .tables.values import text_of
from .terms import Actor

CHUNK_ROWS = 200
MOST_IN_MEMORY = 2 * 1024**2
PREVIEW_ROWS = 20
PREVIEW_FAULTS = 40


class Standing(StrEnum):
    """What a row is: to be taken, there already, or wrong."""

    GOOD = "good"
    KNOWN = "known"
    FAULTY = "faulty"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found of one row: `faults` why it is left out, `remarks` what is worth knowing.

    `item` is the room's own, handed back to take the row. `shown` is the row as understood.
    """

    row: TableRow
    standing: Standing
    item: Any = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    shown: tuple[str, ...] = ()


class Batch(Protocol):
    """The rows of one file, with all that is needed to judge them."""

    def check(self, rows: Sequence[TableRow]) -> list[Verdict]:
        """Judge some rows, in order."""
        ...

    def take(self, verdicts: Sequence[Verdict]) -> Sequence[Refusal | None]:
        """Take good rows, in the caller's transaction; say for each None, or why it can't be."""
        ...


class Importer(Protocol):
    """What a room says of the rows it takes over; labels are msgids."""

    kind: str
    columns: Sequence[Column]
    shown: Sequence[str]

    def open(self, *, view: ImportView, rows: Sequence[TableRow], at: datetime) -> Batch:
        """Look over the whole file before its rows are judged one by one."""
        ...

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give the allowed values of columns, by name of the column."""
        ...


_IMPORTERS: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Let files of this kind be taken over."""
    _IMPORTERS[importer.kind] = importer


def get_importer(kind: str) -> Importer:
    """Get who takes over files of this kind.

    Raises:
        KeyError: when nobody does.
    """
    return _IMPORTERS[kind]


@transaction.atomic
def start_check(*, import_id: UUID, options: Mapping[str, Any]) -> None:
    """Let a received file be checked by a job.

    Raises:
        UnableToImport: when it was before.
    """
    imports.begin_check(import_id=import_id, options=options)
    _queue(import_id, ImportState.CHECKING)


@transaction.atomic
def start_import(*, import_id: UUID, actor: Actor, at: datetime) -> None:
    """Let the good rows of a checked file be taken by a job.

    Raises:
        UnableToImport: not checked, decided already, or nothing to take.
    """
    imports.confirm_import(import_id=import_id, actor=actor, at=at)
    _queue(import_id, ImportState.IMPORTING)


def go_on() -> int:
    """Queue a job for every import under way, and return how many there are.

    Where one is at work already the new one waits for it and then finds nothing to do.
    """
    under_way = imports.list_under_way()
    for import_id, state in under_way:
        with suppress(AlreadyEnqueued), transaction.atomic():
            _queue(import_id, state)
    return len(under_way)


def _queue(import_id: UUID, state: ImportState) -> None:
    """Queue the one job of an import; never two at work, never two waiting."""
    from .jobs import check_import, run_import

    task = check_import if state is ImportState.CHECKING else run_import
    lock = f"import-{import_id}"
    waiting = f"{lock}-{state}"
    task.configure(lock=lock, queueing_lock=waiting).defer(import_id=str(import_id))


def check_import(*, import_id: UUID, at: datetime) -> None:
    """Judge every row of a received file; nothing is taken."""
    view = imports.get_import(import_id)
    if view.state is not ImportState.CHECKING:
        return
    with translation.override(view.language), _refusing(view, at):
        table = _read(view)
        imports.note_import_progress(import_id=import_id, total=len(table.rows), done=0)
        tally = _Tally(view, table, at)
        with SpooledTemporaryFile(max_size=MOST_IN_MEMORY) as rest:
            write_rest(rest, table, tally.rest())
            counts = tally.counts()
            imports.finish_check(
                import_id=import_id,
                counts=counts,
                preview=tally.preview(),
                rest=rest if counts.total > counts.good else None,
            )


def run_import(
    *, import_id: UUID, at: datetime, ended: Callable[[], datetime] | None = None
) -> None:
    """Take the good rows, chunk by chunk; a job that died is gone on with, nothing is doubled.

    Args:
        at: aware instant at which the rows count as taken.
        ended: gives the instant of the end, which many rows put off; without it `at`.
    """
    view = imports.get_import(import_id)
    if view.state is not ImportState.IMPORTING:
        return
    with translation.override(view.language), _refusing(view, at):
        table = _read(view)
        batch = get_importer(view.kind).open(view=view, rows=table.rows, at=at)
        done, left_out = view.rows_done, read_left_out(import_id)
        while done < len(table.rows):
            chunk = table.rows[done : done + CHUNK_ROWS]
            wanted = [row for row in chunk if row.number not in left_out]
            done += len(chunk)
            if not _take_chunk(import_id, batch, wanted, after=done - len(chunk), done=done):
                return
        _finish(import_id, table, batch, left_out, ended or (lambda: at))


@contextmanager
def _refusing(view: ImportView, at: datetime) -> Iterator[None]:
    """Take down why the file as a whole is refused."""
    try:
        yield
    except Refusal as refused:
        imports.refuse_file(import_id=view.id, said=_words(refused), at=at)


def _read(view: ImportView) -> Table:
    columns = get_importer(view.kind).columns
    return read_table(
        imports.read_source(view.id), columns=[known_in_both(column) for column in columns]
    )


def _chunks(rows: Sequence[TableRow]) -> Iterator[Sequence[TableRow]]:
    for start in range(0, len(rows), CHUNK_ROWS):
        yield rows[start : start + CHUNK_ROWS]


class _Tally:
    """Counts what is found while the file of rows left out is being written."""

    def __init__(self, view: ImportView, table: Table, at: datetime) -> None:
        self.view, self.table = view, table
        self.importer = get_importer(view.kind)
        self.batch = self.importer.open(view=view, rows=table.rows, at=at)
        self.standings: Counter[Standing] = Counter()
        # By code: a sentence for example, and how often.
        self.reasons: dict[str, tuple[str, int]] = {}
        self.remarks: dict[str, tuple[str, int]] = {}
        self.good: list[list[str]] = []
        self.faulty: list[dict[str, Any]] = []

    def rest(self) -> Iterator[tuple[TableRow, Sequence[Fault]]]:
        """Judge every row, counting, and yield those that are not taken."""
        done = 0
        for chunk in _chunks(self.table.rows):
            for verdict in self.batch.check(chunk):
                self._count(verdict)
                if verdict.standing is not Standing.GOOD:
                    yield verdict.row, verdict.faults
            done += len(chunk)
            imports.note_import_progress(
                import_id=self.view.id, total=len(self.table.rows), done=done
            )

    def counts(self) -> ImportCounts:
        """Give the numbers once all rows are judged."""
        return ImportCounts(
            total=len(self.table.rows),
            good=self.standings[Standing.GOOD],
            known=self.standings[Standing.KNOWN],
            faulty=self.standings[Standing.FAULTY],
        )

    def preview(self) -> dict[str, Any]:
        """Give the first rows as understood, and what is wrong most often."""
        return {
            "columns": [gettext(column.label) for column in self._columns()],
            "ignored": [title for title in self._ignored() if title][:30],
            "titles": [gettext(title) for title in self.importer.shown],
            "good": self.good,
            "faulty": self.faulty,
            "reasons": _most_often(self.reasons),
            "remarks": _most_often(self.remarks),
        }

    def _columns(self) -> list[Column]:
        return [c for c in self.importer.columns if c.name in self.table.places]

    def _ignored(self) -> list[str]:
        places = set(self.table.places.values())
        return [title for at, title in enumerate(self.table.heading) if at not in places]

    def _count(self, verdict: Verdict) -> None:
        self.standings[verdict.standing] += 1
        _count_by_code(self.reasons, verdict.faults)
        _count_by_code(self.remarks, verdict.remarks)
        if verdict.standing is Standing.GOOD and len(self.good) < PREVIEW_ROWS:
            self.good.append([str(verdict.row.number), *verdict.shown])
        if verdict.standing is Standing.FAULTY and len(self.faulty) < PREVIEW_FAULTS:
            self.faulty.append(self._wrong(verdict))

    def _wrong(self, verdict: Verdict) -> dict[str, Any]:
        labels = {column.name: gettext(column.label) for column in self.importer.columns}
        return {
            "row": verdict.row.number,
            "faults": [
                {
                    "column": labels.get(fault.column, ""),
                    "value": text_of(verdict.row.cells.get(fault.column)).replace("\x00", "␀")[:60],
                    "reason": fault.reason(gettext),
                }
                for fault in verdict.faults
            ],
        }


def _count_by_code(counted: dict[str, tuple[str, int]], found: Sequence[Fault]) -> None:
    for fault in found:
        example, times = counted.get(fault.code) or (fault.reason(gettext), 0)
        counted[fault.code] = (example, times + 1)


def _most_often(counted: Mapping[str, tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counted.values(), key=lambda pair: -pair[1])


def _take_chunk(
    import_id: UUID, batch: Batch, rows: Sequence[TableRow], *, after: int, done: int
) -> bool:
    """Take rows that were good when the sender said yes; what has changed since is a failure."""
    verdicts = batch.check(rows)
    good = [verdict for verdict in verdicts if verdict.standing is Standing.GOOD]
    failures = {
        str(verdict.row.number): "\n".join(fault.reason(gettext) for fault in verdict.faults)
        for verdict in verdicts
        if verdict.standing is not Standing.GOOD
    }
    with transaction.atomic():
        if not imports.take_chunk(import_id=import_id, after=after):
            return False
        for verdict, refusal in zip(good, batch.take(good), strict=True):
            if refusal is not None:
                failures[str(verdict.row.number)] = _words(refusal)
        imports.note_taken(
            import_id=import_id, done=done, taken=len(rows) - len(failures), failures=failures
        )
    return True


def take_each(verdicts: Sequence[Verdict], take: Callable[[Verdict], None]) -> list[Refusal | None]:
    """Take rows one by one, for batches that know no faster way; what is refused is undone alone.

    Args:
        take: takes one row, in a transaction of its own.
    """
    return [_take_one(verdict, take) for verdict in verdicts]


def _take_one(verdict: Verdict, take: Callable[[Verdict], None]) -> Refusal | None:
    try:
        with transaction.atomic():
            take(verdict)
    except Refusal as refusal:
        return refusal
    return None


def _finish(
    import_id: UUID,
    table: Table,
    batch: Batch,
    left_out: Mapping[int, str],
    ended: Callable[[], datetime],
) -> None:
    """Close the import; rows that failed at the last moment join the file of those left out."""
    failures = imports.get_import(import_id).failures
    with SpooledTemporaryFile(max_size=MOST_IN_MEMORY) as rest:
        if failures:
            write_rest(rest, table, _all_left_out(table, batch, failures, left_out))
        imports.finish_import(import_id=import_id, rest=rest if failures else None, at=ended())


def _all_left_out(
    table: Table, batch: Batch, failures: Mapping[str, str], left_out: Mapping[int, str]
) -> Iterator[tuple[TableRow, Sequence[Fault]]]:
    for chunk in _chunks(table.rows):
        for verdict in batch.check(chunk):
            number = verdict.row.number
            said = failures.get(str(number)) or left_out.get(number)
            if said is None:
                continue
            is_faulty = verdict.standing is Standing.FAULTY and str(number) not in failures
            whole = Fault(column="", code="imports.left_out", message=said)
            yield verdict.row, verdict.faults if is_faulty else (whole,)


def _words(refusal: Refusal) -> str:
    return refusal.words(gettext)
