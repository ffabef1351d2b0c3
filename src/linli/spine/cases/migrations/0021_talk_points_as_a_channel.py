"""A case may come from a talk point."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_who_had_it_before"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_channel_known",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="cases_reminder_channel_known",
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web",
                            "api",
                            "phone",
                            "hotline",
                            "counter",
                            "media",
                            "wechat",
                            "courier",
                            "talk_point",
                            "patrol",
                            "replay",
                        ],
                    )
                ),
                name="cases_case_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web",
                            "api",
                            "phone",
                            "hotline",
                            "counter",
                            "media",
                            "wechat",
                            "courier",
                            "talk_point",
                            "patrol",
                            "replay",
                        ],
                    )
                ),
                name="cases_reminder_channel_known",
            ),
        ),
    ]
