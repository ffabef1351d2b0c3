"""The kernel as a Django application."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "linli.ground.kernel"
    label = "kernel"
