"""Forms of the office above: what there is, their versions, and what their cells stand for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from linli.ground.people.terms import Member
from linli.programmes.returns.models import Form, FormVersion, Mapping, Return
from linli.programmes.returns.queries.files import content_of
from linli.programmes.returns.queries.returns import return_view
from linli.programmes.returns.queries.rights import visible_to
from linli.programmes.returns.queries.standing import target_of
from linli.programmes.returns.queries.words import (
    names_known,
    say_figure,
    say_target,
)
from linli.programmes.returns.rules.labels import propose
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.rules.workbook import Workbook, read_workbook
from linli.programmes.returns.terms import (
    PERIOD_LABELS,
    FormView,
    MappingView,
    PeriodKind,
    Proposal,
    VersionView,
)


def list_forms(*, member: Member) -> list[FormView]:
    """List the forms a member may read, those in use first, by name."""
    rows = Form.objects.filter(visible_to(member)).order_by("stopped_at", "name", "id")
    return _views(rows)


def get_form(*, form_id: int, member: Member) -> FormView:
    """Get one form.

    Raises:
        UnableToReturn: no such form, or not for this member.
    """
    found = _views(Form.objects.filter(visible_to(member), id=form_id))
    if not found:
        raise UnableToReturn("returns.form_unknown")
    return found[0]


def list_versions(*, form_id: int) -> list[VersionView]:
    """List the versions of a form, newest first."""
    return [_version(row) for row in FormVersion.objects.filter(form_id=form_id).order_by("-no")]


def open_workbook(*, form: FormView) -> Workbook:
    """Read the newest version of a form as tables.

    Raises:
        UnableToReturn: when the file is gone.
    """
    return read_workbook(content_of(FormVersion.objects.get(id=form.version.id)))


def list_mappings(*, version_id: int) -> list[MappingView]:
    """List what the cells of a version stand for, sheet by sheet; those to be placed first."""
    rows = Mapping.objects.filter(version_id=version_id).order_by("is_placed", "sheet", "id")
    return [_mapping(row) for row in rows]


def list_proposals(*, form: FormView, book: Workbook) -> list[Proposal]:
    """Propose what the empty cells stand for that stand for nothing yet."""
    taken = taken_cells(version_id=form.version.id)
    return [
        Proposal(
            sheet=one.sheet,
            cell=one.cell,
            target=one.target,
            row_label=one.row_label,
            column_label=one.column_label,
            words=say_target(one.target),
        )
        for one in propose(book, names_known(form.street_code))
        if (one.sheet, one.cell) not in taken
    ]


def taken_cells(*, version_id: int) -> set[tuple[str, str]]:
    """List the cells that stand for something, or are suggested for what waits to be placed."""
    rows = Mapping.objects.filter(version_id=version_id)
    return {
        (sheet, cell if is_placed else suggested)
        for sheet, cell, is_placed, suggested in rows.values_list(
            "sheet", "cell", "is_placed", "suggested"
        )
    }


def _views(rows: QuerySet[Form]) -> list[FormView]:
    """Freeze forms, in four statements for however many."""
    newest = FormVersion.objects.filter(form_id=OuterRef("pk")).order_by("-no")
    last = Return.objects.filter(form_id=OuterRef("pk")).order_by("-first", "-id")
    listed = list(
        rows.annotate(
            newest=Subquery(newest.values("pk")[:1]), latest=Subquery(last.values("pk")[:1])
        )
    )
    versions = FormVersion.objects.in_bulk([one.newest for one in listed])
    returns = _returns([one.latest for one in listed if one.latest])
    mapped = _count_mapped(versions)
    return [
        FormView(
            id=one.id,
            street_code=one.street_code,
            name=one.name,
            issuer=one.issuer,
            kind=PeriodKind(one.kind),
            kind_label=gettext(PERIOD_LABELS[PeriodKind(one.kind)]),
            created_by_id=one.created_by_id,
            created_at=one.created_at,
            stopped_at=one.stopped_at,
            version=_version(versions[one.newest]),
            mapped=mapped.get(one.newest, (0, 0))[0],
            unplaced=mapped.get(one.newest, (0, 0))[1],
            last_return=return_view(returns[one.latest]) if one.latest else None,
        )
        for one in listed
    ]


def _returns(ids: list[int]) -> dict[int, Return]:
    rows = Return.objects.filter(id__in=ids).select_related("form", "version")
    return {row.id: row for row in rows}


def _count_mapped(version_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    rows = Mapping.objects.filter(version_id__in=list(version_ids)).values("version_id")
    counted = rows.annotate(
        placed=Count("id", filter=Q(is_placed=True)), loose=Count("id", filter=Q(is_placed=False))
    )
    return {row["version_id"]: (row["placed"], row["loose"]) for row in counted.order_by()}


def _version(row: FormVersion) -> VersionView:
    return VersionView(
        id=row.id,
        no=row.no,
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        uploaded_by_id=row.uploaded_by_id,
        uploaded_at=row.uploaded_at,
    )


def _mapping(row: Mapping) -> MappingView:
    target = target_of(row)
    return MappingView(
        id=row.id,
        sheet=row.sheet,
        cell=row.cell,
        target=target,
        row_label=row.row_label,
        column_label=row.column_label,
        is_placed=row.is_placed,
        suggested=row.suggested,
        figure_label=say_figure(row.figure),
        words=say_target(target),
    )
