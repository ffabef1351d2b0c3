"""Who is told that a matter said at a talk point is over: those who write the answer there."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_account_ids, list_accounts_of
from linli.ground.people.terms import Role
from linli.programmes.talk.queries.boards import find_point_of, list_host_persons
from linli.spine.cases.events import CaseClosed, CaseDeclined
from linli.spine.cases.queries.address import get_address

declare(
    {
        "talk.answer_owed": Wording(
            sentence=N_("说事点的 %(number)s 有了结果，请写好答复贴出来。"),
            address="/desk/talk/%(point_id)s/",
            topic=Topic.WORK,
        )
    }
)


@within(CaseClosed, CaseDeclined)
def tell_who_answers(occurrence: Occurrence) -> None:
    """Tell the hosts of the point and the community's secretary, so that the answer hangs soon."""
    case_id = UUID(occurrence.subject.id)
    found = find_point_of(case_id)
    if found is None:
        return
    point_id, area_code = found
    keepers = list_account_ids(
        at=occurrence.at, roles=(Role.COMMUNITY_SECRETARY,), covering_code=area_code
    )
    tell(
        account_ids=dict.fromkeys([*list_accounts_of(list_host_persons(point_id)), *keepers]),
        kind="talk.answer_owed",
        subject=occurrence.subject,
        params={"point_id": point_id, "number": get_address(case_id).number},
        at=occurrence.at,
        key=str(occurrence.id),
    )
