"""A list becomes a file: the rows and columns as shown, with the rights of the one who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from linli.faces.desk.access import holds_post_for
from linli.faces.frame.words import instant_words
from linli.ground.kernel import exports
from linli.ground.kernel.exports import ExportView
from linli.ground.kernel.tables.terms import Mark
from linli.ground.kernel.tables.writing import Sheet, SheetColumn, write_table
from linli.ground.people.queries import find_member
from linli.ground.people.terms import Action, LookPurpose, Member

from .exportable import Asked, ExportableList
from .lists import LISTS

MOST_ROWS = 50_000
# What is written while the asker waits; more is a job.
AT_ONCE = 2_000
TELL_EVERY = 500
MOST_IN_MEMORY = 4 * 1024**2


def may_take(member: Member, one: ExportableList) -> bool:
    """Tell whether a post lets the member see this list and take it as a file."""
    return holds_post_for(member, Action.LIST_EXPORT) and any(
        holds_post_for(member, right) for right in one.rights
    )


def ask(one: ExportableList, *, member: Member, query: str, at: datetime) -> Asked:
    """Read the address a list was shown at."""
    return Asked(member=member, query=QueryDict(query), at=at, most=MOST_ROWS)


@transaction.atomic
def request_export(one: ExportableList, asked: Asked, *, rows: int, is_written: bool) -> ExportView:
    """Put on record that somebody takes a list, and queue a large one.

    Args:
        rows: how many rows fit the filters.
        is_written: the file is handed over at once.
    """
    from linli.faces.desk.jobs import write_list

    made = exports.ask_export(
        list_name=one.name,
        query=asked.query.urlencode(),
        language=get_language() or settings.LANGUAGE_CODE,
        rows=min(rows, MOST_ROWS),
        personal=one.personal,
        purpose=LookPurpose.PAPER.value,
        is_written=is_written,
        actor=asked.member.actor(),
        at=asked.at,
    )
    if not is_written:
        write_list.defer(export_id=str(made.id))
    return made


def write_queued(*, export_id: UUID, at: datetime) -> None:
    """Write a list that was asked for, with the rights the asker has now."""
    export = exports.find_export(export_id=export_id)
    if export is None or not export.is_under_way:
        return
    one, member = LISTS.get(export.list_name), find_member(export.account_id, at)
    if one is None or member is None or not may_take(member, one):
        exports.fail_export(export_id=export_id, at=at)
        return
    asked = ask(one, member=member, query=export.query, at=at)
    with translation.override(export.language), SpooledTemporaryFile(MOST_IN_MEMORY) as file:
        written = write_list_file(
            one,
            asked,
            target=file,
            total=one.count(asked),
            tell=lambda done: exports.note_export_progress(export_id=export_id, rows_done=done),
        )
        file.seek(0)
        exports.finish_export(export_id=export_id, content=file, rows=written, at=at)


def write_list_file(
    one: ExportableList,
    asked: Asked,
    *,
    target: IO[bytes],
    total: int,
    tell: Callable[[int], None] | None = None,
) -> int:
    """Write the rows as they stand in the list, and a sheet that says what this file is.

    Returns how many rows were written.

    Args:
        total: how many rows fit the filters; what is above the most is said in a sentence.
        tell: called now and then with the number of rows written.
    """
    written = 0

    def marks() -> Iterator[Mark]:
        nonlocal written
        for row in islice(one.rows(asked), asked.most):
            yield Mark(cells=[column.value(row, asked) for column in one.columns])
            written += 1
            if tell and written % TELL_EVERY == 0:
                tell(written)

    shown = Sheet(
        name=gettext(one.title),
        columns=[SheetColumn(title=gettext(c.label), width=c.width) for c in one.columns],
        rows=marks(),
        notes=_notes(asked, total),
    )
    about = Sheet(
        name=gettext("说明"),
        columns=[
            SheetColumn(title=gettext("这个文件"), width=24),
            SheetColumn(title=gettext(one.title), width=60),
        ],
        rows=_about(one, asked, total),
        notes=_banner(),
    )
    zone = timezone.get_default_timezone()
    write_table(target=target, sheets=[shown, about], zone=zone)
    return written


def file_name(one: ExportableList, at: datetime) -> str:
    """Name the file after list and time."""
    return f"{gettext(one.title)}-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"


def _banner() -> list[str]:
    return [gettext("虚构数据 · fictional data")] if settings.DEMONSTRATION else []


def _notes(asked: Asked, total: int) -> list[str]:
    if total <= asked.most:
        return _banner()
    said = gettext("只有前 %(most)s 行，共有 %(total)s 行符合条件。请缩小条件，分几次导出。")
    return [*_banner(), said % {"most": f"{asked.most:,}", "total": f"{total:,}"}]


def _about(one: ExportableList, asked: Asked, total: int) -> Iterator[Mark]:
    yield Mark(cells=[gettext("谁导出的"), asked.member.name])
    yield Mark(cells=[gettext("什么时候"), instant_words(asked.at)])
    yield Mark(cells=[gettext("符合条件的行数"), total])
    for label, value in one.narrowed_by(asked).items():
        yield Mark(cells=[label, value])
    if one.personal:
        yield Mark(cells=[gettext("请注意"), gettext("里面可能有个人信息，用完请删除，不要转发。")])
