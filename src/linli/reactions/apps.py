"""The room `reactions` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ReactionsConfig(AppConfig):
    name = "linli.reactions"
    label = "reactions"
