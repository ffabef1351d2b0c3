"""The room `frame` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "linli.faces.frame"
    label = "frame"
