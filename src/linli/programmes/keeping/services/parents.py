"""The parent list: versions uploaded, and what they changed adopted into a draft or kept out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.terms import Action, Member
from linli.programmes.keeping.events import ParentChangeDecided, ParentListEntered
from linli.programmes.keeping.models import ParentItem as ParentItemRow
from linli.programmes.keeping.models import ParentStance, ParentVersion
from linli.programmes.keeping.queries.parents import find_parent_change, list_parent_versions
from linli.programmes.keeping.queries.rights import find_keeping_role
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import (
    PARENT_FIELDS,
    Change,
    Decision,
    DraftView,
    Matter,
    ParentItem,
)

from .drafting import put_change

MOST_REASON = 300


@transaction.atomic
def enter_parent_items(
    *,
    version: str,
    source: str,
    effective_from: date,
    items: Sequence[ParentItem],
    actor: Actor,
    at: datetime,
) -> int:
    """Enter items of a version of the parent list; an item that is there already stays as it is.

    Args:
        version: name the office above gives it.
        effective_from: first day of that version.

    Raises:
        UnableToKeep: when a version of this name begins on another day.
    """
    row, is_new = ParentVersion.objects.get_or_create(
        version=version,
        defaults={
            "source": source,
            "effective_from": effective_from,
            "uploaded_by_id": actor.account_id,
            "uploaded_at": at,
        },
    )
    if row.effective_from != effective_from:
        raise UnableToKeep("keeping.parent_version_taken", field="version", version=version)
    made = [
        ParentItemRow(
            listed=row,
            parent_no=one.parent_no,
            **{name: getattr(one, name) for name in PARENT_FIELDS},
        )
        for one in items
    ]
    ParentItemRow.objects.bulk_create(made, ignore_conflicts=True)
    if is_new:
        record_event(
            ParentListEntered(version=version, effective_from=effective_from),
            subject=Subject(kind="keeping.ParentVersion", id=str(row.pk)),
            actor=actor,
            at=at,
        )
    return row.pk


@transaction.atomic
def adopt_parent_change(
    *, draft_id: int, parent_no: str, change: Change, seen: int, member: Member, at: datetime
) -> DraftView:
    """Write what the parent list changed into a draft, as somebody put it for here.

    Args:
        change: the local item as it shall be.
        seen: as in `put_change`.

    Raises:
        UnableToKeep: nothing waits to be decided about this item, or as in `put_change`.
        Refusal: when the item could not be evaluated.
    """
    view = put_change(draft_id=draft_id, change=change, seen=seen, member=member, at=at)
    _decide(
        street_code=view.street_code,
        parent_no=parent_no,
        decision=Decision.ADOPTED,
        reason="",
        draft_id=draft_id,
        member=member,
        at=at,
    )
    return view


@transaction.atomic
def keep_as_it_is(
    *, street_code: str, parent_no: str, reason: str, member: Member, at: datetime
) -> None:
    """Keep the local item as it is although the parent list has changed, with the reason.

    Raises:
        UnableToKeep: no reason, not this member's, or nothing waits to be decided.
    """
    if not reason.strip() or len(reason) > MOST_REASON or "\x00" in reason:
        raise UnableToKeep("keeping.why_kept", field="reason", most=MOST_REASON)
    _decide(
        street_code=street_code,
        parent_no=parent_no,
        decision=Decision.KEPT,
        reason=reason.strip(),
        draft_id=None,
        member=member,
        at=at,
    )


def _decide(
    *,
    street_code: str,
    parent_no: str,
    decision: Decision,
    reason: str,
    draft_id: int | None,
    member: Member,
    at: datetime,
) -> None:
    role = find_keeping_role(member, Action.KEEPING_DRAFT, Matter.LIST, street_code)
    if role is None:
        raise UnableToKeep("keeping.not_yours")
    on = timezone.localdate(at)
    if find_parent_change(street_code=street_code, on=on, parent_no=parent_no) is None:
        raise UnableToKeep("keeping.parent_unknown")
    newest = list_parent_versions()[0]
    row = ParentStance.objects.create(
        street_code=street_code,
        listed_id=newest.id,
        parent_no=parent_no,
        decision=decision.value,
        reason=reason,
        draft_id=draft_id,
        decided_by_id=member.account_id,
        decided_at=at,
    )
    record_event(
        ParentChangeDecided(parent_no=parent_no, version=newest.version, decision=decision.value),
        subject=Subject(kind="keeping.ParentStance", id=str(row.pk)),
        actor=member.actor(role=role),
        at=at,
    )
