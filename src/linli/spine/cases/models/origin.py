"""What the platform above said of a case it handed down."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """The platform a case came from, when it took it in and until when it wants an answer.

    Its number stands on the case. `import_id` names the file the case came with.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="origin"
    )
    system = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    import_id = models.UUIDField(null=True)

    class Privacy:
        data = ()
        purpose = "Keep number, time and limit of the platform above, to answer it in time."
        retention = "With the case."

    class Meta:
        verbose_name = _("上级工单")
        verbose_name_plural = _("上级工单")
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(due_at=None) | Q(due_at__gte=F("received_at")),
                name="cases_origin_due_not_before_received",
            ),
        ]
