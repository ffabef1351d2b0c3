"""What neighbours did on their phones: met the same, and left a number they prove later."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.people.terms import Role
from linli.spine.cases.queries.around import list_around
from linli.spine.cases.rules.refusals import UnableToMeetToo
from linli.spine.cases.services.intake import report_case
from linli.spine.cases.services.met_too import say_met_too
from linli.spine.cases.terms import Contact, NewReport, Point

from . import places
from .accounts import RESIDENT_LOGIN, RESIDENT_PHONE

# How many others met the same, for the nearest cases around the first building of a community.
MET_BY = (4, 2, 1)
FOLLOWED = 2
CASES = 1
UNNAMED = Actor(kind=ActorKind.ANONYMOUS, role=Role.RESIDENT.value)


def let_neighbours_tell(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let some say that they met the same; the resident follows two, and left a number once."""
    for number, (code, _name, _name_en) in enumerate(places.COMMUNITIES):
        plot = next(one for one in places.buildings() if one.code.startswith(code))
        _meet(plot.point, until, follower=accounts[RESIDENT_LOGIN] if number == 0 else None)
    _leave_a_number(until - timedelta(hours=2))


def _meet(point: tuple[float, float], at: datetime, *, follower: int | None) -> None:
    """Let devices of nobody known say so of the nearest cases, and an account of the first two."""
    around = list_around(lon=point[0], lat=point[1], at=at)
    for case, count in zip(around, MET_BY, strict=False):
        for device in range(count):
            say_met_too(
                case_id=case.case_id, account_id=None, device=f"{case.number}-{device}", at=at
            )
    for case in around[: FOLLOWED if follower is not None else 0]:
        # One's own is not met too.
        with suppress(UnableToMeetToo):
            say_met_too(case_id=case.case_id, account_id=follower, device="", at=at)


def _leave_a_number(at: datetime) -> None:
    """Report without an account but with the resident's number, for `/me/reports` to offer."""
    plot = list(places.buildings())[20]
    report = NewReport(
        id=new_id(),
        text="单元门的闭门器坏了，门关不上。",
        category_key="local:L23",
        point=Point(lon=plot.point[0], lat=plot.point[1]),
        address=plot.address,
        contact=Contact(phone=RESIDENT_PHONE),
    )
    report_case(report=report, actor=UNNAMED, at=at)
