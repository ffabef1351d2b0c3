"""What each action on the spot changes besides the step; rights and step are checked before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.photos import attach_photos
from linli.ground.kernel.terms import Actor
from linli.ground.people.terms import Member
from linli.ground.territory.queries import check_point
from linli.programmes.whistle import events
from linli.programmes.whistle.models import Call, SignIn, Whistle
from linli.programmes.whistle.queries.codes import check_code
from linli.programmes.whistle.queries.facts import WhistleFile, facts_of, sign_in_of
from linli.programmes.whistle.rules.actions import find_call
from linli.programmes.whistle.rules.clocks import answer_by, count_on, is_late, metres_between
from linli.programmes.whistle.rules.facts import Standing
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.services.blowing import (
    call_organisations,
    check_not_complained_of,
    find_callable,
    untimed,
)
from linli.programmes.whistle.terms import (
    MOST_CALLED,
    ActionName,
    Answer,
    Kind,
    Policy,
    Proof,
    WhistleInput,
    whistle_subject,
)
from linli.spine.cases.queries.case import get_case
from linli.spine.cases.terms import CaseKind


@dataclass(kw_only=True)
class Act:
    """An action under way; the performer changes the rows of `file`.

    `member` is None where somebody without an account acts by a link.
    """

    name: ActionName
    file: WhistleFile
    standing: Standing
    actor: Actor
    member: Member | None
    at: datetime
    form: WhistleInput
    policy: Policy
    calendar: WorkingCalendar

    @property
    def whistle(self) -> Whistle:
        """The locked whistle."""
        return self.file.whistle

    @property
    def by(self) -> Member:
        """The member who acts.

        Raises:
            LookupError: when it is somebody without an account.
        """
        if self.member is None:
            raise LookupError("nobody with an account acts here")
        return self.member

    @property
    def call(self) -> Call:
        """The call to the organisation the action is about."""
        found = find_call(
            name=self.name, facts=facts_of(self.file), standing=self.standing, form=self.form
        )
        return self.file.call_of(found.organisation_id)


Performer = Callable[[Act], events.WhistleEvent]


def come(act: Act) -> events.WhistleEvent:
    """Say that the organisation comes, and perhaps whom it sends."""
    return _answer(act, act.call, Answer.COMES, sends=act.form.sends.strip())


def decline(act: Act) -> events.WhistleEvent:
    """Say that the organisation can't come, and why."""
    return _answer(act, act.call, Answer.CANNOT)


def take_answer(act: Act) -> events.WhistleEvent:
    """Write down what an organisation answered by telephone."""
    said = act.form.answer or Answer.CANNOT
    return _answer(act, act.call, said, is_by_caller=True)


def _answer(
    act: Act, call: Call, said: Answer, *, sends: str = "", is_by_caller: bool = False
) -> events.WhistleEvent:
    call.answer, call.answered_at, call.sends = said.value, act.at, sends
    call.answer_note = act.form.note.strip()
    call.save(update_fields=["answer", "answered_at", "sends", "answer_note"])
    return events.CallAnswered(
        organisation_id=call.organisation_id, answer=said.value, is_by_caller=is_by_caller
    )


def sign_in(act: Act) -> events.WhistleEvent:
    """Sign in on the spot, proved by the position, else by the code the caller shows.

    Without either the caller has to confirm.
    """
    proof, distance = Proof.NONE, _distance(act)
    if distance is not None and distance <= act.policy.near_m:
        proof = Proof.POSITION
    elif act.form.code.strip():
        check_code(act.whistle.id, act.form.code, at=act.at)
        proof = Proof.CODE
    return _sign_in(act, act.call, arrived_at=act.at, proof=proof, distance_m=distance)


def countersign(act: Act) -> events.WhistleEvent:
    """Sign in for an organisation without a signal, or confirm a sign-in without a position."""
    call = act.call
    known = sign_in_of(call)
    if known is not None:
        known.proof = Proof.CALLER.value
        known.save(update_fields=["proof"])
        return events.SignInConfirmed(organisation_id=call.organisation_id)
    arrived_at = act.form.arrived_at or act.at
    # Forms know minutes: the minute in which the whistle was blown is still after it.
    if arrived_at > act.at or arrived_at < act.whistle.blown_at - timedelta(minutes=1):
        raise WhistleRefused("whistle.arrived_unfit", field="arrived_at")
    return _sign_in(act, call, arrived_at=arrived_at, proof=Proof.CALLER, distance_m=None)


def _distance(act: Act) -> int | None:
    there, whistle = act.form.position, act.whistle
    if there is None or whistle.lon is None or whistle.lat is None:
        return None
    check_point(there.lon, there.lat)
    return metres_between(whistle.lon, whistle.lat, there.lon, there.lat)


def _sign_in(
    act: Act, call: Call, *, arrived_at: datetime, proof: Proof, distance_m: int | None
) -> events.WhistleEvent:
    there = act.form.position if distance_m is not None else None
    keep = timedelta(days=act.policy.position_days)
    SignIn.objects.create(
        call=call,
        arrived_at=arrived_at,
        proof=proof.value,
        distance_m=distance_m,
        lon=there.lon if there else None,
        lat=there.lat if there else None,
        position_until=act.at + keep if there else None,
        signed_by_id=act.actor.account_id,
        signed_at=act.at,
    )
    call.is_late = is_late(arrived_at=arrived_at, arrive_by=call.arrive_by, is_timed=call.is_timed)
    if not call.answer:
        call.answer, call.answered_at = Answer.COMES.value, act.at
    call.save(update_fields=["is_late", "answer", "answered_at"])
    return events.SignedIn(
        organisation_id=call.organisation_id,
        arrived_at=arrived_at,
        proof=proof.value,
        is_late=call.is_late,
        distance_m=distance_m,
    )


def call_more(act: Act) -> events.WhistleEvent:
    """Call more organisations as helpers; their time counts from now."""
    called = find_callable(act.form.organisation_ids, field="organisation_ids")
    known = {one.organisation_id: one.organisation.name for one in act.file.calls}
    twice = next((one for one in called if one.id in known), None)
    if twice is not None:
        raise WhistleRefused(
            "whistle.called_already", field="organisation_ids", name=known[twice.id]
        )
    if len(known) + len(called) > MOST_CALLED:
        raise WhistleRefused("whistle.too_many", field="organisation_ids", most=MOST_CALLED)
    check_not_complained_of(called, _complained_of(act), field="organisation_ids")
    limits = act.policy.limits[Kind(act.whistle.kind)]
    soonest = count_on(act.at, limits.least, limits, act.calendar)
    arrive_by = max(act.whistle.arrive_by, soonest)
    answers = answer_by(at=act.at, arrive_by=arrive_by, limits=limits, calendar=act.calendar)
    call_organisations(act.whistle, called, lead_id=None, answer_by=answers, arrive_by=arrive_by)
    return events.MoreCalled(
        organisation_ids=tuple(one.id for one in called),
        untimed_ids=untimed(called),
        answer_by=answers,
        arrive_by=arrive_by,
    )


def _complained_of(act: Act) -> int | None:
    if act.whistle.case_id is None:
        return None
    case = get_case(case_id=act.whistle.case_id, member=act.by, at=act.at)
    return case.about_organisation_id if case.kind is CaseKind.COMPLAINT else None


def name_lead(act: Act) -> events.WhistleEvent:
    """Let another of the called lead."""
    chosen = act.call
    Call.objects.filter(whistle=act.whistle, is_lead=True).update(is_lead=False)
    Call.objects.filter(pk=chosen.pk).update(is_lead=True)
    return events.LeadNamed(organisation_id=chosen.organisation_id)


def report_deed(act: Act) -> events.WhistleEvent:
    """Say what the organisation did; before the judgement it may be said anew."""
    call, photo_ids = act.call, _attach(act)
    call.deed = act.form.note.strip()
    call.save(update_fields=["deed"])
    return events.DeedReported(organisation_id=call.organisation_id, photo_ids=photo_ids)


def record_outcome(act: Act) -> events.WhistleEvent:
    """Say what came of it together."""
    act.whistle.outcome = act.form.note.strip()
    return events.OutcomeRecorded(photo_ids=_attach(act))


def _attach(act: Act) -> tuple[UUID, ...]:
    refs = [(ref.id, ref.secret) for ref in act.form.photos]
    if not refs:
        return ()
    kept = attach_photos(refs=refs, subject=whistle_subject(act.whistle.id), at=act.at)
    return tuple(one.id for one in kept)
