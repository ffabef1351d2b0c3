"""Whistles as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WhistleConfig(AppConfig):
    name = "linli.programmes.whistle"
    label = "whistle"
    verbose_name = _("吹哨报到")

    def ready(self) -> None:
        """Declare what this room holds about people, and what becomes of who leaves."""
        from linli.ground.people import leaving
        from linli.ground.people.holdings import register

        from .holdings import list_holdings
        from .services.leaving import WhistleKeeper

        register("whistle", list_holdings)
        leaving.register("whistle", WhistleKeeper())
