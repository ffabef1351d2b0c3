"""What follows from joint enforcement: who is told. A party is told on paper, never by a notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Happened, Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_account_ids, list_accounts_of
from linli.ground.people.terms import Role
from linli.programmes.enforcement import events
from linli.programmes.enforcement.queries.audience import get_audience
from linli.programmes.enforcement.terms import Audience

DESK = "/desk/enforcement/%(number)s/"
HEAD = (Role.STREET_LEADER,)
REVIEWERS = (Role.STREET_LEADER, Role.SHIFT_LEADER)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One kind of notice and its hearers: the team, posts in the street, home departments."""

    kind: str
    team: bool = False
    posts: tuple[Role, ...] = ()
    homes: bool = False


SENTENCES = {
    "enforcement.to_approve": N_("联合执法方案 %(number)s 等您批准。"),
    "enforcement.approved": N_("联合执法方案 %(number)s 已批准，请按方案告知当事人。"),
    "enforcement.rejected": N_("联合执法方案 %(number)s 退回修改，请看意见。"),
    "enforcement.notice_served": N_("行动 %(number)s 的法律告知已经送达，期限开始计算。"),
    "enforcement.to_review": N_("行动 %(number)s 有当事人申辩或复议，请没有参加的人复核。"),
    "enforcement.heard": N_("行动 %(number)s 有当事人申辩或复议，答复以前不作决定。"),
    "enforcement.answered": N_("行动 %(number)s 的申辩或复议已经答复。"),
    "enforcement.to_publish": N_("行动 %(number)s 的申辩期已结束，请公示结果。"),
    "enforcement.published": N_("行动 %(number)s 的结果已经公示。"),
    "enforcement.to_judge": N_("行动 %(number)s 的结果已经公示，请评价这次行动。"),
    "enforcement.withdrawn": N_("行动 %(number)s 的公示已经撤下，请看理由。"),
    "enforcement.judged": N_("行动 %(number)s 已经评价，派出部门可以回应。"),
    "enforcement.recused": N_("行动 %(number)s 有人回避，参加人员有变动。"),
    "enforcement.cancelled": N_("行动 %(number)s 已取消，请看理由。"),
}
CALLS: Mapping[type[Happened], tuple[Call, ...]] = {
    events.OperationPlanned: (Call(kind="enforcement.to_approve", posts=HEAD),),
    events.PlanApproved: (Call(kind="enforcement.approved", team=True),),
    events.PlanRejected: (Call(kind="enforcement.rejected", team=True),),
    events.NoticeGiven: (Call(kind="enforcement.notice_served", team=True),),
    events.AppealReceived: (
        Call(kind="enforcement.to_review", posts=REVIEWERS),
        Call(kind="enforcement.heard", team=True),
    ),
    events.AppealAnswered: (Call(kind="enforcement.answered", team=True),),
    events.AppealsClosed: (Call(kind="enforcement.to_publish", posts=REVIEWERS),),
    events.ResultPublished: (
        Call(kind="enforcement.published", team=True, homes=True),
        Call(kind="enforcement.to_judge", posts=HEAD),
    ),
    events.PublicationWithdrawn: (Call(kind="enforcement.withdrawn", team=True, homes=True),),
    events.OperationJudged: (Call(kind="enforcement.judged", team=True, homes=True),),
    events.MemberRecused: (Call(kind="enforcement.recused", team=True, posts=HEAD),),
    events.OperationCancelled: (Call(kind="enforcement.cancelled", team=True),),
}

declare(
    {
        kind: Wording(sentence=sentence, address=DESK, topic=Topic.WORK)
        for kind, sentence in SENTENCES.items()
    }
)


@within(*CALLS)
def tell_those_concerned(occurrence: Occurrence) -> None:
    """Tell those whose turn it is, and those who take part; never the one who just acted."""
    audience = get_audience(UUID(occurrence.subject.id))
    for call in CALLS[type(occurrence.event)]:
        hearers = dict.fromkeys(_hearers(call, audience, occurrence))
        hearers.pop(occurrence.actor.account_id or 0, None)
        tell(
            account_ids=hearers,
            kind=call.kind,
            subject=occurrence.subject,
            params={"number": audience.number},
            at=occurrence.at,
            key=str(occurrence.id),
        )


def _hearers(call: Call, audience: Audience, occurrence: Occurrence) -> Iterable[int]:
    if call.team:
        yield from list_accounts_of(audience.person_ids)
    if call.posts:
        yield from list_account_ids(
            at=occurrence.at, roles=call.posts, covering_code=audience.street_code
        )
    if call.homes:
        for home_id in audience.home_ids:
            yield from list_account_ids(
                at=occurrence.at, roles=(Role.HANDLER,), organisation_id=home_id
            )
