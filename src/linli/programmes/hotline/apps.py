"""The hotline as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    name = "linli.programmes.hotline"
    label = "hotline"
    verbose_name = _("热线")

    def ready(self) -> None:
        """Declare what this room holds about people, and the photos its drafts hold."""
        from linli.ground.kernel.photos import register_holder
        from linli.ground.people import leaving
        from linli.ground.people.holdings import register

        from .holdings import list_holdings
        from .queries import list_held_photos
        from .services.leaving import DraftKeeper

        register("hotline", list_holdings)
        register_holder("hotline", list_held_photos)
        leaving.register("hotline", DraftKeeper())
