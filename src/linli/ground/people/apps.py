"""The people room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "linli.ground.people"
    label = "people"
    verbose_name = _("人员与组织")

    def ready(self) -> None:
        """Declare what this room holds about people, and that it takes over organisations."""
        from django.db.models.signals import post_delete, post_save

        from linli.ground.kernel.importing import register_importer

        from . import holdings, queries
        from .models import Account, Organisation
        from .queries.duty import own_duty
        from .queries.members import announce_demonstration
        from .queries.organisations import announce_organisations
        from .services.importing import OrganisationImporter
        from .traces import list_own_traces

        holdings.register("people", queries.own_holdings)
        holdings.register("people.duty", own_duty)
        holdings.register("people.traces", list_own_traces)
        register_importer(OrganisationImporter())
        post_save.connect(announce_demonstration, sender=Account)
        post_save.connect(announce_organisations, sender=Organisation)
        post_delete.connect(announce_organisations, sender=Organisation)
