"""What happened to a case, in words for staff and for the one who reported it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from linli.ground.kernel.marking import N_
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import ActorKind, Happened, Occurrence
from linli.ground.people.queries import list_account_names
from linli.ground.people.queries.staff import list_person_names
from linli.ground.people.terms import ROLE_LABELS, Role
from linli.spine.cases import events, link_events
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.checking_events import CheckAnswered
from linli.spine.cases.gathering_events import CaseRerouted
from linli.spine.cases.queries.happened import (
    AMONG_STAFF,
    NOTES_FOR_ALL,
    SPLIT_OFF,
    WHAT_GATHERED,
    params_of,
    sentence_of,
)
from linli.spine.cases.queries.words import organisation_names
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import STEP_LABELS, Step, TimelineEntry, case_subject

WHAT: Mapping[type[Happened], str] = {
    events.CaseReported: N_("上报"),
    events.ReportVerified: N_("核实属实"),
    events.CaseFiled: N_("已立案"),
    events.CaseDeclined: N_("不予立案"),
    events.CaseSettled: N_("当场处置完毕"),
    events.CaseDispatched: N_("派给%(organisation)s"),
    events.AssignmentAccepted: N_("%(organisation)s接单"),
    events.AssignmentReturned: N_("%(organisation)s退单"),
    events.HandlingReported: N_("%(organisation)s反馈：已处置"),
    events.CheckPassed: N_("核查通过"),
    events.ReworkOrdered: N_("核查不通过，返工"),
    events.CaseClosed: N_("结案，请反映人评价"),
    events.CaseReopened: N_("已重开"),
    events.CaseRated: N_("已评价"),
    events.RedoneAfterCallback: N_("回访后交回重办"),
    events.CaseVoided: N_("已作废"),
    events.CaseCommented: N_("已补充说明"),
    events.WorkTakenOver: N_("经办人离岗，工作已交接"),
    events.CaseRecategorised: N_("更改类别"),
    events.CaseRelocated: N_("更改位置"),
    events.ContactRequested: N_("已请中心联系反映人"),
    events.ReporterOpened: N_("查看了反映人的联系方式"),
    events.ReporterErased: N_("反映人的个人信息已清除"),
    events.ReportTaken: N_("反映人凭手机号把这件事收进了自己的账号"),
    events.PlaceDoubted: N_("位置存疑，待受理员落位"),
    events.PhotoApproved: N_("准许公开一张照片"),
    events.CaseDueSoon: N_("即将到期，已提醒"),
    events.CaseOverdue: N_("超过时限"),
    link_events.HandlerLinkMade: N_("给%(organisation)s发了承办链接"),
    link_events.HandlerLinkRevoked: N_("停用了%(organisation)s的承办链接"),
    **WHAT_GATHERED,
}
NOT_FOUND = N_("核实未见")
SILENT = N_("%(organisation)s在期限内未回应，视为接单")
RULED = N_("裁定由%(organisation)s办理")

# What the reporter is shown; staff's own remarks stay among staff.
FOR_REPORTER = frozenset(WHAT) - {
    events.CaseCommented,
    events.WorkTakenOver,
    events.ContactRequested,
    events.PhotoApproved,
    events.CaseDueSoon,
    events.CaseOverdue,
    events.PlaceDoubted,
    link_events.HandlerLinkMade,
    link_events.HandlerLinkRevoked,
    *AMONG_STAFF,
}
NOTES_FOR_REPORTER = frozenset(
    {
        events.CaseDeclined,
        events.HandlingReported,
        events.CaseClosed,
        events.CaseVoided,
        events.ReporterOpened,
        *NOTES_FOR_ALL,
    }
)
# The first event is recorded when the report arrives, by a clock that may be another.
BEFORE_REPORT = timedelta(days=1)
# What concerns the reporter of one case alone, and is nobody's business who joined it.
_OF_ONE_REPORTER = (
    events.ReporterOpened,
    events.ReporterErased,
    events.ReportTaken,
    events.CaseRated,
    CheckAnswered,
)


def timeline(
    *,
    case_id: UUID,
    audience: Audience,
    reported_at: datetime | None = None,
    shows_ratings: bool = True,
) -> list[TimelineEntry]:
    """Tell what happened to a case, oldest first, in a fixed number of statements.

    Args:
        reported_at: when it was, where that is known: nothing of months before is looked through.
        audience: staff see who acted and every remark; the public (the reporter with the code)
            see organisations and roles, and the remarks meant for them.
        shows_ratings: whether it is told that somebody rated; not to those who handled the case.
    """
    since = reported_at - BEFORE_REPORT if reported_at else None
    occurrences = list_occurrences(case_subject(case_id), since=since)
    if not shows_ratings:
        occurrences = [one for one in occurrences if not isinstance(one.event, events.CaseRated)]
    if audience is Audience.PUBLIC:
        occurrences = [one for one in occurrences if _is_for_reporter(one)]
    units = organisation_names(_organisation_ids(occurrences))
    if audience is Audience.PUBLIC:
        return [_entry_for(case_id, one, units) for one in occurrences]
    known = name_actors(occurrences, units=units)
    return [_entry(one, known, note=_staff_note(one)) for one in occurrences]


def joined_timeline(*, case_id: UUID, main_ids: Iterable[UUID]) -> list[TimelineEntry]:
    """Tell a reporter whose case was merged: their own history, and that of the cases it joined.

    Nothing another reporter said or did is in it.
    """
    occurrences = [one for one in list_occurrences(case_subject(case_id)) if _is_for_reporter(one)]
    for main_id in main_ids:
        others = list_occurrences(case_subject(main_id))
        occurrences += [one for one in others if _is_for_those_who_joined(one)]
    told = sorted(occurrences, key=lambda one: one.at)
    units = organisation_names(_organisation_ids(told))
    return [_entry_for(case_id, one, units) for one in told]


def told_to_handlers(occurrences: Iterable[Occurrence]) -> list[TimelineEntry]:
    """Tell these events to somebody who handles without an account: posts, never names."""
    seen = list(occurrences)
    units = organisation_names(_organisation_ids(seen))
    return [_entry(one, Known(units=units), note=_staff_note(one)) for one in seen]


def last_move(case_id: UUID) -> dict[str, str]:
    """Say who last moved a case, what it was and when, for the one who came second."""
    moves = [one for one in list_occurrences(case_subject(case_id)) if _moved(one)]
    last = moves[-1]
    units = organisation_names(_organisation_ids([last]))
    return {
        "who": who(last, name_actors([last], units=units)),
        "what": _what(last, units),
        "when": moment(last.at),
    }


def moment(at: datetime) -> str:
    """Say an instant in the zone and language of the request."""
    return date_format(localtime(at), "m-d H:i")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Names the sentences of a history need: units, accounts, and persons stood in for."""

    units: Mapping[int, str]
    people: Mapping[int, str] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)


def name_actors(occurrences: Iterable[Occurrence], *, units: Mapping[int, str]) -> Known:
    """Name those who acted, and those they stood in for."""
    staff = [one.actor for one in occurrences if one.actor.kind is ActorKind.STAFF]
    accounts = {one.account_id for one in staff if one.account_id is not None}
    holders = {one.stands_in_for for one in staff if one.stands_in_for is not None}
    return Known(
        units=units,
        people=list_account_names(accounts) if accounts else {},
        holders=list_person_names(holders),
    )


def who(occurrence: Occurrence, known: Known) -> str:
    """Say who acted: role and name of staff, the unit of a link, never the name of a resident.

    Who stood in for somebody is told with the name of the one who was away, where names are told.
    """
    actor = occurrence.actor
    if actor.kind is ActorKind.LINK:
        unit = known.units.get(actor.organisation_id or 0, "")
        return gettext("%(organisation)s（凭链接）") % {"organisation": unit}
    if actor.kind is ActorKind.SYSTEM:
        return gettext("系统")
    if actor.kind is not ActorKind.STAFF:
        return gettext("反映人")
    role = gettext(ROLE_LABELS[Role(actor.role)]) if actor.role in ROLE_LABELS else ""
    told = f"{role} {known.people.get(actor.account_id or 0, '')}".strip()
    if not actor.stands_in_for:
        return told
    if holder := known.holders.get(actor.stands_in_for):
        return gettext("%(who)s（代%(holder)s）") % {"who": told, "holder": holder}
    return gettext("%(who)s（代理）") % {"who": told}


def photo_ids(event: Happened) -> tuple[UUID, ...]:
    """List the photos an event names."""
    before: tuple[UUID, ...] = getattr(event, "before_ids", ())
    return (*before, *getattr(event, "photo_ids", ()))


def _entry_for(case_id: UUID, one: Occurrence, units: Mapping[int, str]) -> TimelineEntry:
    """Tell one event to the reporter of a case."""
    told = _entry(one, Known(units=units), note=_reporter_note(one, case_id))
    return replace(told, photo_ids=())


def _entry(one: Occurrence, known: Known, *, note: str) -> TimelineEntry:
    step = Step(one.step_after) if one.step_after else None
    return TimelineEntry(
        name=type(one.event).name,
        at=one.at,
        who=who(one, known),
        what=_what(one, known.units),
        note=note,
        elsewhere=mask_numbers(one.texts.get("elsewhere", "")),
        step=step,
        step_label=gettext(STEP_LABELS[step]) if step else "",
        photo_ids=photo_ids(one.event),
    )


def _what(one: Occurrence, units: Mapping[int, str]) -> str:
    organisation_id = _organisation_id(one)
    named = {"organisation": units.get(organisation_id, "") if organisation_id else ""}
    return gettext(_sentence(one.event)) % (params_of(one.event) | named)


def _sentence(event: Happened) -> str:
    match event:
        case events.ReportVerified(found=False):
            return NOT_FOUND
        case events.AssignmentAccepted(is_silent=True):
            return SILENT
        case events.CaseReported() if event.split_from_id is not None:
            return SPLIT_OFF
        case _ if type(event) in WHAT_GATHERED:
            return sentence_of(event)
        case events.CaseDispatched(is_binding=True):
            return RULED
        case _:
            return WHAT[type(event)]


def _staff_note(one: Occurrence) -> str:
    """Give the remark; why somebody opened the reporter is between them and the reporter."""
    return mask_numbers(one.texts.get("note", ""))


def _reporter_note(one: Occurrence, case_id: UUID) -> str:
    """Give the words meant for the reporter of this case, and none of another reporter."""
    is_for_them = type(one.event) in NOTES_FOR_REPORTER or _is_by_reporter(one)
    if not is_for_them or _is_by_another_reporter(one, case_id):
        return ""
    words = [one.texts[key] for key in ("note", "reason") if one.texts.get(key)]
    return mask_numbers("\n".join(words))


def _is_by_another_reporter(one: Occurrence, case_id: UUID) -> bool:
    """Tell what was asked for by a reporter of the same matter, but of another case."""
    if not isinstance(one.event, (events.CaseReopened, CheckAnswered)) or not _is_by_reporter(one):
        return False
    return (one.event.joined_case_id or UUID(one.subject.id)) != case_id


def _is_for_reporter(one: Occurrence) -> bool:
    return type(one.event) in FOR_REPORTER or _is_by_reporter(one)


def _is_for_those_who_joined(one: Occurrence) -> bool:
    if isinstance(one.event, events.CaseReopened):
        return True
    is_personal = isinstance(one.event, (*_OF_ONE_REPORTER, events.CaseReported))
    return type(one.event) in FOR_REPORTER and not is_personal and not _is_by_reporter(one)


def _is_by_reporter(one: Occurrence) -> bool:
    return one.actor.kind in (ActorKind.RESIDENT, ActorKind.ANONYMOUS)


def _moved(one: Occurrence) -> bool:
    return one.step_before != one.step_after or isinstance(one.event, CaseRerouted)


def _organisation_id(one: Occurrence) -> int | None:
    found = getattr(one.event, "organisation_id", None) or getattr(one.event, "lead_id", None)
    return int(found) if found else None


def _organisation_ids(occurrences: Iterable[Occurrence]) -> Iterator[int | None]:
    """Name the units an event speaks of, and those behind a link."""
    for one in occurrences:
        yield _organisation_id(one)
        if one.actor.kind is ActorKind.LINK:
            yield one.actor.organisation_id
