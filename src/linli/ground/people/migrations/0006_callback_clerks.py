"""Somebody may be appointed to call reporters back."""

from __future__ import annotations

from django.db import migrations, models

_ROLES = [
    "intake_clerk",
    "shift_leader",
    "dispatcher",
    "handler",
    "grid_leader",
    "grid_worker",
    "verifier",
    "supervisor",
    "callback_clerk",
    "community_secretary",
    "joint_team_member",
    "building_leader",
    "unit_leader",
    "street_leader",
    "keeper",
    "grid_officer",
    "order_helper",
]


class Migration(migrations.Migration):
    dependencies = [("people", "0005_posts_kept")]

    operations = [
        migrations.RemoveConstraint(model_name="appointment", name="people_appointment_known_role"),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", _ROLES)), name="people_appointment_known_role"
            ),
        ),
    ]
