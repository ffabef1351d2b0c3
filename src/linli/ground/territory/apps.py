"""The room `territory` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "linli.ground.territory"
    label = "territory"
    verbose_name = _("街道辖区")
