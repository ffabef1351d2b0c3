"""Reports of wrongdoing 举报 are a kind; a caller's matters are found by the digits of a number."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import CharField, F, Func, Q, Value

KINDS = ["incident", "question", "request", "complaint", "report", "praise", "suggestion"]


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_number")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="cases_case_kind_known"),
        migrations.AddIndex(
            model_name="reporter",
            index=models.Index(
                Func(
                    F("phone"),
                    Value(r"\D"),
                    Value(""),
                    Value("g"),
                    function="regexp_replace",
                    output_field=CharField(),
                ),
                condition=~Q(phone=""),
                name="cases_reporter_by_phone",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=KINDS), name="cases_case_kind_known"
            ),
        ),
    ]
