"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import include, path

from .web import (
    enforcement,
    handler,
    home,
    mine,
    near,
    pending,
    photos,
    places,
    report,
    track,
    whistle_link,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("report", report.report, name="report"),
    path("report/done", report.done, name="report_done"),
    path("report/places", places.suggest, name="report_places"),
    path("report/near", places.near, name="report_near"),
    path("report/categories", places.categories, name="report_categories"),
    path("near", near.near, name="near"),
    path("near/points.json", near.points, name="near_points"),
    path("near/met", near.met, name="near_met"),
    path("near/met/back", near.take_back, name="near_met_back"),
    path("areas.geojson", places.areas, name="areas_geojson"),
    path("me/reports", mine.reports, name="my_reports"),
    path("me/reports/take", mine.take, name="take_reports"),
    path("t/", track.code, name="track_code"),
    path("t/<str:code>", track.track, name="track"),
    path("t/<str:code>/rate", track.rate, name="track_rate"),
    path("t/<str:code>/answer", track.answer, name="track_answer"),
    path("t/<str:code>/reopen", track.reopen, name="track_reopen"),
    path("pending/", pending.register, name="public_pending"),
    path("enforcement/", enforcement.results, name="enforcement_results"),
    path("enforcement/<str:number>", enforcement.result, name="enforcement_result"),
    path(
        "enforcement/photos/<uuid:photo_id>/<str:size>",
        enforcement.photo,
        name="enforcement_photo",
    ),
    path("h/<str:token>", handler.show, name="handler"),
    path("h/<str:token>/<str:action>", handler.act, name="handler_act"),
    path("h/<str:token>/photos/<uuid:photo_id>/<str:size>", handler.photo, name="handler_photo"),
    path("w/here/<str:code>", whistle_link.here, name="whistle_here"),
    path("w/<str:token>", whistle_link.show, name="whistle_link"),
    path("w/<str:token>/<str:action>", whistle_link.act, name="whistle_link_act"),
    path(
        "w/<str:token>/photos/<uuid:photo_id>/<str:size>",
        whistle_link.photo,
        name="whistle_link_photo",
    ),
    path("photos/<uuid:photo_id>/<str:size>", photos.photo, name="photo"),
    path("", include("linli.faces.public.talk_urls")),
    path("", include("linli.faces.public.courier_urls")),
]
