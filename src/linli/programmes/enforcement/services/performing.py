"""What each action changes besides the step; rights and step have been checked before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.photos import attach_photos, hash_photos
from linli.ground.people.terms import Member
from linli.programmes.enforcement import events
from linli.programmes.enforcement.models import (
    Appeal,
    Evidence,
    LegalNotice,
    Measure,
    Operation,
    Party,
    Power,
    Score,
)
from linli.programmes.enforcement.queries.facts import OperationFile, party_facts
from linli.programmes.enforcement.rules import law
from linli.programmes.enforcement.rules.evidence import digest_of
from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.services.plans import keep_members, needed, set_plan
from linli.programmes.enforcement.terms import (
    COMPULSION,
    PENALTIES,
    MeasureKind,
    OperationInput,
    PartyInput,
    Stage,
    operation_subject,
)


@dataclass(kw_only=True)
class Act:
    """An action under way; the performer changes `file.operation`."""

    file: OperationFile
    member: Member
    at: datetime
    form: OperationInput
    calendar: WorkingCalendar

    @property
    def operation(self) -> Operation:
        """The locked operation."""
        return self.file.operation

    @property
    def today(self) -> datetime:
        """The instant in the sub-district's own zone."""
        return self.at.astimezone(ZoneInfo(self.calendar.zone))


Performer = Callable[[Act], events.OperationEvent]
T = TypeVar("T")


def given(value: T | None) -> T:
    """Give a value that the rules have already asked for.

    Raises:
        LookupError: when an action was carried out without being checked.
    """
    if value is None:
        raise LookupError("an action was carried out unchecked")
    return value


def revise_plan(act: Act) -> events.OperationEvent:
    """Change the plan before it is approved."""
    ids = set_plan(act.operation, given(act.form.plan), zone=act.calendar.zone)
    act.operation.save()
    keep_members(act.operation, ids)
    return events.PlanRevised(operation_kind=act.operation.kind, member_ids=ids)


def give_notice(act: Act) -> events.OperationEvent:
    """Tell a party, in the name of a department that takes part."""
    notice = given(act.form.notice)
    power = _power(act, notice.power_id)
    if power.department_id not in act.file.home_ids:
        name = power.department.name
        raise OperationRefused("enforcement.department_not_here", field="power", department=name)
    if notice.deadline_at <= act.at:
        raise OperationRefused("enforcement.deadline_passed", field="deadline_at")
    party = _party(act, given(act.form.party))
    LegalNotice.objects.create(
        operation=act.operation,
        party=party,
        power=power,
        kind=notice.kind.value,
        wanted=needed(notice.wanted, "wanted", 500),
        serving=notice.serving.value,
        served_at=act.at,
        deadline_at=notice.deadline_at,
    )
    return events.NoticeGiven(
        party_id=party.pk,
        notice_kind=notice.kind.value,
        department_id=power.department_id,
        deadline_at=notice.deadline_at,
    )


def keep_evidence(act: Act) -> events.OperationEvent:
    """Turn photos into evidence, each tied to who, when and where."""
    said, operation = given(act.form.evidence), act.operation
    if said.taken_at > act.at + timedelta(minutes=5):
        raise OperationRefused("enforcement.text_unfit", field="taken_at")
    if said.taken_by_id not in {one.secondment_id for one in act.file.participations}:
        raise OperationRefused("enforcement.member_unknown", field="taken_by")
    party = _party(act, act.form.party) if act.form.party else None
    refs = [(ref.id, ref.secret) for ref in act.form.photos]
    attach_photos(refs=refs, subject=operation_subject(operation.id), at=act.at)
    hashes = hash_photos(ref.id for ref in act.form.photos)
    rows = [_evidence(act, photo_id, sha256, party) for photo_id, sha256 in hashes.items()]
    Evidence.objects.bulk_create(rows)
    return events.EvidenceKept(
        stage=said.stage.value,
        photo_ids=tuple(row.photo_id for row in rows),
        digests=tuple(row.digest for row in rows),
        party_id=party.pk if party else None,
    )


def _evidence(act: Act, photo_id: UUID, sha256: bytes, party: Party | None) -> Evidence:
    said, operation = given(act.form.evidence), act.operation
    row = Evidence(
        operation=operation,
        party=party,
        stage=said.stage.value,
        photo_id=photo_id,
        photo_sha256=sha256,
        taken_at=min(said.taken_at, act.at),
        taken_by_id=said.taken_by_id,
        place=needed(said.place, "place", 200),
        kept_at=act.at,
    )
    row.digest = digest_of(
        operation_id=operation.id,
        photo_id=photo_id,
        photo_sha256=sha256,
        stage=row.stage,
        taken_at=row.taken_at,
        taken_by_id=said.taken_by_id,
        place=row.place,
        party_id=party.pk if party else None,
    )
    return row


def record_compliance(act: Act) -> events.OperationEvent:
    """Keep whether a party has put it right."""
    party, complied = _party(act, given(act.form.party)), bool(act.form.complied)
    party.complied_at = act.at if complied else None
    party.save(update_fields=["complied_at"])
    return events.ComplianceRecorded(party_id=party.pk, complied=complied)


def begin_action(act: Act) -> events.OperationEvent:
    """Go to the spot, once there is evidence and nobody still has time to put it right."""
    law.check_begin(
        parties=party_facts(act.file).values(),
        at=act.at,
        has_before=_has_evidence(act, Stage.BEFORE),
    )
    return events.ActionBegun()


def take_measure(act: Act) -> events.OperationEvent:
    """Exercise a department's power towards a party, two officers present at least."""
    said = given(act.form.measure)
    power, party = _power(act, said.power_id), _party(act, given(act.form.party))
    facts = _power_facts(power)
    law.check_measure(
        kind=said.kind,
        power=facts,
        party=party_facts(act.file)[party.pk],
        at=act.at,
        amount=said.amount_yuan,
    )
    officers = _officers(act, said.officer_ids)
    law.check_officers(officers=officers, power=facts)
    decided = said.kind in PENALTIES | COMPULSION
    until = law.reconsider_until(act.today.date()) if decided else None
    measure = Measure.objects.create(
        operation=act.operation,
        party=party,
        power=power,
        kind=said.kind.value,
        amount_yuan=said.amount_yuan,
        decision_number=said.decision_number.strip()[:60],
        taken_at=act.at,
        reconsider_until=until,
    )
    measure.officers.set([one.id for one in officers])
    keep_until = act.today.date() + law.PARTY_KEPT
    Party.objects.filter(pk=party.pk).update(keep_until=keep_until)
    return events.MeasureTaken(
        party_id=party.pk,
        measure_kind=said.kind.value,
        department_id=power.department_id,
        power_id=power.pk,
        officer_ids=tuple(one.id for one in officers),
        amount_yuan=said.amount_yuan,
        reconsider_until=until,
    )


def _power_facts(power: Power) -> law.PowerFacts:
    return law.PowerFacts(
        department_id=power.department_id,
        department_name=power.department.name,
        measures=frozenset(MeasureKind(one) for one in power.measures),
    )


def _officers(act: Act, present: Iterable[int]) -> list[law.Officer]:
    wanted = set(present)
    return [
        law.Officer(
            id=one.secondment_id,
            home_id=one.secondment.home_id,
            is_officer=one.secondment.is_officer,
        )
        for one in act.file.participations
        if one.secondment_id in wanted
    ]


def finish_action(act: Act) -> events.OperationEvent:
    """Leave the spot, once every party has a result and the place is shown as it is now."""
    law.check_finish(
        parties=party_facts(act.file).values(), has_after=_has_evidence(act, Stage.AFTER)
    )
    return events.ActionFinished()


def receive_appeal(act: Act) -> events.OperationEvent:
    """Take in what a party objects."""
    said, party = given(act.form.appeal), _party(act, given(act.form.party))
    law.check_appeal(kind=said.kind, party=party_facts(act.file)[party.pk])
    appeal = Appeal.objects.create(
        operation=act.operation,
        party=party,
        kind=said.kind.value,
        received_on=said.received_on or act.today.date(),
    )
    return events.AppealReceived(
        appeal_id=appeal.pk, appeal_kind=said.kind.value, party_id=party.pk
    )


def answer_appeal(act: Act) -> events.OperationEvent:
    """Answer an objection, by somebody who took no part."""
    said = given(act.form.answer)
    waiting = Appeal.objects.filter(operation=act.operation, pk=said.appeal_id, answered_at=None)
    if not waiting.update(answered_at=act.at, outcome=said.outcome.value):
        raise OperationRefused("enforcement.appeal_unknown", field="appeal")
    return events.AppealAnswered(appeal_id=said.appeal_id, outcome=said.outcome.value)


def close_appeals(act: Act) -> events.OperationEvent:
    """End the time for objections; where something was decided, not before it has run out."""
    due, decided = act.operation.due_at, any(one.reconsider_until for one in act.file.measures)
    if decided and due is not None and act.at < due:
        until = due.astimezone(ZoneInfo(act.calendar.zone))
        raise OperationRefused("enforcement.appeals_may_come", until=f"{until:%Y-%m-%d %H:%M}")
    return events.AppealsClosed()


def publish(act: Act) -> events.OperationEvent:
    """Make the result public, naming nobody; photos only of afterwards and only those chosen."""
    secrets = [
        secret for party in act.file.parties for secret in (party.name, party.plate, party.phone)
    ]
    law.check_unnamed(text=act.form.summary, secrets=secrets)
    chosen = list(dict.fromkeys(act.form.public_photo_ids))
    fit = Evidence.objects.filter(
        operation=act.operation, stage=Stage.AFTER.value, photo_id__in=chosen
    )
    if fit.count() != len(chosen):
        raise OperationRefused("enforcement.photo_unfit", field="public_photo_ids")
    act.operation.summary = act.form.summary.strip()
    act.operation.public_photo_ids = [str(one) for one in chosen]
    act.operation.published_at, act.operation.withdrawn_at = act.at, None
    return events.ResultPublished(photo_ids=tuple(chosen))


def withdraw(act: Act) -> events.OperationEvent:
    """Take the published result back."""
    act.operation.withdrawn_at = act.at
    return events.PublicationWithdrawn()


def judge(act: Act) -> events.OperationEvent:
    """Judge the operation by the criteria."""
    law.check_scores(act.form.scores)
    Score.objects.bulk_create(
        Score(operation=act.operation, criterion=one.value, points=points)
        for one, points in act.form.scores.items()
    )
    return events.OperationJudged(
        points={one.value: points for one, points in act.form.scores.items()}
    )


def _power(act: Act, power_id: int) -> Power:
    found = Power.objects.select_related("department").filter(pk=power_id, is_active=True).first()
    if found is None:
        raise OperationRefused("enforcement.power_unknown", field="power")
    return found


def _party(act: Act, said: PartyInput) -> Party:
    if said.id is not None:
        known = next((one for one in act.file.parties if one.pk == said.id), None)
        if known is None:
            raise OperationRefused("enforcement.party_unknown", field="party")
        return known
    mark = said.mark.strip()[:60]
    if not mark:
        raise OperationRefused("enforcement.mark_missing", field="mark")
    same = next((one for one in act.file.parties if one.mark == mark), None)
    return same or Party.objects.create(
        operation=act.operation,
        kind=said.kind.value,
        mark=mark,
        name=said.name.strip()[:120],
        plate=said.plate.strip()[:20],
        phone=said.phone.strip()[:30],
        keep_until=act.today.date() + law.PARTY_KEPT,
    )


def _has_evidence(act: Act, stage: Stage) -> bool:
    return Evidence.objects.filter(operation=act.operation, stage=stage.value).exists()


def photo_ids(operation_id: UUID, stage: Stage) -> list[UUID]:
    """List the photos of one stage, newest first."""
    rows = Evidence.objects.filter(operation_id=operation_id, stage=stage.value)
    return list(rows.order_by("-taken_at", "-id").values_list("photo_id", flat=True))
