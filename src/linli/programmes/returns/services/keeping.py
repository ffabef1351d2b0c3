"""Forms taken in, their new versions, and forms filled in no more."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Happened
from linli.ground.people.terms import Action, Member
from linli.programmes.returns import events
from linli.programmes.returns.models import Form, FormVersion, Mapping
from linli.programmes.returns.queries.rights import actor_for
from linli.programmes.returns.queries.standing import fields_of, target_of
from linli.programmes.returns.rules.labels import Labels
from linli.programmes.returns.rules.moving import Carried, Laid, carry
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.rules.workbook import Workbook, read_workbook
from linli.programmes.returns.terms import MOST_ISSUER, MOST_NAME, PeriodKind, form_subject


@transaction.atomic
def upload_form(
    *,
    street_code: str,
    name: str,
    issuer: str,
    kind: PeriodKind,
    file_name: str,
    content: bytes,
    member: Member,
    at: datetime,
) -> int:
    """Take in a form of the office above as it was sent, and give its id.

    Args:
        issuer: whose form it is.
        content: bytes of the .xlsx file.

    Raises:
        UnableToReturn: not this member's, a word or the file can't be, or the name is taken.
    """
    actor = actor_for(member, Action.RETURN_KEEP, street_code)
    _check_words(name, issuer)
    read_workbook(content)
    form = _create(street_code, name.strip(), issuer.strip(), kind, member, at)
    version = _store(form, 1, file_name, content, member, at)
    happened = events.FormUploaded(form_id=form.pk, period_kind=kind.value, digest=version.sha256)
    record(form, happened, actor, at)
    return form.pk


@transaction.atomic
def upload_version(
    *, form_id: int, file_name: str, content: bytes, member: Member, at: datetime
) -> tuple[int, int]:
    """Take in a new version of a form, and give how many cells kept what they stand for.

    A cell keeps it where the words beside and above it are the same; the others wait for somebody
    to say where they are now.

    Returns:
        how many cells were kept, and how many wait.

    Raises:
        UnableToReturn: not this member's, stopped, the file can't be, or nothing is new in it.
    """
    form, actor = open_form(form_id, member, Action.RETURN_KEEP)
    book = read_workbook(content)
    newest = newest_version(form)
    if newest.sha256 == hashlib.sha256(content).hexdigest():
        raise UnableToReturn("returns.nothing_new", field="file")
    version = _store(form, newest.no + 1, file_name, content, member, at)
    kept, moved = _carry_over(newest, version, book)
    happened = events.FormVersionAdded(
        form_id=form.pk, version_no=version.no, digest=version.sha256, kept=kept, moved=moved
    )
    record(form, happened, actor, at)
    return kept, moved


@transaction.atomic
def stop_form(*, form_id: int, member: Member, at: datetime) -> None:
    """Stop filling a form in; what was filled stays.

    Raises:
        UnableToReturn: not this member's, or stopped already.
    """
    form, actor = open_form(form_id, member, Action.RETURN_KEEP)
    form.stopped_at = at
    form.save(update_fields=["stopped_at"])
    record(form, events.FormStopped(form_id=form.pk), actor, at)


def open_form(form_id: int, member: Member, right: Action) -> tuple[Form, Actor]:
    """Lock a form in use for somebody who has a right over it; for this room only.

    Raises:
        UnableToReturn: no such form, not this member's, or stopped.
    """
    form = Form.objects.select_for_update().filter(id=form_id).first()
    if form is None:
        raise UnableToReturn("returns.form_unknown")
    actor = actor_for(member, right, form.street_code)
    if form.stopped_at is not None:
        raise UnableToReturn("returns.form_stopped")
    return form, actor


def newest_version(form: Form) -> FormVersion:
    """Give the version that is filled in; for this room only."""
    return FormVersion.objects.filter(form=form).latest("no")


def record(form: Form, happened: Happened, actor: Actor, at: datetime) -> None:
    """Record what happened to a form; for this room only."""
    record_event(happened, subject=form_subject(form.pk), actor=actor, at=at)


def _check_words(name: str, issuer: str) -> None:
    if not name.strip() or len(name.strip()) > MOST_NAME or "\x00" in name:
        raise UnableToReturn("returns.no_name", field="name", most=MOST_NAME)
    if not issuer.strip() or len(issuer.strip()) > MOST_ISSUER or "\x00" in issuer:
        raise UnableToReturn("returns.no_issuer", field="issuer", most=MOST_ISSUER)


def _create(
    street_code: str, name: str, issuer: str, kind: PeriodKind, member: Member, at: datetime
) -> Form:
    try:
        with transaction.atomic():
            return Form.objects.create(
                street_code=street_code,
                name=name,
                issuer=issuer,
                kind=kind.value,
                created_by_id=member.account_id,
                created_at=at,
            )
    except IntegrityError as fault:
        raise UnableToReturn("returns.name_taken", field="name") from fault


def _store(
    form: Form, no: int, file_name: str, content: bytes, member: Member, at: datetime
) -> FormVersion:
    row = FormVersion(
        form=form,
        no=no,
        file_name=file_name.replace("\x00", "")[-200:],
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=member.account_id,
        uploaded_at=at,
    )
    row.file.save(f"returns/{new_id()}.xlsx", ContentFile(content), save=False)
    row.save()
    return row


def _carry_over(before: FormVersion, after: FormVersion, book: Workbook) -> tuple[int, int]:
    rows = list(Mapping.objects.filter(version=before).order_by("id"))
    laid = [
        Laid(
            sheet=one.sheet,
            cell=one.cell,
            labels=Labels(row=one.row_label, column=one.column_label),
        )
        for one in rows
    ]
    carried = carry(laid, book)
    Mapping.objects.bulk_create(
        _carried(row, one, after) for row, one in zip(rows, carried, strict=True)
    )
    kept = sum(one.is_kept for one in carried)
    return kept, len(carried) - kept


def _carried(row: Mapping, one: Carried, version: FormVersion) -> Mapping:
    return Mapping(
        version=version,
        sheet=one.sheet,
        cell=one.cell,
        row_label=row.row_label,
        column_label=row.column_label,
        is_placed=one.is_kept,
        suggested=one.suggested,
        set_by_id=row.set_by_id,
        set_at=row.set_at,
        **fields_of(target_of(row)),
    )
