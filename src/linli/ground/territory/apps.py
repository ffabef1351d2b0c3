"""The room `territory` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "linli.ground.territory"
    label = "territory"
