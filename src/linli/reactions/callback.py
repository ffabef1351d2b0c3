"""What follows for call-backs from what happens to cases, and who is told of exclusions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import ActorKind, Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.programmes.callback.events import (
    CallbackAnswered,
    CallbackTried,
    ExclusionAsked,
    ExclusionGranted,
    ExclusionRefused,
)
from linli.programmes.callback.queries.address import get_address
from linli.programmes.callback.services.making import (
    follow_erasure,
    follow_reopening,
    make_callback,
    take_rating,
)
from linli.programmes.callback.terms import Result, Way
from linli.spine.cases.events import CaseClosed, CaseRated, CaseReopened, ReporterErased
from linli.spine.cases.queries.address import find_reporter_account

EXCLUSIONS = "/desk/callback/exclusions/"
QUEUE = "/desk/callback/"
DECIDERS = (Role.SHIFT_LEADER, Role.SUPERVISOR)
_WORDS: Mapping[str, tuple[str, str]] = {
    "callback.exclusion_asked": (EXCLUSIONS, N_("有人申请把案件 %(number)s 的回访排除，请决定。")),
    "callback.exclusion_granted": (EXCLUSIONS, N_("案件 %(number)s 的回访已同意排除。")),
    "callback.exclusion_refused": (EXCLUSIONS, N_("案件 %(number)s 的回访不同意排除，照常计算。")),
    "callback.unsolved": (QUEUE, N_("案件 %(number)s 的反映人说没有解决，请交回重办。")),
}
DECIDED = {
    ExclusionGranted: "callback.exclusion_granted",
    ExclusionRefused: "callback.exclusion_refused",
}

ASKED = "callback.asked_for_you"

declare(
    {
        ASKED: Wording(
            sentence=N_("我们想问问您反映的 %(number)s 办得怎么样，请打开进度页评价。"),
            address="/me",
            topic=Topic.OWN,
        ),
        **{
            kind: Wording(sentence=sentence, address=address, topic=Topic.CENTRE)
            for kind, (address, sentence) in _WORDS.items()
        },
    }
)


@within(CaseClosed)
def make(occurrence: Occurrence) -> None:
    """Have the reporter of a closed case asked."""
    make_callback(case_id=_case_id(occurrence), closed_at=occurrence.at)


@within(CaseRated)
def take(occurrence: Occurrence) -> None:
    """Let the reporter's own rating be the answer."""
    event = occurrence.event
    if isinstance(event, CaseRated):
        take_rating(
            case_id=_case_id(occurrence),
            solved=event.solved,
            satisfaction=event.satisfaction,
            at=occurrence.at,
        )


@within(CaseReopened)
def follow(occurrence: Occurrence) -> None:
    """End the call-back of a case that goes on: its own reporter has answered by it."""
    event, actor = occurrence.event, occurrence.actor
    if isinstance(event, CaseReopened):
        is_reporter = actor.kind in (ActorKind.RESIDENT, ActorKind.ANONYMOUS)
        follow_reopening(
            case_id=_case_id(occurrence),
            is_own=is_reporter and event.joined_case_id is None,
            actor=actor,
            at=occurrence.at,
        )


@within(ReporterErased)
def erase(occurrence: Occurrence) -> None:
    """Erase what was said in call-backs with the reporter's other words."""
    follow_erasure(case_id=_case_id(occurrence), at=occurrence.at)


@within(CallbackTried)
def ask_by_message(occurrence: Occurrence) -> None:
    """Ask a reporter with an account by message: the own rating is the answer."""
    event = occurrence.event
    if isinstance(event, CallbackTried) and event.result == Result.SENT:
        case_id = get_address(UUID(occurrence.subject.id)).case_id
        account_id = find_reporter_account(case_id)
        _tell([account_id] if account_id else [], ASKED, occurrence)


@within(CallbackAnswered)
def tell_of_unsolved(occurrence: Occurrence) -> None:
    """Tell the clerks of an answer by the link that it is not solved: one of them orders a redo."""
    event = occurrence.event
    if isinstance(event, CallbackAnswered) and not event.solved and event.way == Way.LINK:
        _tell(_at((Role.CALLBACK_CLERK,), occurrence), "callback.unsolved", occurrence)


@within(ExclusionAsked)
def tell_deciders(occurrence: Occurrence) -> None:
    """Tell those who may decide, and not the one who asked."""
    people = _at(DECIDERS, occurrence)
    others = [one for one in people if one != occurrence.actor.account_id]
    _tell(others, "callback.exclusion_asked", occurrence)


@within(ExclusionGranted, ExclusionRefused)
def tell_who_asked(occurrence: Occurrence) -> None:
    """Tell whoever asked what was decided."""
    asked_by = get_address(UUID(occurrence.subject.id)).asked_by_id
    _tell([asked_by] if asked_by else [], DECIDED[type(occurrence.event)], occurrence)


def _at(roles: tuple[Role, ...], occurrence: Occurrence) -> list[int]:
    code = get_address(UUID(occurrence.subject.id)).street_code
    return list_account_ids(at=occurrence.at, roles=roles, covering_code=code)


def _tell(people: Iterable[int], kind: str, occurrence: Occurrence) -> None:
    tell(
        account_ids=people,
        kind=kind,
        subject=occurrence.subject,
        params={"number": get_address(UUID(occurrence.subject.id)).number},
        at=occurrence.at,
        key=str(occurrence.id),
    )


def _case_id(occurrence: Occurrence) -> UUID:
    return UUID(occurrence.subject.id)
