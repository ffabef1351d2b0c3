"""What is left of posts: work handed over on record, and notices printed for doors."""

from __future__ import annotations

from linli.faces.desk.paper.doors import request_notices, write_notices
from linli.ground.kernel.exports import find_export
from linli.ground.people.models import Appointment, WorkHandover
from linli.ground.people.terms import Role

from .world import World


def keep_posts(world: World) -> None:
    """Have the handler's work handed back to the unit, and the notices of a grid printed."""
    office = world.office
    handler, leader = office.accounts[Role.HANDLER], office[Role.SHIFT_LEADER]
    post = Appointment.objects.filter(person__account=handler).earliest("id")
    handed = WorkHandover.objects.create(
        appointment=post, giver_id=post.person_id, made_at=office.tick()
    )
    asked = request_notices(
        area_code=office.place.grids[0].code,
        paper="a5",
        language="both",
        base="https://linli.example",
        member=leader,
        at=office.tick(),
    )
    write_notices(export_id=asked.id, at=office.tick())
    printed = find_export(export_id=asked.id)
    assert printed is not None
    assert not printed.is_under_way
    world.ids |= {"work_handover": handed.pk, "door_file": asked.id}
