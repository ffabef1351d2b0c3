"""The hand-over of shifts as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShiftsConfig(AppConfig):
    name = "linli.programmes.shifts"
    label = "shifts"
    verbose_name = _("交接班")

    def ready(self) -> None:
        """Declare what this room holds about people."""
        from linli.ground.people.holdings import register

        from .queries import own_handovers

        register("shifts", own_handovers)
