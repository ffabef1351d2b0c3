"""A case as its reporter sees it, with the tracking code or in the own account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from linli.ground.kernel.ids import code_digest, tracking_code
from linli.ground.people.terms import Member
from linli.spine.cases.events import ReporterOpened
from linli.spine.cases.models import CasePhoto, Rating, Reporter
from linli.spine.cases.queries.case import photo_view
from linli.spine.cases.queries.checking import answer_of
from linli.spine.cases.queries.facts import (
    CaseFile,
    facts_of,
    is_reporter,
    may_see,
    open_file,
)
from linli.spine.cases.queries.gathering import list_mains, list_parts
from linli.spine.cases.queries.history import joined_timeline
from linli.spine.cases.queries.mains import find_main
from linli.spine.cases.queries.pending import pending_now, resumed_until
from linli.spine.cases.queries.putting_off import extended_why
from linli.spine.cases.queries.words import area_of, name_of
from linli.spine.cases.rules.actions import CaseFacts, Standing, can_act
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.terms import (
    KIND_LABELS,
    STEP_LABELS,
    ActionName,
    CaseKind,
    CasePhotoView,
    Duty,
    PublicCase,
    Step,
    TimelineEntry,
    Visibility,
)


def public_case(*, code: str, at: datetime) -> PublicCase:
    """Get a case by its tracking code; spaces, hyphens and case of the code do not matter.

    Raises:
        NoSuchCase: when no case has this code.
    """
    case_id = find_by_code(code)
    if case_id is None:
        raise NoSuchCase("cases.no_such_code")
    return public_view(open_file(case_id), at=at)


def find_by_code(code: str) -> UUID | None:
    """Find the case of a tracking code, or None."""
    if "\x00" in code:
        return None
    found = Reporter.objects.filter(tracking_digest=code_digest(code))
    return found.values_list("case_id", flat=True).first()


def list_my_reports(*, account_id: int, at: datetime, limit: int = 50) -> list[PublicCase]:
    """List what an account reported, newest first, as the reporter sees it."""
    ids = Reporter.objects.filter(account_id=account_id).order_by("-case__reported_at")
    found = ids.values_list("case_id", flat=True)[:limit]
    return [public_view(open_file(case_id), at=at) for case_id in found]


def may_see_photo(*, photo_id: UUID, member: Member | None, code: str = "") -> bool:
    """Say whether somebody may see a photo: staff of the case, its reporter, all once approved.

    Args:
        member: who asks, None when not signed in.
        code: the tracking code, when the asker came by it.
    """
    rows = CasePhoto.objects.filter(photo_id=photo_id).select_related("case")
    return any(_may_see_with(row, member, code) for row in rows)


def _may_see_with(photo: CasePhoto, member: Member | None, code: str) -> bool:
    """Say whether somebody may see a photo by one of the cases it belongs to."""
    if photo.is_approved and photo.case.visibility == Visibility.PUBLIC:
        return True
    if code and find_by_code(code) == photo.case_id:
        return True
    if member is None:
        return False
    return may_see(open_file(find_main(photo.case).id), member) or (
        may_see(open_file(photo.case_id), member) or is_reporter(photo.case_id, member.account_id)
    )


def public_view(file: CaseFile, *, at: datetime) -> PublicCase:
    """Build what the reporter sees of a case; of a merged one, how the main case stands."""
    case, facts = file.case, facts_of(file)
    mains = list_mains(case)
    main = open_file(mains[-1]) if mains else file
    entries = joined_timeline(case_id=case.id, main_ids=mains)
    community, grid = area_of(case.community), area_of(case.grid)
    return PublicCase(
        case_id=case.id,
        tracking_code=tracking_code(case.id, secret=settings.SECRET_KEY),
        number=case.number,
        kind_label=gettext(KIND_LABELS[CaseKind(case.kind)]),
        category_name=name_of(case.category),
        community_name=community.name if community else "",
        grid_name=grid.name if grid else "",
        lon=case.lon,
        lat=case.lat,
        text=case.text,
        address=case.address,
        reported_at=case.reported_at,
        elsewhere=_elsewhere(entries),
        can_rate=_can(ActionName.RATE, facts, at),
        timeline=tuple(entries),
        photos=tuple(_photos(case.id, mains)),
        looks=tuple(one.at for one in entries if one.name == ReporterOpened.name),
        parts=tuple(_parts(case.id)),
        **_standing(main, at=at, is_joined=bool(mains)),
        **_asked(main, case.id, at),
        **_rated(case.id),
    )


def _standing(file: CaseFile, *, at: datetime, is_joined: bool) -> dict[str, Any]:
    """Say how the matter stands, by the case in which it goes on and can be taken up again."""
    case = file.case
    why = extended_why(case)
    return {
        "extended_until": case.handle_due_at if why else None,
        "extended_why": why,
        "pending": pending_now(case),
        "resumed_until": resumed_until(case),
        "step": Step(case.step),
        "step_label": gettext(STEP_LABELS[Step(case.step)]),
        "lead_name": _lead_name(file),
        "promised_at": case.promised_at,
        "closed_at": case.closed_at,
        "answer_by": case.due_at,
        "reopen_until": case.reopen_until,
        "can_reopen": _can(ActionName.REOPEN, facts_of(file), at),
        "joined_number": case.number if is_joined else "",
    }


def _asked(file: CaseFile, own_case_id: UUID, at: datetime) -> dict[str, Any]:
    """Say whether the reporter is asked how it is now, until when, and what they answered."""
    check = file.open_check
    if check is None or not _can(ActionName.ANSWER_CHECK, facts_of(file), at):
        return {}
    return {
        "can_answer": True,
        "answer_until": check.answer_by,
        "answered": answer_of(check, own_case_id),
    }


def _rated(case_id: UUID) -> dict[str, Any]:
    rating = Rating.objects.filter(case_id=case_id).order_by("-rated_at").first()
    return {
        "solved": rating.solved if rating else None,
        "satisfaction": rating.satisfaction if rating else None,
    }


def _parts(case_id: UUID) -> Iterator[tuple[str, str]]:
    """Name what was split off, with the codes the same reporter follows it by."""
    for part_id, number in list_parts(case_id):
        yield number, tracking_code(part_id, secret=settings.SECRET_KEY)


def _photos(case_id: UUID, main_ids: list[UUID]) -> list[CasePhotoView]:
    """List the reporter's own photos, and others' of the matter once somebody approved them."""
    rows = CasePhoto.objects.filter(case_id__in=[case_id, *main_ids]).order_by("id")
    return [
        photo_view(row)
        for row in rows
        if row.is_approved or (row.event_id is None and row.case_id == case_id)
    ]


def _lead_name(file: CaseFile) -> str:
    leads = [one for one in file.assignments if one.duty == Duty.LEAD and one.state != "returned"]
    return name_of(leads[-1].organisation) if leads else ""


def _can(name: ActionName, facts: CaseFacts, at: datetime) -> bool:
    return can_act(name=name, facts=facts, standing=Standing(has_right=True), at=at)


def _elsewhere(entries: list[TimelineEntry]) -> str:
    return next((one.elsewhere for one in reversed(entries) if one.elsewhere), "")
