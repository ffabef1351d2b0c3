"""A confirmed hand-over and its points never change."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION shifts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a confirmed hand-over never changes' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER shifts_handover_frozen BEFORE UPDATE OR DELETE ON shifts_handover
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION shifts_refuse_change();

CREATE FUNCTION shifts_refuse_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM shifts_handover
        WHERE id = COALESCE(NEW.handover_id, OLD.handover_id) AND confirmed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a confirmed hand-over never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER shifts_point_frozen BEFORE INSERT OR UPDATE OR DELETE ON shifts_handoverpoint
    FOR EACH ROW EXECUTE FUNCTION shifts_refuse_point();
"""
THAWED = """
DROP TRIGGER shifts_point_frozen ON shifts_handoverpoint;
DROP FUNCTION shifts_refuse_point();
DROP TRIGGER shifts_handover_frozen ON shifts_handover;
DROP FUNCTION shifts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("shifts", "0001_initial")]

    operations = [migrations.RunSQL(FROZEN, THAWED)]
