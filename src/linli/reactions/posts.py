"""What follows from posts given, prolonged, ended, and from stand-ins: those concerned are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people import events
from linli.ground.people.queries import list_accounts_of

_SENTENCES: Mapping[str, str] = {
    "posts.given": N_("您有了新的任职，从 %(starts_on)s 起生效。"),
    "posts.prolonged": N_("您的任期已延长到 %(ends_on)s。"),
    "posts.ended": N_("您的一项任职已结束。谢谢您的付出。"),
    "posts.stand_in": N_("请您从 %(starts_on)s 起代理一个岗位，到 %(ends_on)s 自动结束。"),
    "posts.stood_in_for": N_("从 %(starts_on)s 到 %(ends_on)s，您的岗位由他人代理。"),
    "posts.stand_in_ended": N_("代理已提前结束。"),
}

declare(
    {
        "posts.work_passed_on": Wording(
            sentence=N_("有一份工作交接等您确认。"),
            address="/handed-over/%(number)s/",
            topic=Topic.WORK,
        )
    }
)
declare(
    {
        kind: Wording(sentence=sentence, address="/me", topic=Topic.WORK)
        for kind, sentence in _SENTENCES.items()
    }
)


@within(events.AppointmentMade, events.AppointmentProlonged, events.AppointmentEnded)
def tell_holder(occurrence: Occurrence) -> None:
    """Tell who holds the post; who lays a whole register down at once tells nobody."""
    event, person_id = occurrence.event, int(occurrence.subject.id)
    match event:
        case events.AppointmentMade(appointment_id=int()):
            _tell([person_id], "posts.given", occurrence, starts_on=event.starts_on)
        case events.AppointmentProlonged():
            _tell([person_id], "posts.prolonged", occurrence, ends_on=event.ends_on)
        case events.AppointmentEnded(appointment_id=int()):
            _tell([person_id], "posts.ended", occurrence)


@within(events.WorkPassedOn)
def ask_both(occurrence: Occurrence) -> None:
    """Ask giver and taker to confirm the record; without a taker, who made it confirms."""
    event = occurrence.event
    if isinstance(event, events.WorkPassedOn):
        both = [one for one in (event.giver_id, event.taker_id) if one is not None]
        _tell(both, "posts.work_passed_on", occurrence, number=occurrence.subject.id)


@within(events.StandInNamed, events.StandInEnded)
def tell_stand_in(occurrence: Occurrence) -> None:
    """Tell who acts, and for whom."""
    event, holder_id = occurrence.event, int(occurrence.subject.id)
    if isinstance(event, events.StandInNamed):
        days = {"starts_on": event.starts_on, "ends_on": event.ends_on}
        _tell([event.person_id], "posts.stand_in", occurrence, **days)
        _tell([holder_id], "posts.stood_in_for", occurrence, **days)
    if isinstance(event, events.StandInEnded):
        _tell([event.person_id, holder_id], "posts.stand_in_ended", occurrence)


def _tell(person_ids: Iterable[int], kind: str, occurrence: Occurrence, **params: str) -> None:
    tell(
        account_ids=list_accounts_of(person_ids),
        kind=kind,
        subject=occurrence.subject,
        params=params,
        at=occurrence.at,
        key=str(occurrence.id),
    )
