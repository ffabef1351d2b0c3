"""The room `api` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "linli.faces.api"
    label = "api"
