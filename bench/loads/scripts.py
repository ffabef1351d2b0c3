"""What wrk and pgbench are given to do: reports, and three inserts of a report's size."""

from __future__ import annotations

from pathlib import Path

from .places import CATEGORY, COLUMNS, ROWS, SOUTH, STEP_LAT, STEP_LON, WEST, Places

# Three inserts of the size and with the keys of a report through the API.
THREE_INSERTS = """
\\set east random(0, 19999)
\\set north random(0, 10799)
\\set cell random(1, 2000000000)
BEGIN;
INSERT INTO cases_case (id, number, version, kind, procedure, step, title, text, level, lon, lat,
  h3, address, place_note, channel, original_number, visibility, is_urgent, is_suspicious_place,
  is_overdue, rework_count, return_count, reported_at, due_at, changed_at, street_id,
  community_id, grid_id, category_id)
VALUES (uuidv7(), '2026-' || lpad(nextval('cases_number')::text, 7, '0'), 1, 'incident',
  'incident', 'verifying', '楼道口堆着垃圾', '楼道口堆着垃圾，已经三天没有人清理，气味很大。',
  'street', {west} + :east * 1e-6, {south} + :north * 1e-6, 612000000000000000 + :cell, '', '',
  'api', '', 'public', false, false, false, 0, 0, now(), now() + interval '2 hours', now(),
  {street}, {community}, {grid}, {category}) RETURNING id AS case_id \\gset
INSERT INTO cases_reporter (case_id, name, phone, door, agrees_contact, is_anonymous,
  tracking_digest, body_digest, language)
VALUES (:case_id, '', '', '', false, false, sha256(uuid_send(uuidv7())),
  sha256(uuid_send(uuidv7())), 'zh-hans');
INSERT INTO kernel_event (id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_role,
  step_before, step_after, facts)
VALUES (uuidv7(), now(), 'cases.Case', :case_id, 'cases.CaseReported', 'anonymous', '', '',
  'verifying', '{{"number": "2026-0000001", "channel": "api", "case_kind": "incident",
  "category_id": 1, "street_id": 1, "community_id": 2, "grid_id": 3}}');
COMMIT;
"""

UNIQUE_REPORTS = """
-- Not local: wrk hands every thread its own by this name.
seed = 0
local counter = 0
local function hex(digits)
  local made = {}
  for i = 1, digits do made[i] = string.format("%x", math.random(0, 15)) end
  return table.concat(made)
end
function setup(thread) seed = seed + 1; thread:set("seed", seed) end
function init(args)
  math.randomseed(os.time() * 1000 + seed * 7919)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  local now = math.floor(os.time() * 1000 + (os.clock() * 1000) % 1000)
  local stamp = string.format("%012x", now)
  local id = stamp:sub(1, 8) .. "-" .. stamp:sub(9, 12) .. "-7" .. hex(3) .. "-8" .. hex(3)
    .. "-" .. hex(12)
  counter = counter + 1
  local body = string.format(
    '{"id":"%s","text":"楼道口堆着垃圾，已经三天没有人清理，气味很大。%d-%d",' ..
    '"lon":%.6f,"lat":%.6f,"category":"__CATEGORY__"}',
    id, seed, counter, __WEST__ + math.random() * __WIDTH__,
    __SOUTH__ + math.random() * __HEIGHT__)
  return wrk.format(nil, nil, nil, body)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def write_scripts(folder: Path, places: Places) -> None:
    """Write `inserts.sql` for pgbench and `reports.lua` for wrk into a folder."""
    values = {name: getattr(places, name) for name in Places.__dataclass_fields__}
    inserts = THREE_INSERTS.format(west=WEST, south=SOUTH, **values)
    (folder / "inserts.sql").write_text(inserts, encoding="utf-8")
    words = {
        "__CATEGORY__": CATEGORY,
        "__WEST__": str(WEST),
        "__SOUTH__": str(SOUTH),
        "__WIDTH__": str(COLUMNS * STEP_LON),
        "__HEIGHT__": str(ROWS * STEP_LAT),
    }
    script = UNIQUE_REPORTS
    for word, value in words.items():
        script = script.replace(word, value)
    (folder / "reports.lua").write_text(script, encoding="utf-8")
