"""Calls in hand of a clerk who leaves: another clerk finishes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor
from linli.ground.people.queries import list_account_ids
from linli.ground.people.queries.office import accounts_in_office
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Role
from linli.ground.people.terms.leaving import Leaver, Work, WorkKind
from linli.programmes.hotline.events import DraftPassedOn
from linli.programmes.hotline.models import Draft
from linli.programmes.hotline.terms import draft_subject

_CLERKS = tuple(role for role in Role if Action.CALL_TAKE in PERMISSIONS[role])


class DraftKeeper:
    """A call that was begun is never lost with its clerk."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List the calls in hand of somebody who leaves the last post, by when they were begun."""
        if not leaver.is_last:
            return []
        rows = Draft.objects.filter(clerk_id=leaver.account_id, dropped_at=None)
        return [
            Work(
                kind=WorkKind.DRAFT,
                ref=str(row.pk),
                number=f"{timezone.localtime(row.opened_at):%Y-%m-%d %H:%M}",
            )
            for row in rows.order_by("opened_at")
        ]

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """Give calls to the successor, else to the clerk of the sub-district with the fewest.

        Where nobody takes calls any more they are put aside, and deleted a day later.
        """
        rows = Draft.objects.select_for_update().filter(id__in=[UUID(one.ref) for one in work])
        for row in rows.order_by("id"):
            left, clerk_id = row.clerk_id, _clerk_for(row, to_account_id, at)
            if clerk_id is None:
                row.dropped_at = at
            else:
                row.clerk_id, row.editor, row.version = clerk_id, "", row.version + 1
            row.save(update_fields=["clerk", "editor", "version", "dropped_at"])
            event = DraftPassedOn(from_account_id=left, to_account_id=clerk_id)
            record_event(event, subject=draft_subject(row.pk), actor=actor, at=at)

    def count_orphans(self, *, at: datetime) -> int:
        """Count calls in hand of those who hold no post any more."""
        held = accounts_in_office(at.date()).filter(id=OuterRef("clerk_id"))
        left: QuerySet[Draft] = Draft.objects.filter(~Exists(held), dropped_at=None)
        return left.count()


def _clerk_for(row: Draft, to_account_id: int | None, at: datetime) -> int | None:
    ids = list_account_ids(at=at, roles=_CLERKS, covering_code=row.street_code)
    able = [one for one in ids if one != row.clerk_id]
    if to_account_id in able:
        return to_account_id
    busy = Draft.objects.filter(clerk_id__in=able, dropped_at=None).values("clerk_id")
    loads = dict(busy.annotate(n=Count("id")).order_by().values_list("clerk_id", "n"))
    return min(able, key=lambda one: (loads.get(one, 0), one), default=None)
