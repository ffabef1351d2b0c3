"""Joint enforcement as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "linli.programmes.enforcement"
    label = "enforcement"
    verbose_name = _("综合执法")

    def ready(self) -> None:
        """Declare what becomes of the work of somebody who leaves."""
        from linli.ground.people import leaving

        from .services.leaving import SecondmentKeeper

        leaving.register("enforcement", SecondmentKeeper())
