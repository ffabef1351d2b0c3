"""What the tests of couriers share: an office, a grid leader, a courier who is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.people.models import Account
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.couriers.services.couriers import apply, decide
from linli.programmes.couriers.services.reports import send_report
from linli.programmes.couriers.terms import Company
from linli.spine.cases.models import Category
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import Reported
from linli.spine.cases.tests.factories import START, Office, make_office, make_photo, new_report


@dataclass
class Round:
    """A courier on the way, and those who answer."""

    office: Office
    account: Account
    courier: Member
    courier_id: int
    leader: Member
    leader_account: Account

    def send(self, **changes: Any) -> Reported:
        """Let the courier report rubbish in the first grid."""
        usual: dict[str, Any] = {
            "id": new_id(),
            "category_key": "matter:06010",
            "photos": (make_photo(),),
        }
        report = new_report(**{**usual, **changes})
        return send_report(report=report, member=self.courier, at=self.office.tick())


@pytest.fixture
def office(db: None) -> Office:
    """Give a small office whose couriers report rubbish."""
    made = make_office()
    Category.objects.filter(pk=made.category.pk).update(for_couriers=True)
    touch_catalogue(at=START)
    return made


@pytest.fixture
def ride(office: Office) -> Round:
    """Give a courier the community confirmed."""
    account = AccountFactory()
    leader_account = AccountFactory(grid_leader=True, area=office.place.grids[0])
    member = member_of(account, at=START)
    courier_id = apply(
        company=Company.MEITUAN,
        company_name="",
        area_code=office.place.communities[0].code,
        member=member,
        at=office.tick(),
    )
    secretary = office[Role.COMMUNITY_SECRETARY]
    decide(courier_id=courier_id, confirms=True, member=secretary, at=office.tick())
    return Round(
        office=office,
        account=account,
        courier=member,
        courier_id=courier_id,
        leader=member_of(leader_account, at=START),
        leader_account=leader_account,
    )
