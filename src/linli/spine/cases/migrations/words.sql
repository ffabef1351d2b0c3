-- Every case whose words may have changed is noted in the transaction that changes it, whoever
-- does it and however many rows a statement writes; words of a changed text go at once.

CREATE FUNCTION cases_words_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_casewordsdue (case_id) SELECT id FROM added;
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_words_of_new AFTER INSERT ON cases_case
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION cases_words_of_new();

CREATE FUNCTION cases_words_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.title, OLD.text, OLD.address, OLD.place_note)
        IS DISTINCT FROM (NEW.title, NEW.text, NEW.address, NEW.place_note)
    THEN
        DELETE FROM cases_casewords WHERE case_id = NEW.id;
    END IF;
    INSERT INTO cases_casewordsdue (case_id) VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_words_of_changed AFTER UPDATE ON cases_case
    FOR EACH ROW WHEN (
        (
            OLD.title, OLD.text, OLD.address, OLD.place_note, OLD.kind, OLD.category_id,
            OLD.street_id, OLD.community_id, OLD.grid_id, OLD.about_organisation_id,
            OLD.original_number, OLD.reported_at
        ) IS DISTINCT FROM (
            NEW.title, NEW.text, NEW.address, NEW.place_note, NEW.kind, NEW.category_id,
            NEW.street_id, NEW.community_id, NEW.grid_id, NEW.about_organisation_id,
            NEW.original_number, NEW.reported_at
        )
    )
    EXECUTE FUNCTION cases_words_of_changed();

CREATE FUNCTION cases_words_of_assigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_casewordsdue (case_id) SELECT DISTINCT case_id FROM added;
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_words_of_assigned AFTER INSERT ON cases_assignment
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION cases_words_of_assigned();

CREATE FUNCTION cases_words_of_reassigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_casewordsdue (case_id) VALUES (NEW.case_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER cases_words_of_reassigned AFTER UPDATE ON cases_assignment
    FOR EACH ROW WHEN (
        OLD.organisation_id IS DISTINCT FROM NEW.organisation_id
        OR (OLD.state IN ('returned', 'withdrawn')) <> (NEW.state IN ('returned', 'withdrawn'))
    )
    EXECUTE FUNCTION cases_words_of_reassigned();

-- Cases that are there already.
INSERT INTO cases_casewordsdue (case_id) SELECT id FROM cases_case;
