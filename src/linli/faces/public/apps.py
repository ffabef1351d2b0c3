"""The room `public` as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "linli.faces.public"
    label = "public"
