"""Addresses of the layout's switches."""

from __future__ import annotations

from django.urls import include, path

from . import web

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("preferences/large-type", web.large_type, name="large_type"),
    path("demonstration/act-as/<str:login>", web.act_as, name="act_as"),
]
