"""What was loaded, so that a real installation can refuse to run on it."""

from __future__ import annotations

from django.db import models


class Loading(models.Model):
    """One row: when the demonstration was loaded and up to which instant its year runs."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    as_of = models.DateTimeField()
    loaded_at = models.DateTimeField()
    version = models.CharField(max_length=64)

    class Privacy:
        data = ()
        purpose = "a mark that the data are invented"
        retention = "as long as the demonstration"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="demonstration_loading_single")
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d}"
