"""The one statement that writes a report: case, reporter and clock, or nothing if the id is known.

Columns and their defaults are those of the models; a test compares the two.
"""

from __future__ import annotations

INSERT_REPORT = """
WITH placed AS (
    INSERT INTO cases_case (
        id, number, kind, step, title, text, category_id, street_id, community_id, grid_id,
        lon, lat, h3, address, place_note, channel, original_number, visibility,
        about_organisation_id, finder_id, is_urgent, is_suspicious_place, reported_at, due_at,
        changed_at, version, procedure, level, is_overdue, rework_count, return_count
    ) VALUES (
        %s, %s || '-' || lpad(nextval('cases_number')::text, 7, '0'), %s, %s, %s, %s, %s, %s, %s,
        %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
        1, 'incident', 'street', false, 0, 0
    )
    ON CONFLICT (id) DO NOTHING
    RETURNING id, number
), told AS (
    INSERT INTO cases_reporter (
        case_id, account_id, name, phone, door, agrees_contact, is_anonymous, tracking_digest,
        body_digest, photographer_lon, photographer_lat, language
    )
    SELECT id, %s::bigint, %s, %s, %s, %s::boolean, %s::boolean, %s::bytea, %s::bytea,
           %s::float8, %s::float8, %s
    FROM placed
), started AS (
    INSERT INTO cases_clock (
        case_id, name, started_at, limit_amount, limit_unit, promised_at, due_at
    )
    SELECT id, %s, %s::timestamptz, %s::integer, %s, %s::timestamptz, %s::timestamptz FROM placed
)
SELECT number FROM placed
"""
