"""Addresses of talk points in public."""

from __future__ import annotations

from django.urls import path

from .web.talk import give_talk_points, list_talk, show_talk

urlpatterns = [
    path("talk/", list_talk, name="talk"),
    path("talk/points.json", give_talk_points, name="talk_points"),
    path("talk/<int:point_id>", show_talk, name="talk_point"),
]
