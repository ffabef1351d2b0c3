"""The outcome of an operation becomes the handling of the case it came from."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.photos import open_photo, store_photo
from linli.programmes.enforcement import events
from linli.programmes.enforcement.services.performing import Act, given, photo_ids
from linli.programmes.enforcement.terms import Stage
from linli.spine.cases.services.acting import act as act_on_case
from linli.spine.cases.terms import ActionInput, PhotoRef
from linli.spine.cases.terms import ActionName as CaseAction

MOST_PHOTOS = 4


def feed_back(act: Act) -> events.OperationEvent:
    """Report the case handled, with copies of the newest photos of afterwards.

    Raises:
        Refusal: the case is not being handled, or not by this member.
    """
    case_id = given(act.operation.case_id)
    newest = photo_ids(act.operation.id, Stage.AFTER)[:MOST_PHOTOS]
    act_on_case(
        case_id=case_id,
        action=CaseAction.FEED_BACK,
        member=act.member,
        at=act.at,
        form=ActionInput(note=act.form.note, photos=tuple(_copy(act, one) for one in newest)),
    )
    act.operation.is_fed_back = True
    return events.CaseFedBack(case_id=case_id)


def _copy(act: Act, photo_id: UUID) -> PhotoRef:
    """Store a photo once more, since each belongs to one subject."""
    with open_photo(photo_id) as stream:
        stored = store_photo(stream=stream, uploaded_by_id=act.member.account_id, at=act.at)
    return PhotoRef(id=stored.id, secret=stored.secret)
