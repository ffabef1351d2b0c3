CREATE TABLE kernel_event (
    id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id varchar(40) NOT NULL,
    name varchar(60) NOT NULL,
    actor_kind varchar(12) NOT NULL,
    actor_id bigint,
    actor_role varchar(40) NOT NULL,
    actor_organisation_id bigint,
    step_before varchar(40) NOT NULL,
    step_after varchar(40) NOT NULL,
    facts jsonb NOT NULL,
    position bigint,
    PRIMARY KEY (recorded_at, id)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX kernel_event_subject ON kernel_event (subject_id, recorded_at);
CREATE TABLE kernel_event_default PARTITION OF kernel_event DEFAULT;

CREATE TABLE kernel_look (
    id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor_id bigint,
    actor_role varchar(40) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id varchar(40) NOT NULL,
    person_id bigint,
    fields jsonb NOT NULL,
    purpose varchar(40) NOT NULL,
    reason varchar(500) NOT NULL,
    PRIMARY KEY (recorded_at, id)
) PARTITION BY RANGE (recorded_at);
CREATE INDEX kernel_look_person ON kernel_look (person_id, recorded_at);
CREATE INDEX kernel_look_subject ON kernel_look (subject_id, recorded_at);
CREATE TABLE kernel_look_default PARTITION OF kernel_look DEFAULT;

CREATE FUNCTION kernel_ensure_partitions(first date, last date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    parent text;
    month date;
    child text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['kernel_event', 'kernel_look'] LOOP
        month := date_trunc('month', first);
        WHILE month <= last LOOP
            child := format('%s_%s', parent, to_char(month, 'YYYYMM'));
            IF to_regclass(child) IS NULL THEN
                EXECUTE format(
                    'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                    child, parent,
                    month::timestamp AT TIME ZONE 'UTC',
                    (month + interval '1 month')::timestamp AT TIME ZONE 'UTC'
                );
            END IF;
            month := month + interval '1 month';
        END LOOP;
    END LOOP;
END
$$;
