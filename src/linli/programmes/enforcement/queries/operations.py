"""Operations for staff: one, and lists of them; parties by their marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from linli.ground.kernel.photos import hash_photos
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.terms import Member
from linli.programmes.enforcement.models import (
    Evidence,
    LegalNotice,
    Measure,
    Operation,
    Participation,
    Score,
)
from linli.programmes.enforcement.queries.facts import (
    OperationFile,
    facts_of,
    may_see,
    open_file,
    standing_of,
    visible_to,
)
from linli.programmes.enforcement.queries.names import either, name_of
from linli.programmes.enforcement.rules.actions import can_act
from linli.programmes.enforcement.rules.evidence import digest_of
from linli.programmes.enforcement.rules.procedure import ACTIONS
from linli.programmes.enforcement.rules.refusals import NoSuchOperation
from linli.programmes.enforcement.terms import (
    APPEAL_LABELS,
    CRITERION_LABELS,
    KIND_LABELS,
    MEASURE_LABELS,
    NOTICE_KIND_LABELS,
    OUTCOME_LABELS,
    PARTY_KIND_LABELS,
    SERVING_LABELS,
    STAGE_LABELS,
    STEP_LABELS,
    AllowedAction,
    AppealKind,
    AppealView,
    Criterion,
    EvidenceView,
    Kind,
    MeasureKind,
    MeasureView,
    MemberView,
    NoticeKind,
    NoticeView,
    OperationPage,
    OperationRow,
    OperationView,
    Outcome,
    PartyKind,
    PartyView,
    ScoreView,
    Serving,
    Stage,
    Step,
)

PAGE_SIZE = 20


def find_operation_id(*, number: str) -> UUID | None:
    """Find the id of an operation by its number."""
    found = Operation.objects.filter(number=number.strip())
    return found.values_list("id", flat=True).first()


def get_operation(*, operation_id: UUID, member: Member, at: datetime) -> OperationView:
    """Get one operation as a member of staff sees it.

    Raises:
        NoSuchOperation: no such operation, or not for this member.
    """
    return view_of(_seen(operation_id, member), at)


def allowed_actions(*, operation_id: UUID, member: Member) -> list[AllowedAction]:
    """List exactly the actions the member may take now, in the order of the procedure.

    Raises:
        NoSuchOperation: no such operation, or not for this member.
    """
    file = _seen(operation_id, member)
    facts = facts_of(file)
    return [
        AllowedAction(
            name=one.name,
            label=gettext(one.label),
            hint=gettext(one.hint),
            needs=one.needs,
            takes=one.takes,
        )
        for one in ACTIONS.values()
        if can_act(name=one.name, facts=facts, standing=standing_of(file, member, one))
    ]


def list_operations(
    *, member: Member, step: Step | None = None, kind: Kind | None = None, page: int = 1
) -> OperationPage:
    """List the operations a member may read, newest first."""
    rows = Operation.objects.filter(visible_to(member)).order_by("-planned_at", "-id")
    if step is not None:
        rows = rows.filter(step=step.value)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    total, page = rows.count(), max(1, min(page, 10_000))
    found = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    homes = _homes([one.id for one in found])
    return OperationPage(
        rows=tuple(_row(one, homes.get(one.id, ())) for one in found),
        total=total,
        page=page,
        page_size=PAGE_SIZE,
    )


def may_see_evidence(*, photo_id: UUID, member: Member | None) -> bool:
    """Say whether somebody may see a photo of evidence: those who may read its operation."""
    row = Evidence.objects.filter(photo_id=photo_id).values_list("operation_id", flat=True).first()
    return row is not None and may_see(open_file(row), member)


def view_of(file: OperationFile, at: datetime) -> OperationView:
    """Build what staff see of an operation; the caller has asked the right."""
    operation = file.operation
    zone = ZoneInfo(get_calendar(operation.street.code).zone)
    return OperationView(
        id=operation.id,
        number=operation.number,
        version=operation.version,
        kind=Kind(operation.kind),
        kind_label=gettext(KIND_LABELS[Kind(operation.kind)]),
        step=Step(operation.step),
        step_label=gettext(STEP_LABELS[Step(operation.step)]),
        title=operation.title,
        aim=operation.aim,
        address=operation.address,
        lon=operation.lon,
        lat=operation.lat,
        area_name=name_of(operation.area or operation.street),
        street_code=operation.street.code,
        team_id=operation.team_id,
        team_name=name_of(operation.team),
        starts_at=operation.starts_at,
        due_at=operation.due_at,
        case_id=operation.case_id,
        case_number=operation.case.number if operation.case else "",
        is_fed_back=operation.is_fed_back,
        members=tuple(_member(one, operation) for one in file.participations),
        recused=tuple(_member(one, operation) for one in file.recused),
        parties=tuple(_parties(file, zone)),
        notices=tuple(_notices(operation)),
        evidence=tuple(_evidence(operation)),
        measures=tuple(_measure(one) for one in file.measures),
        appeals=tuple(_appeals(file)),
        scores=tuple(scores_of(operation)),
        summary=operation.summary,
        public_photo_ids=tuple(UUID(one) for one in operation.public_photo_ids),
        published_at=operation.published_at,
        withdrawn_at=operation.withdrawn_at,
    )


def scores_of(operation: Operation) -> Iterable[ScoreView]:
    """Give the points of an operation in the order of the criteria."""
    points = dict(Score.objects.filter(operation=operation).values_list("criterion", "points"))
    return [
        ScoreView(criterion=one, label=gettext(CRITERION_LABELS[one]), points=points[one.value])
        for one in Criterion
        if one.value in points
    ]


def _seen(operation_id: UUID, member: Member) -> OperationFile:
    file = open_file(operation_id)
    if not may_see(file, member):
        raise NoSuchOperation("enforcement.not_found")
    return file


def _row(one: Operation, homes: Iterable[str]) -> OperationRow:
    return OperationRow(
        number=one.number,
        kind_label=gettext(KIND_LABELS[Kind(one.kind)]),
        step=Step(one.step),
        step_label=gettext(STEP_LABELS[Step(one.step)]),
        title=one.title,
        address=one.address,
        starts_at=one.starts_at,
        due_at=one.due_at,
        homes=tuple(homes),
    )


def _homes(operation_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = Participation.objects.filter(operation_id__in=list(operation_ids))
    for one in rows.select_related("secondment__home").order_by("id"):
        names = found.setdefault(one.operation_id, [])
        name = name_of(one.secondment.home)
        if name not in names:
            names.append(name)
    return found


def _member(one: Participation, operation: Operation) -> MemberView:
    row = one.secondment
    return MemberView(
        id=row.pk,
        name=row.person.name,
        home_name=name_of(row.home),
        badge_number=row.badge_number,
        is_officer=row.is_officer,
        is_commander=row.pk == operation.commander_id,
        recused_at=one.recused_at,
    )


def _parties(file: OperationFile, zone: ZoneInfo) -> Iterable[PartyView]:
    for one in file.parties:
        done = one.complied_at
        yield PartyView(
            id=one.pk,
            kind=PartyKind(one.kind),
            kind_label=gettext(PARTY_KIND_LABELS[PartyKind(one.kind)]),
            mark=one.mark,
            complied_on=done.astimezone(zone).date() if done else None,
            is_erased=one.erased_at is not None,
        )


def _notices(operation: Operation) -> Iterable[NoticeView]:
    rows = LegalNotice.objects.filter(operation=operation).order_by("id")
    for one in rows.select_related("party", "power__department"):
        yield NoticeView(
            kind=NoticeKind(one.kind),
            kind_label=gettext(NOTICE_KIND_LABELS[NoticeKind(one.kind)]),
            mark=one.party.mark,
            department_name=name_of(one.power.department),
            basis=either(one.power.basis, one.power.basis_en),
            wanted=one.wanted,
            serving_label=gettext(SERVING_LABELS[Serving(one.serving)]),
            served_at=one.served_at,
            deadline_at=one.deadline_at,
        )


def _evidence(operation: Operation) -> Iterable[EvidenceView]:
    rows = list(
        Evidence.objects.filter(operation=operation)
        .select_related("party", "taken_by__person")
        .order_by("taken_at", "id")
    )
    hashes = hash_photos(row.photo_id for row in rows)
    for one in rows:
        yield EvidenceView(
            photo_id=one.photo_id,
            stage=Stage(one.stage),
            stage_label=gettext(STAGE_LABELS[Stage(one.stage)]),
            mark=one.party.mark if one.party else "",
            taken_at=one.taken_at,
            taken_by=one.taken_by.person.name,
            place=one.place,
            digest=one.digest,
            is_whole=_is_whole(one, hashes.get(one.photo_id, b"")),
        )


def _is_whole(one: Evidence, sha256: bytes) -> bool:
    """Say whether the photo kept today and what is said of it still give the digest."""
    return one.digest == digest_of(
        operation_id=one.operation_id,
        photo_id=one.photo_id,
        photo_sha256=sha256,
        stage=one.stage,
        taken_at=one.taken_at,
        taken_by_id=one.taken_by_id,
        place=one.place,
        party_id=one.party_id,
    )


def _measure(one: Measure) -> MeasureView:
    return MeasureView(
        kind=MeasureKind(one.kind),
        kind_label=gettext(MEASURE_LABELS[MeasureKind(one.kind)]),
        mark=one.party.mark,
        department_name=name_of(one.power.department),
        basis=either(one.power.basis, one.power.basis_en),
        officers=tuple(officer.person.name for officer in one.officers.all()),
        amount_yuan=one.amount_yuan,
        decision_number=one.decision_number,
        taken_at=one.taken_at,
        reconsider_until=one.reconsider_until,
    )


def _appeals(file: OperationFile) -> Iterable[AppealView]:
    for one in file.appeals:
        outcome = Outcome(one.outcome) if one.outcome else None
        yield AppealView(
            id=one.pk,
            kind=AppealKind(one.kind),
            kind_label=gettext(APPEAL_LABELS[AppealKind(one.kind)]),
            mark=one.party.mark,
            received_on=one.received_on,
            outcome=outcome,
            outcome_label=gettext(OUTCOME_LABELS[outcome]) if outcome else "",
        )
