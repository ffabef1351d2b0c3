-- The transaction that wrote an event. Existing rows get that of this migration, the relay's
-- first pass numbers them whatever it is.
ALTER TABLE kernel_event DROP COLUMN position;
ALTER TABLE kernel_event ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX kernel_event_tx ON kernel_event (tx);

-- Positions in commit order, without gaps; only ever added to. The last row of each pass keeps
-- what the pass could see, so the highest row tells where the next one begins.
CREATE TABLE kernel_stream (
    position bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    event_id uuid NOT NULL,
    snapshot pg_snapshot
);

-- One row: when the relay last said that it lives, and in which cluster its numbers of
-- transactions mean something.
CREATE TABLE kernel_relay (
    id smallint PRIMARY KEY CHECK (id = 1),
    cluster bigint,
    alive_at timestamptz NOT NULL
) WITH (fillfactor = 50);
