"""What is kept of a member's own searches and looks, for `/me` and the export."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.marking import N_
from linli.ground.kernel.queries import list_looks
from linli.ground.kernel.searches import list_searches
from linli.ground.kernel.terms import LookRecord, SearchRecord

from .terms import HeldField, Holding, LookPurpose, Role

MOST_ROWS = 200


def list_own_traces(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """List what an account searched for and whose data it opened, the newest first.

    Nothing is said of accounts that did neither: residents have no search.
    """
    searches = list_searches(actor_id=account_id, limit=MOST_ROWS)
    looks = list_looks(actor_id=account_id, limit=MOST_ROWS)
    if searches:
        yield Holding(
            room="people",
            part="own_searches",
            title=N_("您查询过什么"),
            purpose=N_("防止无故查人；值班长和管理员可以查看，他们每次查看也有记录。"),
            retention=N_("查的内容九十天后清空，谁在什么时候查过保留三年；这里列最近 200 次。"),
            rows=tuple(_search(one) for one in searches),
        )
    if looks:
        yield Holding(
            room="people",
            part="own_looks",
            title=N_("您看过谁的资料"),
            purpose=N_("让本人知道谁看过自己的资料、为什么看。"),
            retention=N_("三年；这里列最近 200 次。"),
            rows=tuple(_look(one) for one in looks),
        )


def _search(one: SearchRecord) -> tuple[HeldField, ...]:
    return (
        HeldField(name="at", label=N_("时间"), value=one.at),
        HeldField(name="role", label=N_("岗位"), value=one.actor_role, word=_role(one.actor_role)),
        HeldField(name="words", label=N_("查的内容"), value=one.words),
    )


def _look(one: LookRecord) -> tuple[HeldField, ...]:
    purpose = one.purpose
    word = LookPurpose(purpose).label if purpose in set(LookPurpose) else ""
    return (
        HeldField(name="at", label=N_("时间"), value=one.at),
        HeldField(name="role", label=N_("岗位"), value=one.actor_role, word=_role(one.actor_role)),
        HeldField(name="subject", label=N_("记录"), value=f"{one.subject.kind} {one.subject.id}"),
        HeldField(name="purpose", label=N_("目的"), value=purpose, word=word),
        HeldField(name="reason", label=N_("理由"), value=one.reason),
    )


def _role(role: str) -> str:
    return Role(role).label if role in set(Role) else ""
