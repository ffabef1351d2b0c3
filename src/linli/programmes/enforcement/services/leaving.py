"""Places in the team of somebody who leaves the home department or the team: they end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.queries.office import accounts_in_office
from linli.ground.people.terms.leaving import Leaver, Work, WorkKind
from linli.programmes.enforcement.events import SecondmentEnded
from linli.programmes.enforcement.models import Secondment


class SecondmentKeeper:
    """A badge and a person's powers are handed to nobody: the place in the team ends."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List the leaver's places in teams: of that organisation, or all with the last post."""
        rows = _lasting(at).filter(person__account=leaver.account_id)
        if not leaver.is_last:
            at_home = Q(team_id=leaver.organisation_id) | Q(home_id=leaver.organisation_id)
            rows = rows.filter(at_home)
        return [
            Work(
                kind=WorkKind.SECONDMENT,
                ref=str(row.pk),
                number=row.badge_number or row.seconded_from.isoformat(),
            )
            for row in rows.order_by("id")
        ]

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """End them with today, or with their first day; the keeper of the roster fills the gap."""
        ids = [int(one.ref) for one in work]
        for row in Secondment.objects.select_for_update().filter(id__in=ids).order_by("id"):
            row.seconded_until = max(at.date(), row.seconded_from)
            row.save(update_fields=["seconded_until"])
            record_event(
                SecondmentEnded(secondment_id=row.pk, last_on=row.seconded_until),
                subject=Subject(kind="enforcement.Secondment", id=str(row.pk)),
                actor=actor,
                at=at,
            )

    def count_orphans(self, *, at: datetime) -> int:
        """Count places in teams of those with an account who hold no post any more."""
        held = accounts_in_office(at.date()).filter(person_id=OuterRef("person_id"))
        known = _lasting(at).filter(person__account__is_active=True)
        return known.filter(~Exists(held)).count()


def _lasting(at: datetime) -> QuerySet[Secondment]:
    """Read places in teams that go on after today; lazy."""
    goes_on = Q(seconded_until__gt=at.date()) & Q(seconded_until__gt=F("seconded_from"))
    return Secondment.objects.filter(Q(seconded_until=None) | goes_on)
