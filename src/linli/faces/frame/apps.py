"""The frame as a Django application: layout, components, error pages."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "linli.faces.frame"
    label = "frame"
