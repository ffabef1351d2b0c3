"""Call-backs in the hands of a clerk who leaves: they wait in the queue again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from linli.ground.kernel.terms import Actor
from linli.ground.people.queries.office import accounts_in_office
from linli.ground.people.terms.leaving import Leaver, Work, WorkKind
from linli.programmes.callback.events import CallbackGivenBack
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.facts import find_case_id
from linli.programmes.callback.services.telling import keep
from linli.programmes.callback.terms import Step
from linli.spine.cases.services.calling_back import hold_case


class CallbackKeeper:
    """A call-back somebody has taken is never kept from the others by who has left."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List the call-backs taken by somebody who leaves the last post."""
        if not leaver.is_last:
            return []
        rows = Callback.objects.filter(holder_id=leaver.account_id, step=Step.WAITING.value)
        return [
            Work(kind=WorkKind.CALLBACK, ref=str(row.pk), number=row.case.number)
            for row in rows.select_related("case").order_by("due_at", "id")
        ]

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """Put them back into the queue, from which the next clerk takes them."""
        for callback_id in sorted(UUID(one.ref) for one in work):
            # The case first, then its call-back, as everything does.
            hold_case(find_case_id(callback_id))
            rows = Callback.objects.select_for_update().filter(id=callback_id)
            row = rows.filter(step=Step.WAITING.value, holder__isnull=False).first()
            if row is not None:
                row.holder_id, row.held_at = None, None
                keep(row, CallbackGivenBack(), actor=actor, at=at)

    def count_orphans(self, *, at: datetime) -> int:
        """Count call-backs taken by those who hold no post any more."""
        held = accounts_in_office(at.date()).filter(id=OuterRef("holder_id"))
        return Callback.objects.filter(~Exists(held), holder__isnull=False).count()
