"""What follows for cases: a new one, a line in the one it is for, or its handling reported."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.photos import list_photos, open_photo, store_photo
from linli.programmes.whistle import events
from linli.programmes.whistle.models import FollowUp
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.services.performing import Act
from linli.programmes.whistle.terms import whistle_subject
from linli.spine.cases.services import report_case
from linli.spine.cases.services.acting import act as act_on_case
from linli.spine.cases.terms import ActionInput, Channel, NewReport, PhotoRef, Point
from linli.spine.cases.terms import ActionName as CaseAction

MOST_PHOTOS = 4


def open_case(act: Act) -> events.WhistleEvent:
    """Report what else was found on the spot as a case of its own."""
    whistle = act.whistle
    point = None
    if whistle.lon is not None and whistle.lat is not None:
        point = Point(lon=whistle.lon, lat=whistle.lat)
    reported = report_case(
        report=NewReport(
            text=act.form.note.strip(),
            channel=Channel.PATROL,
            point=point,
            address=whistle.address,
        ),
        actor=act.by.actor(),
        at=act.at,
    )
    FollowUp.objects.create(whistle=whistle, case_id=reported.case_id)
    return events.CaseOpened(case_id=reported.case_id)


def tell_case(act: Act) -> events.WhistleEvent:
    """Write a line into the case; none of its clocks is touched.

    Raises:
        Refusal: the case takes no word of this member.
    """
    case_id = _case_id(act)
    note = f"{act.whistle.number} {act.form.note.strip()}"
    _on_case(act, CaseAction.COMMENT, ActionInput(note=note))
    return events.CaseTold(case_id=case_id)


def feed_back(act: Act) -> events.WhistleEvent:
    """Report the case handled, with copies of the newest photos.

    Raises:
        Refusal: the case is not being handled, or not by this member.
    """
    case_id = _case_id(act)
    photos = list_photos(whistle_subject(act.whistle.id))[-MOST_PHOTOS:]
    copies = tuple(_copy(act, one.id) for one in photos)
    _on_case(act, CaseAction.FEED_BACK, ActionInput(note=act.form.note, photos=copies))
    act.whistle.is_fed_back = True
    return events.CaseFedBack(case_id=case_id)


def _case_id(act: Act) -> UUID:
    if act.whistle.case_id is None:
        raise WhistleRefused("whistle.no_case")
    return act.whistle.case_id


def _on_case(act: Act, action: CaseAction, form: ActionInput) -> None:
    act_on_case(case_id=_case_id(act), action=action, member=act.by, at=act.at, form=form)


def _copy(act: Act, photo_id: UUID) -> PhotoRef:
    """Store a photo once more, since each belongs to one subject."""
    with open_photo(photo_id) as stream:
        stored = store_photo(stream=stream, uploaded_by_id=act.actor.account_id, at=act.at)
    return PhotoRef(id=stored.id, secret=stored.secret)
