"""The spine as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "linli.spine.cases"
    label = "cases"
    verbose_name = _("案件")

    def ready(self) -> None:
        """Declare what this room holds about people, and that it takes over tables of cases."""
        from linli.ground.kernel.importing import register_importer
        from linli.ground.people import erasing, leaving, looked_at
        from linli.ground.people.holdings import register, register_photos

        from .erasing import ERASURE, erase_reports
        from .holdings import list_holdings, list_report_photos, list_subjects
        from .services.importing import CaseImporter
        from .services.leaving import CaseKeeper

        register("cases", list_holdings)
        register_photos("cases", list_report_photos)
        erasing.register("cases", ERASURE, erase_reports)
        looked_at.register("cases", list_subjects)
        leaving.register("cases", CaseKeeper())
        register_importer(CaseImporter())
