"""The sequence that numbers operations; evidence that nobody changes, not even by hand."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

KEEP_WHOLE = """
CREATE FUNCTION enforcement_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence is never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER enforcement_evidence_whole BEFORE UPDATE OR DELETE ON enforcement_evidence
FOR EACH ROW EXECUTE FUNCTION enforcement_keep_evidence();
"""
LET_GO = """
DROP TRIGGER enforcement_evidence_whole ON enforcement_evidence;
DROP FUNCTION enforcement_keep_evidence();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE enforcement_number",
            reverse_sql="DROP SEQUENCE enforcement_number",
        ),
        migrations.RunSQL(sql=KEEP_WHOLE, reverse_sql=LET_GO),
    ]
