"""The people room as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "linli.ground.people"
    label = "people"
    verbose_name = _("人员与组织")

    def ready(self) -> None:
        """Declare what this room holds about people, and that it takes over organisations."""
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save

        from linli.ground.kernel.importing import register_importer

        from . import holdings, leaving, queries
        from .models import Account, Appointment, DutyDesk, Organisation
        from .queries.duty import own_duty
        from .queries.grid_leaders import announce_grid_leaders
        from .queries.leaving import own_work_handovers
        from .queries.members import announce_demonstration
        from .queries.organisations import announce_organisations
        from .queries.stand_ins import own_stand_ins
        from .services.importing import OrganisationImporter
        from .services.leaving import ShiftKeeper
        from .services.sessions import note_sign_in
        from .traces import list_own_traces

        holdings.register("people", queries.own_holdings)
        holdings.register("people.duty", own_duty)
        holdings.register("people.stand_ins", own_stand_ins)
        holdings.register("people.work_handovers", own_work_handovers)
        leaving.register("people", ShiftKeeper())
        holdings.register("people.traces", list_own_traces)
        register_importer(OrganisationImporter())
        user_logged_in.connect(note_sign_in)
        post_save.connect(announce_demonstration, sender=Account)
        post_save.connect(announce_organisations, sender=Organisation)
        post_delete.connect(announce_organisations, sender=Organisation)
        post_save.connect(announce_grid_leaders, sender=Appointment)
        post_save.connect(announce_grid_leaders, sender=DutyDesk)
