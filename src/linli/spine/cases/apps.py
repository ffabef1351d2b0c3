"""The spine as a Django application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linli.spine.cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """Declare what this room holds about people."""
        from linli.ground.people.holdings import register

        from .holdings import list_holdings

        register("cases", list_holdings)
