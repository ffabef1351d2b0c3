"""The room `demonstration` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "linli.demonstration"
    label = "demonstration"
