"""Addresses for couriers and riders, and of places to rest."""

from __future__ import annotations

from django.urls import path

from .web.courier import (
    give_rest_points,
    join,
    list_rest,
    report_as_courier,
    show_courier,
    stop,
)

urlpatterns = [
    path("courier/", show_courier, name="courier"),
    path("courier/join", join, name="courier_join"),
    path("courier/leave", stop, name="courier_leave"),
    path("courier/report", report_as_courier, name="courier_report"),
    path("rest/", list_rest, name="rest"),
    path("rest/points.json", give_rest_points, name="rest_points"),
]
