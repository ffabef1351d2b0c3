"""The people room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linli.ground.people"
    label = "people"
    verbose_name = "人员与组织"

    def ready(self) -> None:
        """Declare what this room holds about people."""
        from . import holdings, queries

        holdings.register("people", queries.own_holdings)
