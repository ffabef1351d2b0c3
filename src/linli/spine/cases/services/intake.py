"""Taking in reports: placed, numbered, counted from now, answered the same when sent again.

The hottest path of the house: one statement looks around the places, one writes case, reporter,
clock and event. What it needs besides is held in memory by version. `lane` takes many at once by
the same two statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from linli.ground.kernel.photos import AttachedPhoto, attach_to_each
from linli.ground.kernel.prepared import prepared_cursor
from linli.ground.kernel.reactions import has_reactions, react
from linli.ground.kernel.terms import Actor, Occurrence
from linli.spine.cases.events import CaseReported
from linli.spine.cases.models import CasePhoto, Reporter
from linli.spine.cases.queries.nearby import show_duplicates
from linli.spine.cases.queries.settings import area_name
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.terms import NewReport, PhotoStage, Reported, case_subject

from .drafting import (
    Arrival,
    Draft,
    around_as_reported,
    clock_at,
    compare,
    draft,
    locate_all,
)
from .intake_sql import INSERT_REPORTS, event_of, faceless, rows_of


def report_case(*, report: NewReport, actor: Actor, at: datetime) -> Reported:
    """Take in a report; the same report sent again gets the same answer.

    Args:
        actor: who sends it; a resident's account goes to the reporter, never to the case.
        at: aware instant from the edge.

    Raises:
        ReportRefused: words, place or id that can't be taken.
        InvalidPoint: a point that can't be meant.
        UnknownCategory: a category the catalogue does not have.
        UnableToUsePhoto: a photo that is not there to be used.
    """
    arrival = Arrival(report=report, actor=actor, at=at)
    answer = take_in([draft(arrival, locate_all([arrival])[0])])[0]
    if isinstance(answer, ReportRefused):
        raise answer
    return answer


def take_in(drafts: Sequence[Draft]) -> list[Reported | ReportRefused]:
    """Write drafts whose ids differ, all or none, and give the answers in their order.

    One whose id is known already is answered as it was, or refused when its body is another.

    Raises:
        UnableToUsePhoto: a photo that is not there to be used; then nothing is written.
    """
    compare(drafts)
    with _unit(drafts):
        numbers = _insert(drafts)
        _follow_up([one for one in drafts if one.case_id in numbers], numbers)
    return [
        _answer(one, numbers[one.case_id]) if one.case_id in numbers else _answer_again(one)
        for one in drafts
    ]


def _unit(drafts: Sequence[Draft]) -> AbstractContextManager[object]:
    """Open a transaction unless the one statement is all there is to write."""
    is_more = any(one.report.photos for one in drafts) or has_reactions(CaseReported)
    return transaction.atomic() if is_more or connection.in_atomic_block else nullcontext()


def _insert(drafts: Sequence[Draft]) -> Mapping[UUID, str]:
    """Write case, reporter, clock and event of each; give the numbers of those that are new."""
    with prepared_cursor() as cursor:
        cursor.execute(INSERT_REPORTS, (rows_of(drafts),))
        return dict(cursor.fetchall())


def _follow_up(drafts: Sequence[Draft], numbers: Mapping[UUID, str]) -> None:
    _keep_photos([one for one in drafts if one.report.photos])
    if has_reactions(CaseReported):
        for one in drafts:
            react(_occurrence(one, numbers[one.case_id]))


def _occurrence(one: Draft, number: str) -> Occurrence:
    return Occurrence(
        id=one.event_id,
        event=event_of(one, number=number),
        subject=case_subject(one.case_id),
        actor=faceless(one.actor),
        at=one.at,
        step_after=one.step,
    )


def _keep_photos(drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    attached = attach_to_each(
        refs={
            case_subject(one.case_id): [(photo.id, photo.secret) for photo in one.report.photos]
            for one in drafts
        }
    )
    photos = [(one, attached[case_subject(one.case_id)]) for one in drafts]
    CasePhoto.objects.bulk_create(
        CasePhoto(
            case_id=one.case_id,
            photo_id=photo.id,
            stage=PhotoStage.REPORT.value,
            added_at=one.at,
        )
        for one, given in photos
        for photo in given
    )
    for one, given in photos:
        _keep_photographer(one, given)


def _keep_photographer(one: Draft, photos: Sequence[AttachedPhoto]) -> None:
    """Keep with the reporter where the first photo was taken, unless the device said so."""
    first = next((photo for photo in photos if photo.taken_lon is not None), None)
    if first and not one.report.device and not one.report.is_anonymous:
        Reporter.objects.filter(case_id=one.case_id).update(
            photographer_lon=first.taken_lon, photographer_lat=first.taken_lat
        )


def _answer(one: Draft, number: str, *, created: bool = True) -> Reported:
    return Reported(
        case_id=one.case_id,
        number=number,
        tracking_code=one.tracking,
        step=one.step,
        street=area_name(one.street_id),
        community=area_name(one.community_id) if one.community_id else None,
        grid=area_name(one.grid_id) if one.grid_id else None,
        is_outside=one.report.point is not None and one.found.street_id is None,
        is_suspicious_place=one.is_suspicious,
        duplicates=tuple(show_duplicates(one.close)),
        created=created,
        answer_by=one.clock.due_at,
    )


def _answer_again(one: Draft) -> Reported | ReportRefused:
    """Answer as when the report first came, unless it was another."""
    known = Reporter.objects.select_related("case").get(case_id=one.case_id)
    if bytes(known.body_digest) != one.body_digest:
        return ReportRefused("report.id_reused", field="id")
    case = known.case
    one.close = around_as_reported(one, case.street_id, case.reported_at).close
    one.street_id, one.community_id, one.grid_id = case.street_id, case.community_id, case.grid_id
    one.is_suspicious = case.is_suspicious_place
    one.clock = clock_at(one, case.street_id, case.reported_at)
    return _answer(one, case.number, created=False)
