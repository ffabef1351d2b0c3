"""Couriers as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouriersConfig(AppConfig):
    name = "linli.programmes.couriers"
    label = "couriers"
    verbose_name = _("小哥")

    def ready(self) -> None:
        """Declare what this room holds about people."""
        from linli.ground.people.holdings import register

        from .queries.holdings import list_holdings

        register("couriers", list_holdings)
