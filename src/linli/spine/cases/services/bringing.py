"""Photos of a report that come after its words: phones send both apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.photos import AttachedPhoto, attach_photos
from linli.ground.kernel.services import record_event
from linli.spine.cases.gathering_events import ReportPhotoArrived
from linli.spine.cases.models import Case, CasePhoto, Reporter
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.rules.refusals import NoSuchCase, ReportRefused
from linli.spine.cases.terms import PhotoRef, PhotoStage, Step, case_subject

from .acting import REPORTER

MOST_PHOTOS = 9


@transaction.atomic
def bring_photo(*, case_id: UUID, store: Callable[[], PhotoRef], at: datetime) -> None:
    """Add a photo to a report that came before it; the case stays as it is.

    Args:
        store: stores the photo; asked once it is sure that the case takes one.

    Raises:
        NoSuchCase: no such case.
        ReportRefused: the case is void, or has as many photos of its reporter as it takes.
        UnableToUsePhoto: a photo that is not there to be used.
    """
    case = _open(case_id)
    own = CasePhoto.objects.filter(case_id=case_id, stage=PhotoStage.REPORT.value)
    if own.count() >= MOST_PHOTOS:
        raise ReportRefused("report.too_many_photos", field="file", most=MOST_PHOTOS)
    photo = store()
    attached = attach_photos(refs=[(photo.id, photo.secret)], subject=case_subject(case_id), at=at)
    # Without an event of its own, as the photos that come with the words: the reporter sees it.
    CasePhoto.objects.create(
        case_id=case_id, photo_id=photo.id, stage=PhotoStage.REPORT.value, added_at=at
    )
    _keep_photographer(case_id, attached[0])
    case.changed_at = at
    case.save(update_fields=["changed_at"])
    record_event(
        ReportPhotoArrived(photo_ids=(photo.id,), due_at=case.due_at),
        subject=case_subject(case_id),
        actor=REPORTER,
        at=at,
        step_before=case.step,
        step_after=case.step,
    )


@transaction.atomic
def get_street_of_report(*, case_id: UUID) -> str:
    """Give the code of the sub-district of a report that still takes what belongs to it.

    Raises:
        NoSuchCase: no such case.
        ReportRefused: the case is void.
    """
    return _open(case_id).street.code


def _open(case_id: UUID) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("street").defer(*SHAPES)
    case = rows.filter(id=case_id).first()
    if case is None:
        raise NoSuchCase("cases.not_found")
    if case.step == Step.VOID:
        raise ReportRefused("report.void", field="file")
    return case


def _keep_photographer(case_id: UUID, photo: AttachedPhoto) -> None:
    """Keep with the reporter where the photo was taken, unless a place is known or unwanted."""
    if photo.taken_lon is None:
        return
    unplaced = Reporter.objects.filter(
        case_id=case_id, is_anonymous=False, photographer_lon=None, erased_at=None
    )
    unplaced.update(photographer_lon=photo.taken_lon, photographer_lat=photo.taken_lat)
