-- Lists are narrowed by marks beside the words: what a change of them needs is written anew too.
-- Of the steps only those count that have a mark, so that a case under way is not written at each.

DROP TRIGGER cases_words_of_changed ON cases_case;

CREATE FUNCTION cases_mark_of_step(step varchar) RETURNS varchar LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN step IN ('declined', 'void', 'settled', 'merged') THEN '=' || step
        WHEN step <> 'closed' THEN '=open'
    END
$$;

CREATE TRIGGER cases_words_of_changed AFTER UPDATE ON cases_case
    FOR EACH ROW WHEN (
        (
            OLD.title, OLD.text, OLD.address, OLD.place_note, OLD.kind, OLD.category_id,
            OLD.street_id, OLD.community_id, OLD.grid_id, OLD.about_organisation_id,
            OLD.original_number, OLD.reported_at, OLD.channel, OLD.level, OLD.h3,
            cases_mark_of_step(OLD.step)
        ) IS DISTINCT FROM (
            NEW.title, NEW.text, NEW.address, NEW.place_note, NEW.kind, NEW.category_id,
            NEW.street_id, NEW.community_id, NEW.grid_id, NEW.about_organisation_id,
            NEW.original_number, NEW.reported_at, NEW.channel, NEW.level, NEW.h3,
            cases_mark_of_step(NEW.step)
        )
    )
    EXECUTE FUNCTION cases_words_of_changed();
