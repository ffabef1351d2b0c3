"""One case becomes two: a part of the matter goes on by itself, its reporter with it."""

from __future__ import annotations

import hashlib
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from linli.ground.kernel.ids import code_digest, new_id, tracking_code
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Occurrence
from linli.spine.cases.events import CaseReported
from linli.spine.cases.gathering_events import CaseSplit
from linli.spine.cases.models import Beneficiary, Case, CasePhoto, Reporter
from linli.spine.cases.rules.clocks import start_clock
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.rules.reports import title_of
from linli.spine.cases.services.performing import Act, Outcome, set_category
from linli.spine.cases.services.turning import keep_clock
from linli.spine.cases.terms import (
    ClockName,
    Level,
    NewReport,
    PhotoStage,
    Step,
    Visibility,
    case_subject,
)

# What the part takes over as it is; words, step, clock and level are its own.
_SAME = (
    "kind",
    "category_id",
    "street_id",
    "community_id",
    "grid_id",
    "lon",
    "lat",
    "h3",
    "address",
    "place_note",
    "channel",
    "original_number",
    "visibility",
    "about_organisation_id",
    "is_urgent",
    "is_suspicious_place",
)
_SAME_REPORTER = (
    "account_id",
    "name",
    "phone",
    "door",
    "agrees_contact",
    "is_anonymous",
    "photographer_lon",
    "photographer_lat",
    "language",
    "erased_at",
)


def split(act: Act) -> Outcome:
    """Open a second case for a part of the matter; the first goes on as it was."""
    chosen = _chosen_photos(act)
    part = _open(act)
    _copy_reporter(act.case, part)
    _copy_photos(act, part, chosen)

    def tell(occurrence: Occurrence) -> None:
        record_event(
            _reported(act.case, part),
            subject=case_subject(part.id),
            actor=act.actor,
            at=occurrence.at,
            step_after=part.step,
        )

    return Outcome(
        event=CaseSplit(part_id=part.id, part_number=part.number, photo_ids=tuple(chosen)),
        finish=tell,
    )


def _open(act: Act) -> Case:
    case = act.case
    clock = start_clock(
        name=ClockName.FILE,
        at=act.at,
        policy=act.policy,
        calendar=act.calendar,
        is_urgent=case.is_urgent,
    )
    part = Case(
        **{name: getattr(case, name) for name in _SAME},
        id=new_id(),
        number=_next_number(act),
        step=Step.FILING.value,
        level=Level.STREET.value,
        title=title_of(NewReport(text=act.form.note)),
        text=act.form.note,
        split_from_id=case.id,
        reported_at=act.at,
        changed_at=act.at,
        due_at=clock.due_at,
    )
    if act.form.category_id is not None:
        part.visibility = Visibility.PUBLIC.value
        set_category(part, act.form.category_id)
        if case.visibility == Visibility.STAFF:
            part.visibility = case.visibility
    part.save(force_insert=True)
    keep_clock(part, clock)
    return part


def _reported(case: Case, part: Case) -> CaseReported:
    return CaseReported(
        number=part.number,
        channel=part.channel,
        case_kind=part.kind,
        category_id=part.category_id,
        street_id=part.street_id,
        community_id=part.community_id,
        grid_id=part.grid_id,
        is_suspicious_place=part.is_suspicious_place,
        split_from_id=case.id,
        due_at=part.due_at,
    )


def _next_number(act: Act) -> str:
    year = act.at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        return f"{year}-{cursor.fetchone()[0]:07d}"


def _copy_reporter(case: Case, part: Case) -> None:
    """Let the same person follow the part, by a code of its own."""
    reporter = Reporter.objects.get(case=case)
    code = tracking_code(part.id, secret=settings.SECRET_KEY)
    Reporter.objects.create(
        **{name: getattr(reporter, name) for name in _SAME_REPORTER},
        case=part,
        tracking_digest=code_digest(code),
        body_digest=hashlib.sha256(part.id.bytes).digest(),
    )
    for one in Beneficiary.objects.filter(case=case):
        Beneficiary.objects.create(case=part, name=one.name, phone=one.phone)


def _chosen_photos(act: Act) -> list[UUID]:
    """Give the photos chosen, which must be of the report.

    Raises:
        ActionRefused: when one is not.
    """
    own = CasePhoto.objects.filter(case=act.case, stage=PhotoStage.REPORT.value)
    found = list(
        own.filter(photo_id__in=act.form.photo_ids)
        .order_by("id")
        .values_list("photo_id", flat=True)
    )
    if len(found) != len(set(act.form.photo_ids)):
        raise ActionRefused("cases.photo_unknown", field="photo_ids")
    return found


def _copy_photos(act: Act, part: Case, chosen: list[UUID]) -> None:
    """Show the chosen photos with the part too; whether one may be public is decided anew."""
    CasePhoto.objects.bulk_create(
        CasePhoto(case=part, photo_id=photo_id, stage=PhotoStage.REPORT.value, added_at=act.at)
        for photo_id in chosen
    )
