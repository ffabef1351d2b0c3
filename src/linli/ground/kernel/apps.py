"""The kernel as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "linli.ground.kernel"
    label = "kernel"
    verbose_name = "内核"
