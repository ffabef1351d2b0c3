"""The room `reactions` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ReactionsConfig(AppConfig):
    name = "linli.reactions"
    label = "reactions"

    def ready(self) -> None:
        """Register every reaction of the house."""
        from . import (  # noqa: F401 - they register what they know
            callback,
            cases,
            checking,
            couriers,
            enforcement,
            keeping,
            pending,
            posts,
            putting_off,
            supervision,
            talk,
            territory,
            urgent,
            whistle,
        )
