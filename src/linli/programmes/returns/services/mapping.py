"""What cells stand for: said by hand, taken from proposals, placed anew in a new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from linli.ground.kernel.terms import Actor
from linli.ground.people.terms import Action, Member
from linli.programmes.returns import events
from linli.programmes.returns.models import Form, FormVersion, Mapping
from linli.programmes.returns.queries.files import content_of
from linli.programmes.returns.queries.forms import taken_cells
from linli.programmes.returns.queries.standing import fields_of, target_of
from linli.programmes.returns.queries.words import is_inside, names_known, say_figure
from linli.programmes.returns.rules.figures import FIGURES
from linli.programmes.returns.rules.labels import propose, read_labels
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.rules.workbook import FormCell, FormSheet, Workbook, read_workbook
from linli.programmes.returns.terms import NARROWING_LABELS, Target
from linli.spine.cases.queries.catalogue import find_category, list_categories
from linli.spine.cases.terms import Channel, Level

from .keeping import newest_version, open_form, record


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """A form on somebody's desk: its newest version, opened."""

    form: Form
    version: FormVersion
    book: Workbook
    actor: Actor

    def find(self, sheet: str, cell: str) -> tuple[FormSheet, FormCell]:
        found = self.book.sheet(sheet)
        if found is None:
            raise UnableToReturn("returns.cell_unknown", field="cell", cell=f"{sheet}!{cell}"[:60])
        return found, found.check_target(cell)


@transaction.atomic
def map_cell(
    *, form_id: int, sheet: str, cell: str, target: Target, member: Member, at: datetime
) -> None:
    """Say what a cell stands for; what it stood for before is replaced.

    Raises:
        UnableToReturn: not this member's, or the cell or what it shall stand for can't be.
    """
    desk = _open(form_id, member)
    found, place = desk.find(sheet, cell)
    _check(target, place.name, desk.form.street_code)
    Mapping.objects.filter(
        version=desk.version, sheet=sheet, cell=place.name, is_placed=True
    ).delete()
    _write(desk, [(found, place, target)], member, at)


@transaction.atomic
def map_proposed(*, form_id: int, member: Member, at: datetime) -> int:
    """Take every proposal for a cell that stands for nothing yet, and say how many there were.

    Raises:
        UnableToReturn: not this member's, or nothing is proposed.
    """
    desk = _open(form_id, member)
    taken = taken_cells(version_id=desk.version.pk)
    wanted = [
        (*desk.find(one.sheet, one.cell), one.target)
        for one in propose(desk.book, names_known(desk.form.street_code))
        if (one.sheet, one.cell) not in taken
    ]
    if not wanted:
        raise UnableToReturn("returns.nothing_proposed")
    _write(desk, wanted, member, at)
    return len(wanted)


@transaction.atomic
def unmap_cell(*, form_id: int, mapping_id: int, member: Member, at: datetime) -> None:
    """Let a cell stand for nothing; it is left as it is from now on.

    Raises:
        UnableToReturn: not this member's, or it stands for nothing already.
    """
    desk = _open(form_id, member)
    row = _find(desk, mapping_id)
    happened = events.CellUnmapped(
        form_id=form_id,
        version_no=desk.version.no,
        cell=f"{row.sheet}!{row.cell}",
        figure=row.figure,
    )
    row.delete()
    record(desk.form, happened, desk.actor, at)


@transaction.atomic
def place_mapping(
    *, form_id: int, mapping_id: int, cell: str, member: Member, at: datetime
) -> None:
    """Say where in the new version a cell lies that has moved.

    Raises:
        UnableToReturn: not this member's, the cell can't be, or stands for something already.
    """
    desk = _open(form_id, member)
    row = _find(desk, mapping_id)
    found, place = desk.find(row.sheet, cell)
    target = target_of(row)
    there = Mapping.objects.filter(
        version=desk.version, sheet=row.sheet, cell=place.name, is_placed=True
    ).first()
    if there is not None:
        raise UnableToReturn(
            "returns.cell_taken", field="cell", cell=place.name, figure=say_figure(there.figure)
        )
    row.delete()
    _write(desk, [(found, place, target)], member, at)


def _open(form_id: int, member: Member) -> _Desk:
    form, actor = open_form(form_id, member, Action.RETURN_KEEP)
    version = newest_version(form)
    return _Desk(form=form, version=version, book=read_workbook(content_of(version)), actor=actor)


def _find(desk: _Desk, mapping_id: int) -> Mapping:
    row = Mapping.objects.filter(version=desk.version, id=mapping_id).first()
    if row is None:
        raise UnableToReturn("returns.mapping_unknown")
    return row


def _write(
    desk: _Desk,
    wanted: Iterable[tuple[FormSheet, FormCell, Target]],
    member: Member,
    at: datetime,
) -> None:
    rows = []
    for sheet, cell, target in wanted:
        labels = read_labels(sheet, cell.row, cell.column)
        rows.append(
            Mapping(
                version=desk.version,
                sheet=sheet.name,
                cell=cell.name,
                row_label=labels.row,
                column_label=labels.column,
                set_by_id=member.account_id,
                set_at=at,
                **fields_of(target),
            )
        )
    try:
        with transaction.atomic():
            Mapping.objects.bulk_create(rows)
    except IntegrityError as fault:
        raise UnableToReturn("returns.mapping_unknown") from fault
    happened = events.CellsMapped(
        form_id=desk.form.pk,
        version_no=desk.version.no,
        cells=tuple(f"{one.sheet}!{one.cell}" for one in rows),
        figures=tuple(one.figure for one in rows),
    )
    record(desk.form, happened, desk.actor, at)


def _check(target: Target, cell: str, street_code: str) -> None:
    """Check what a cell shall stand for, naming the cell in every refusal."""
    figure = FIGURES.get(target.figure)
    if figure is None:
        raise UnableToReturn("returns.figure_unknown", field="figure", cell=cell)
    for one in target.narrowed_by():
        if one not in figure.narrowings:
            raise UnableToReturn(
                "returns.narrowing_unfit",
                field=one.value,
                cell=cell,
                figure=say_figure(target.figure),
                what=gettext(NARROWING_LABELS[one]),
            )
    if target.area_code and not is_inside(target.area_code, street_code):
        raise UnableToReturn("returns.area_elsewhere", field="area", cell=cell)
    if not _is_known(target):
        raise UnableToReturn("returns.category_unknown", field="category", cell=cell)


def _is_known(target: Target) -> bool:
    if target.category_key and find_category(target.category_key) is None:
        return False
    if target.major_code and all(one.major_code != target.major_code for one in list_categories()):
        return False
    is_channel = not target.channel or target.channel in set(Channel)
    return is_channel and (not target.level or target.level in set(Level))
