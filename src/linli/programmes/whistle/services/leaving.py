"""Whistles of somebody who leaves: a successor follows them up, or the side that called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor
from linli.ground.people.queries.members import load_member
from linli.ground.people.queries.office import accounts_in_office
from linli.ground.people.terms.leaving import Leaver, Work, WorkKind
from linli.programmes.whistle.events import WhistlePassedOn
from linli.programmes.whistle.models import Whistle
from linli.programmes.whistle.queries.facts import open_file, standing_of
from linli.programmes.whistle.terms import whistle_subject


class WhistleKeeper:
    """Whistles that run or wait to be judged are followed up by somebody who is there."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List the open whistles the leaver follows up: of that post's area, or all."""
        rows = Whistle.objects.filter(keeper_id=leaver.account_id, ended_at=None)
        if not leaver.is_last:
            inside = Q(caller_area__code__startswith=leaver.area_prefix or "-")
            rows = rows.filter(inside | Q(caller_organisation_id=leaver.organisation_id or 0))
        return [
            Work(kind=WorkKind.WHISTLE, ref=str(row.pk), number=row.number)
            for row in rows.order_by("blown_at", "id")
        ]

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """Name the successor who is of the side that called; else that whole side follows up."""
        heir = load_member(to_account_id, at) if to_account_id is not None else None
        for whistle_id in sorted(UUID(one.ref) for one in work):
            file = open_file(whistle_id, lock=True)
            whistle = file.whistle
            if whistle.keeper_id is None:
                continue
            left = whistle.keeper_id
            fits = heir is not None and standing_of(file, heir).is_caller
            whistle.keeper_id = to_account_id if fits else None
            whistle.save(update_fields=["keeper"])
            event = WhistlePassedOn(
                from_account_id=left, to_account_id=whistle.keeper_id, due_at=whistle.due_at
            )
            record_event(
                event,
                subject=whistle_subject(whistle_id),
                actor=actor,
                at=at,
                step_before=whistle.step,
                step_after=whistle.step,
            )

    def count_orphans(self, *, at: datetime) -> int:
        """Count open whistles followed up by those who hold no post any more."""
        held = accounts_in_office(at.date()).filter(id=OuterRef("keeper_id"))
        left: QuerySet[Whistle] = Whistle.objects.filter(~Exists(held), ended_at=None)
        return left.filter(keeper__isnull=False).count()
