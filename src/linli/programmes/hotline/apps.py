"""The hotline as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    name = "linli.programmes.hotline"
    label = "hotline"
    verbose_name = _("热线")

    def ready(self) -> None:
        """Declare what this room holds about people."""
        from linli.ground.people.holdings import register

        from .holdings import list_holdings

        register("hotline", list_holdings)
