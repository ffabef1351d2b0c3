"""Addresses below `/api/v1/`."""

from __future__ import annotations

from django.urls import re_path
from django.views.generic import RedirectView

from . import cases, catalogue, photos, places, reports, tracking, uploads
from .door import api, guarded, not_found

for room in (photos, uploads, reports, tracking, cases, places, catalogue):
    api.add_router("", room.router)

app_name = "api"
urlpatterns = [
    re_path(r"^$", RedirectView.as_view(pattern_name="api:openapi-view"), name="api-root"),
    *api.guarded_urls(),
    re_path(r"^.*$", guarded(not_found)),
]
