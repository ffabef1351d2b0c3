"""Addresses of the phone's page."""

from __future__ import annotations

from django.urls import path

from . import web

urlpatterns = [
    path("", web.page, name="field"),
    path("shell/<str:language>", web.shell, name="field_shell"),
    path("worker.js", web.worker, name="field_worker"),
    path("manifest.webmanifest", web.manifest, name="field_manifest"),
    path("who", web.who, name="field_who"),
    path("place", web.place, name="field_place"),
]
