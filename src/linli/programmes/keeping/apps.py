"""Keeping as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "linli.programmes.keeping"
    label = "keeping"
    verbose_name = _("目录与清单的修订")

    def ready(self) -> None:
        """Take over tables of categories, of items, of a parent list and of days."""
        from linli.ground.kernel.importing import register_importer

        from .services.importing import CategoryImporter, ItemImporter, ParentImporter
        from .services.importing_days import DayImporter

        for importer in (CategoryImporter(), ItemImporter(), ParentImporter(), DayImporter()):
            register_importer(importer)
