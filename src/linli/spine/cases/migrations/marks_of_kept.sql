-- What is there already gets its marks, in the order of the reports, as it came; the index is built
-- over them, which is faster.
CREATE TEMPORARY TABLE marked ON COMMIT DROP AS
SELECT kept.case_id, kept.street_id, kept.period, kept.reported_at, kept.original,
    kept.words || array_to_tsvector(array_remove(ARRAY[
        '%' || found.category_id,
        '%%' || category.major_code,
        '/' || found.channel,
        '~y' || extract(year FROM found.reported_at AT TIME ZONE 'UTC'),
        -- The cell a level above: its level in the bits for that, no digit for the one below.
        ':' || to_hex(
            (found.h3 & ~(15::bigint << 52)) | (9::bigint << 52) | (7::bigint << 15)
        ),
        cases_mark_of_step(found.step),
        CASE WHEN found.level <> 'street' THEN '+' || found.level END
    ], NULL)) AS words
FROM cases_casewords AS kept
JOIN cases_case AS found ON found.id = kept.case_id
LEFT JOIN cases_category AS category ON category.id = found.category_id;
-- An index is built only where no reference waits to be checked.
SET CONSTRAINTS ALL IMMEDIATE;
TRUNCATE cases_casewords;
DROP INDEX IF EXISTS cases_casewords_words;
INSERT INTO cases_casewords (case_id, street_id, period, reported_at, original, words)
SELECT case_id, street_id, period, reported_at, original, words FROM marked ORDER BY reported_at;
CREATE INDEX cases_casewords_words ON cases_casewords USING gin (words) WITH (fastupdate = off);
