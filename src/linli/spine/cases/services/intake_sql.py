"""The one statement that writes reports: case, reporter, clock and event of each, or nothing of
those whose id is known.

It takes all reports as one JSON array of the rows `row_of` makes. Columns and their defaults are
those of the models; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from linli.ground.kernel.ids import code_digest
from linli.ground.kernel.services import EVENT_COLUMNS
from linli.ground.kernel.terms import Actor, ActorKind
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.events import CaseReported
from linli.spine.cases.rules.reports import plausible, title_of
from linli.spine.cases.terms import SUBJECT_KIND, CaseKind, NewReport, Visibility

from .drafting import Draft, is_found

INSERT_REPORTS = f"""
WITH given AS MATERIALIZED (
    SELECT *, nextval('cases_number')::text AS digits FROM json_to_recordset(%s) AS given (
        id uuid, year text, kind text, step text, title text, text text, category_id bigint,
        street_id bigint, community_id bigint, grid_id bigint, lon float8, lat float8, h3 bigint,
        address text, place_note text, channel text, original_number text, visibility text,
        about_organisation_id bigint, finder_id bigint, is_urgent bool, is_suspicious_place bool,
        reported_at timestamptz, due_at timestamptz,
        account_id bigint, name text, phone text, door text, agrees_contact bool,
        is_anonymous bool, tracking_digest bytea, body_digest bytea, photographer_lon float8,
        photographer_lat float8, language text,
        clock text, limit_amount int, limit_unit text,
        event_id uuid, actor_kind text, actor_id bigint, actor_role text,
        actor_organisation_id bigint, facts jsonb
    )
), placed AS (
    INSERT INTO cases_case (
        id, number, kind, step, title, text, category_id, street_id, community_id, grid_id,
        lon, lat, h3, address, place_note, channel, original_number, visibility,
        about_organisation_id, finder_id, is_urgent, is_suspicious_place, reported_at, due_at,
        changed_at, version, procedure, level, is_overdue, rework_count, return_count
    )
    SELECT id, year || '-' || lpad(digits, greatest(7, length(digits)), '0'), kind, step, title,
        text, category_id, street_id, community_id, grid_id, lon, lat, h3, address, place_note,
        channel, original_number, visibility, about_organisation_id, finder_id, is_urgent,
        is_suspicious_place, reported_at, due_at, reported_at, 1, 'incident', 'street', false, 0, 0
    FROM given
    ON CONFLICT (id) DO NOTHING
    RETURNING id, number
), told AS (
    INSERT INTO cases_reporter (
        case_id, account_id, name, phone, door, agrees_contact, is_anonymous, tracking_digest,
        body_digest, photographer_lon, photographer_lat, language
    )
    SELECT id, account_id, name, phone, door, agrees_contact, is_anonymous, tracking_digest,
        body_digest, photographer_lon, photographer_lat, language
    FROM placed JOIN given USING (id)
), started AS (
    INSERT INTO cases_clock (
        case_id, name, started_at, limit_amount, limit_unit, promised_at, due_at
    )
    SELECT id, clock, reported_at, limit_amount, limit_unit, due_at, due_at
    FROM placed JOIN given USING (id)
), happened AS (
    INSERT INTO kernel_event ({EVENT_COLUMNS})
    SELECT event_id, reported_at, '{SUBJECT_KIND}', id::text, '{CaseReported.name}', actor_kind,
        actor_id, actor_role, actor_organisation_id, '', step,
        facts || jsonb_build_object('number', number)
    FROM placed JOIN given USING (id)
)
SELECT id, number FROM placed
"""  # noqa: S608 - only our own constants are written in


def rows_of(drafts: Sequence[Draft]) -> str:
    """Give the statement's one parameter."""
    return msgspec.json.encode([_row(one) for one in drafts]).decode()


def _row(one: Draft) -> dict[str, Any]:
    return {**_case(one), **_reporter(one), **_clock(one), **_event(one)}


def _case(one: Draft) -> dict[str, Any]:
    report, point = one.report, one.report.point
    return {
        "id": one.case_id,
        "year": str(one.on.year),
        "kind": report.kind,
        "step": one.step,
        "title": title_of(report),
        "text": report.text,
        "category_id": one.category.id if one.category else None,
        "street_id": one.street_id,
        "community_id": one.community_id,
        "grid_id": one.grid_id,
        "lon": point.lon if point else None,
        "lat": point.lat if point else None,
        "h3": one.cell,
        "address": report.address,
        "place_note": report.place_note,
        "channel": report.channel,
        "original_number": report.original_number,
        "visibility": _visibility(report, one.category),
        "about_organisation_id": report.about_organisation_id,
        "finder_id": one.actor.account_id if is_found(report, one.actor) else None,
        "is_urgent": report.is_urgent,
        "is_suspicious_place": one.is_suspicious,
        "reported_at": one.at,
        "due_at": one.clock.due_at,
    }


def _reporter(one: Draft) -> dict[str, Any]:
    report, device = one.report, plausible(one.report.device)
    return {
        "account_id": _reporter_account(report, one.actor),
        "name": report.contact.name,
        "phone": report.contact.phone,
        "door": report.contact.door,
        "agrees_contact": report.contact.agrees_contact,
        "is_anonymous": report.is_anonymous,
        "tracking_digest": _hex(code_digest(one.tracking)),
        "body_digest": _hex(one.body_digest),
        "photographer_lon": device.lon if device else None,
        "photographer_lat": device.lat if device else None,
        "language": report.language,
    }


def _clock(one: Draft) -> dict[str, Any]:
    limit = one.clock.limit
    return {"clock": one.clock.name, "limit_amount": limit.amount, "limit_unit": limit.unit}


def _event(one: Draft) -> dict[str, Any]:
    actor = faceless(one.actor)
    return {
        "event_id": one.event_id,
        "actor_kind": actor.kind,
        "actor_id": actor.account_id,
        "actor_role": actor.role,
        "actor_organisation_id": actor.organisation_id,
        "facts": event_of(one, number=""),
    }


def event_of(one: Draft, *, number: str) -> CaseReported:
    """Give the event of a report."""
    return CaseReported(
        number=number,
        channel=one.report.channel.value,
        case_kind=one.report.kind.value,
        category_id=one.category.id if one.category else None,
        street_id=one.street_id,
        community_id=one.community_id,
        grid_id=one.grid_id,
        is_suspicious_place=one.is_suspicious,
        due_at=one.clock.due_at,
    )


def faceless(actor: Actor) -> Actor:
    """Give the actor as the history of a case may name it: a resident without the account."""
    return actor if actor.kind is ActorKind.STAFF else Actor(kind=actor.kind, role=actor.role)


def _visibility(report: NewReport, category: CategoryView | None) -> Visibility:
    is_public = report.kind is CaseKind.INCIDENT and (category is None or category.is_public)
    return Visibility.PUBLIC if is_public else Visibility.STAFF


def _reporter_account(report: NewReport, actor: Actor) -> int | None:
    """Give the reporter's account; a clerk who writes down a call is not the reporter."""
    is_own = actor.kind is ActorKind.RESIDENT or is_found(report, actor)
    return actor.account_id if is_own and not report.is_anonymous else None


def _hex(digest: bytes) -> str:
    return "\\x" + digest.hex()
