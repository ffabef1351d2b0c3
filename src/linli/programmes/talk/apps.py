"""Talk points as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    name = "linli.programmes.talk"
    label = "talk"
    verbose_name = _("百姓说事点")

    def ready(self) -> None:
        """Declare what this room holds about people."""
        from linli.ground.people.holdings import register

        from .queries.holdings import list_holdings

        register("talk", list_holdings)
