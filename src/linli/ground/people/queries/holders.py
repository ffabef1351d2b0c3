"""Who holds a post at an organisation."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from linli.ground.people.models import Appointment


def list_post_holders(*, organisation_id: int, on: date) -> dict[int, str]:
    """List who holds any post at an organisation on a day: person and name, by name."""
    in_force = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Appointment.objects.filter(
        in_force, organisation_id=organisation_id, starts_on__lte=on
    ).select_related("person")
    found = {row.person_id: row.person.name for row in rows}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
