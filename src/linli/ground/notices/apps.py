"""The notices room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "linli.ground.notices"
    label = "notices"
    verbose_name = _("通知")

    def ready(self) -> None:
        """Declare what this room holds about people, and that it sends the codes to phones."""
        from linli.ground.people import code_sending, erasing, holdings

        from . import queries
        from .erasing import ERASURE, erase_notices
        from .services.codes import CodeSender

        holdings.register("notices", queries.own_holdings)
        code_sending.register(CodeSender())
        erasing.register("notices", ERASURE, erase_notices)
