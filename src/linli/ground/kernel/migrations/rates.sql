-- Counts are worthless after a crash, so they are not written to the log.
CREATE UNLOGGED TABLE kernel_rate (
    key bytea NOT NULL,
    window_at timestamptz NOT NULL,
    taken integer NOT NULL,
    PRIMARY KEY (key, window_at)
) WITH (fillfactor = 60);
