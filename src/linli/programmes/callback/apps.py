"""Call-backs as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallbackConfig(AppConfig):
    name = "linli.programmes.callback"
    label = "callback"
    verbose_name = _("回访")

    def ready(self) -> None:
        """Declare what becomes of the work of somebody who leaves."""
        from linli.ground.people import leaving

        from .services.leaving import CallbackKeeper

        leaving.register("callback", CallbackKeeper())
