"""Files of returns: a form as it was sent, and the same file with the numbers of a return."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from linli.ground.people.terms import Member
from linli.programmes.returns.models import Form, FormVersion, ReturnFigure
from linli.programmes.returns.queries.returns import find_return
from linli.programmes.returns.queries.rights import visible_to
from linli.programmes.returns.queries.sources import list_sources
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.rules.workbook import Workbook, fill_workbook, read_workbook


def read_file(*, form_id: int, no: int, member: Member) -> tuple[str, bytes]:
    """Give name and bytes of a version as it was sent.

    Raises:
        UnableToReturn: no such version, not for this member, or the file is gone.
    """
    rows = FormVersion.objects.filter(form__in=Form.objects.filter(visible_to(member)))
    row = rows.filter(form_id=form_id, no=no).first()
    if row is None:
        raise UnableToReturn("returns.form_unknown")
    return row.file_name, content_of(row)


def content_of(version: FormVersion) -> bytes:
    """Read the bytes of a version.

    Raises:
        UnableToReturn: when the file is gone.
    """
    try:
        with version.file.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError as fault:
        raise UnableToReturn("returns.file_gone") from fault
    return content


def write_file(*, return_id: int, member: Member, with_sources: bool = True) -> tuple[str, bytes]:
    """Give the file of the office above with the numbers of a return, corrected where they are.

    Args:
        with_sources: whether a last sheet says where every number comes from.

    Returns:
        the name the file was sent under, and its bytes.

    Raises:
        UnableToReturn: no such return, not for this member, or the file is gone.
    """
    filled = find_return(return_id=return_id, member=member)
    rows = list(ReturnFigure.objects.filter(filled=filled).order_by("sheet", "id"))
    values: dict[str, dict[str, Decimal | None]] = defaultdict(dict)
    for row in rows:
        values[row.sheet][row.cell] = row.corrected if row.corrected_at else row.amount
    added = list_sources(filled, rows) if with_sources else None
    return filled.version.file_name, fill_workbook(content_of(filled.version), values, added=added)


def open_filled(*, return_id: int, member: Member) -> Workbook:
    """Read the version a return was filled into as tables.

    Raises:
        UnableToReturn: no such return, not for this member, or the file is gone.
    """
    filled = find_return(return_id=return_id, member=member)
    return read_workbook(content_of(filled.version))
