"""Who is told of a revision: those who may approve it, then whoever drafted and approved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.programmes.keeping import events
from linli.programmes.keeping.queries.drafts import get_draft
from linli.programmes.keeping.queries.rights import list_approvers

DRAFT = "/desk/revisions/%(draft)s/"
ASKED = "keeping.approval_asked"
# What became of a draft, for whoever drafted and approved it.
BECAME: Mapping[type, str] = {
    events.DraftApproved: "keeping.approved",
    events.DraftApplied: "keeping.applied",
    events.DraftStopped: "keeping.stopped",
    events.DraftWithdrawn: "keeping.withdrawn",
}
_WORDS: Mapping[str, str] = {
    ASKED: N_("第 %(draft)s 号修订写好了，%(day)s 生效，请您看过批准。"),
    "keeping.approved": N_("第 %(draft)s 号修订已批准，%(day)s 自动生效。"),
    "keeping.applied": N_("第 %(draft)s 号修订今天生效了。"),
    "keeping.stopped": N_("第 %(draft)s 号修订到了生效日没有生效，请看原因。"),
    "keeping.withdrawn": N_("第 %(draft)s 号修订已撤回，一切照旧。"),
}
declare(
    {
        kind: Wording(sentence=sentence, address=DRAFT, topic=Topic.WORK)
        for kind, sentence in _WORDS.items()
    }
)


@within(events.ApprovalAsked)
def tell_approvers(occurrence: Occurrence) -> None:
    """Tell those who may approve, but for the drafter, who never does."""
    draft = get_draft(int(occurrence.subject.id))
    people = list_approvers(matter=draft.matter, street_code=draft.street_code, at=occurrence.at)
    _tell([one for one in people if one != draft.drafted_by_id], ASKED, occurrence)


@within(*BECAME)
def tell_what_became(occurrence: Occurrence) -> None:
    """Tell whoever drafted and approved it, but for the one who has just done it."""
    draft = get_draft(int(occurrence.subject.id))
    event = type(occurrence.event)
    # What takes effect is signed by who approved it, who was not there.
    is_there = event in (events.DraftApproved, events.DraftWithdrawn)
    actor = occurrence.actor.account_id if is_there else None
    people = {draft.drafted_by_id, draft.approved_by_id}
    _tell([one for one in people if one and one != actor], BECAME[event], occurrence)


def _tell(people: Iterable[int], kind: str, occurrence: Occurrence) -> None:
    draft = get_draft(int(occurrence.subject.id))
    tell(
        account_ids=sorted(people),
        kind=kind,
        subject=occurrence.subject,
        params={"draft": draft.id, "day": draft.effective_on.isoformat()},
        at=occurrence.at,
        key=str(occurrence.id),
    )
