"""Drafts of a next version: begun, changed entry by entry, approved by another, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Happened, Subject
from linli.ground.people.terms import Action, Member
from linli.programmes.keeping import events
from linli.programmes.keeping.models import Draft, DraftChange
from linli.programmes.keeping.queries.drafts import draft_view, find_held
from linli.programmes.keeping.queries.preview import DraftFault, list_faults
from linli.programmes.keeping.queries.rights import find_keeping_role
from linli.programmes.keeping.rules.merging import differing
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import WAITING, Change, DraftState, DraftView, Matter, Op, Value
from linli.spine.cases.queries.catalogue import announce_catalogue

MOST_TITLE, MOST_REASON, MOST_VERSION = 100, 500, 20
# One approval at a time, so that no two drafts that clash are approved side by side.
_LOCK = 0x6B656570
_TAKEN: Mapping[Matter, tuple[str, str]] = {
    Matter.CATALOGUE: ("keeping.code_taken", "code"),
    Matter.LIST: ("keeping.item_taken", "item_no"),
    Matter.CALENDAR: ("keeping.day_taken", "first"),
}
_UNKNOWN: Mapping[Matter, str] = {
    Matter.LIST: "keeping.item_unknown",
    Matter.CALENDAR: "keeping.day_unknown",
}


@transaction.atomic
def begin_draft(
    *,
    matter: Matter,
    street_code: str,
    title: str,
    reason: str,
    effective_on: date,
    member: Member,
    at: datetime,
    version: str = "",
) -> DraftView:
    """Begin a next version of the catalogue, or of a sub-district's list or calendar.

    Args:
        version: name people will cite, of a list.
        effective_on: the day it takes effect, tomorrow at the earliest.

    Raises:
        UnableToKeep: not this member's, or a word or the day can't be.
    """
    actor = _actor(member, Action.KEEPING_DRAFT, matter, street_code)
    _check_words(matter, title, reason, version)
    _check_day(effective_on, at)
    row = Draft.objects.create(
        matter=matter.value,
        street_code=street_code,
        title=title.strip(),
        version=version.strip(),
        reason=reason.strip(),
        effective_on=effective_on,
        drafted_by_id=member.account_id,
        drafted_at=at,
    )
    begun = events.DraftBegun(draft_id=row.pk, matter=matter.value, effective_on=effective_on)
    record(row, begun, actor, at)
    return draft_view(row)


def _check_words(matter: Matter, title: str, reason: str, version: str) -> None:
    if not title.strip() or len(title) > MOST_TITLE or "\x00" in title:
        raise UnableToKeep("keeping.no_title", field="title", most=MOST_TITLE)
    if not reason.strip() or len(reason) > MOST_REASON or "\x00" in reason:
        raise UnableToKeep("keeping.no_reason", field="reason", most=MOST_REASON)
    is_named = 0 < len(version.strip()) <= MOST_VERSION and "\x00" not in version
    if matter is Matter.LIST and not is_named:
        raise UnableToKeep("keeping.no_version", field="version", most=MOST_VERSION)


def _check_day(effective_on: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if effective_on <= today:
        first = date.fromordinal(today.toordinal() + 1).isoformat()
        raise UnableToKeep("keeping.day_over", field="effective_on", first=first)


@transaction.atomic
def set_draft_day(*, draft_id: int, effective_on: date, member: Member, at: datetime) -> DraftView:
    """Give a draft another day.

    Raises:
        UnableToKeep: the day is over, or it is no draft of the member's.
    """
    row, actor = _open_draft(draft_id, member)
    _check_day(effective_on, at)
    row.effective_on = effective_on
    return _changed(row, (), actor, at)


def put_change(
    *, draft_id: int, change: Change, seen: int, member: Member, at: datetime
) -> DraftView:
    """Write what a draft does to one category or item; the others stay as they are.

    Args:
        change: its fields are the values wanted; those as they are in force are left out.
        seen: revision of this change as the member saw it, 0 when there was none.

    Raises:
        UnableToKeep: no draft of the member's, or somebody changed this entry meanwhile.
        Refusal: when it could not be evaluated, naming the field.
    """
    return put_changes(draft_id=draft_id, changes=[(change, seen)], member=member, at=at)


@transaction.atomic
def put_changes(
    *, draft_id: int, changes: Sequence[tuple[Change, int]], member: Member, at: datetime
) -> DraftView:
    """Write several changes into a draft, all of them or none; see `put_change`."""
    row, actor = _open_draft(draft_id, member)
    for change, seen in changes:
        _put(row, change, seen, member, at)
    view = _changed(row, tuple(change.key for change, _seen in changes), actor, at)
    written = {change.key for change, _seen in changes}
    for fault in list_faults(view) if view.changes else ():
        if fault.key in written:
            raise fault.refusal
    return view


def _put(row: Draft, change: Change, seen: int, member: Member, at: datetime) -> None:
    held_row = DraftChange.objects.filter(draft=row, key=change.key).first()
    if (held_row.revision if held_row else 0) != seen:
        raise UnableToKeep("keeping.changed_meanwhile")
    matter = Matter(row.matter)
    held = find_held(
        matter=matter, street_code=row.street_code, key=change.key, on=row.effective_on
    )
    fitted = _fit(change, held, was=Op(held_row.op) if held_row else None, matter=matter)
    if fitted is None:
        if held_row is not None:
            held_row.delete()
        return
    DraftChange.objects.update_or_create(
        draft=row,
        key=change.key,
        defaults={
            "op": fitted.op.value,
            "fields": dict(fitted.fields),
            "base": dict(fitted.base),
            "successor": fitted.successor,
            "revision": seen + 1,
            "changed_by_id": member.account_id,
            "changed_at": at,
        },
    )


def _fit(
    change: Change, held: dict[str, Value] | None, *, was: Op | None, matter: Matter
) -> Change | None:
    """Lay a change on what is in force; None when nothing of it is left."""
    if change.op is Op.ADD or was is Op.ADD:
        if held is not None:
            code, field = _TAKEN[matter]
            raise UnableToKeep(code, field=field, key=change.key)
        return None if change.op is Op.END else replace(change, op=Op.ADD)
    if held is None and matter in _UNKNOWN:
        raise UnableToKeep(_UNKNOWN[matter], key=change.key)
    if change.op is Op.END:
        # Nothing else remembers what a day was that follows the week again.
        base = dict(held or {}) if matter is Matter.CALENDAR else {}
        return replace(change, fields={}, base=base)
    fields = differing(change.fields, held or {})
    if not fields and was is None:
        raise UnableToKeep("keeping.nothing_changed")
    base = {name: value for name, value in (held or {}).items() if name in fields}
    return replace(change, fields=fields, base=base) if fields else None


@transaction.atomic
def drop_change(*, draft_id: int, key: str, seen: int, member: Member, at: datetime) -> DraftView:
    """Take a change out of a draft.

    Raises:
        UnableToKeep: no such change, or somebody wrote it anew meanwhile.
    """
    row, actor = _open_draft(draft_id, member)
    held = DraftChange.objects.filter(draft=row, key=key).first()
    if held is None:
        raise UnableToKeep("keeping.not_in_the_draft", key=key)
    if held.revision != seen:
        raise UnableToKeep("keeping.changed_meanwhile")
    held.delete()
    return _changed(row, (key,), actor, at)


@transaction.atomic
def ask_approval(*, draft_id: int, member: Member, at: datetime) -> DraftView:
    """Ask those who may approve to look at a draft as it stands; once for each state of it.

    Raises:
        UnableToKeep: no draft of the member's, or they were asked already.
        Refusal: the first thing in it that could not be evaluated.
    """
    row, actor = _open_draft(draft_id, member)
    if row.asked_revision == row.revision:
        raise UnableToKeep("keeping.asked_already")
    check_possible(draft_view(row))
    row.asked_revision = row.revision
    row.save(update_fields=["asked_revision"])
    record(row, events.ApprovalAsked(draft_id=row.pk, revision=row.revision), actor, at)
    return draft_view(row)


@transaction.atomic
def approve_draft(*, draft_id: int, seen_revision: int, member: Member, at: datetime) -> DraftView:
    """Approve a draft as it was seen; on its day it takes effect by itself.

    Raises:
        UnableToKeep: by the drafter, changed meanwhile, its day over, or it clashes with another.
        Refusal: the first thing in it that could not be evaluated.
    """
    lock_keeping()
    row = lock_draft(draft_id)
    actor = _actor(member, Action.KEEPING_APPROVE, Matter(row.matter), row.street_code)
    if row.state != DraftState.DRAFT.value:
        raise UnableToKeep("keeping.not_a_draft")
    if row.drafted_by_id == member.account_id:
        raise UnableToKeep("keeping.by_another")
    if row.revision != seen_revision:
        raise UnableToKeep("keeping.draft_changed_meanwhile")
    _check_day(row.effective_on, at)
    check_possible(draft_view(row))
    row.state = DraftState.APPROVED.value
    row.approved_by_id, row.approved_role, row.approved_at = member.account_id, actor.role, at
    row.save()
    approved = events.DraftApproved(
        draft_id=row.pk, revision=row.revision, effective_on=row.effective_on
    )
    record(row, approved, actor, at)
    return draft_view(row)


def check_possible(view: DraftView) -> None:
    """Refuse a draft something stands against.

    Raises:
        Refusal: the first reason.
    """
    # Another process may have changed it a moment ago: read anew what is kept in memory.
    announce_catalogue()
    first: DraftFault | None = next(list_faults(view), None)
    if first is not None:
        raise first.refusal


@transaction.atomic
def withdraw_draft(*, draft_id: int, member: Member, at: datetime) -> DraftView:
    """Take back a draft before it takes effect; who drafts and who approves may.

    Raises:
        UnableToKeep: not this member's, or it is over.
    """
    row = lock_draft(draft_id)
    matter, street = Matter(row.matter), row.street_code
    is_drafter = find_keeping_role(member, Action.KEEPING_DRAFT, matter, street) is not None
    right = Action.KEEPING_DRAFT if is_drafter else Action.KEEPING_APPROVE
    actor = _actor(member, right, matter, street)
    if DraftState(row.state) not in WAITING:
        raise UnableToKeep("keeping.over_already")
    row.state, row.ended_by_id, row.ended_at = DraftState.WITHDRAWN.value, member.account_id, at
    row.save()
    record(row, events.DraftWithdrawn(draft_id=row.pk), actor, at)
    return draft_view(row)


def lock_keeping() -> None:
    """Let nobody else approve or apply drafts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def lock_draft(draft_id: int) -> Draft:
    """Lock a draft in the caller's transaction.

    Raises:
        UnableToKeep: when there is none.
    """
    row = Draft.objects.select_for_update().filter(id=draft_id).first()
    if row is None:
        raise UnableToKeep("keeping.draft_unknown")
    return row


def _open_draft(draft_id: int, member: Member) -> tuple[Draft, Actor]:
    row = lock_draft(draft_id)
    actor = _actor(member, Action.KEEPING_DRAFT, Matter(row.matter), row.street_code)
    if row.state != DraftState.DRAFT.value:
        raise UnableToKeep("keeping.not_a_draft")
    return row, actor


def _actor(member: Member, right: Action, matter: Matter, street_code: str) -> Actor:
    role = find_keeping_role(member, right, matter, street_code)
    if role is None:
        raise UnableToKeep("keeping.not_yours")
    return member.actor(role=role)


def _changed(row: Draft, keys: tuple[str, ...], actor: Actor, at: datetime) -> DraftView:
    row.revision += 1
    row.save()
    changed = events.DraftChanged(draft_id=row.pk, revision=row.revision, keys=keys[:20])
    record(row, changed, actor, at)
    return draft_view(row)


def record(row: Draft, event: Happened, actor: Actor, at: datetime) -> None:
    """Record what happened to a draft."""
    draft = Subject(kind="keeping.Draft", id=str(row.pk))
    record_event(event, subject=draft, actor=actor, at=at)
