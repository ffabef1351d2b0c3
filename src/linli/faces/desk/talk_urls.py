"""Addresses of talk points on the desk."""

from __future__ import annotations

from django.urls import path

from .web.talk import (
    change_talk_point,
    close_talk_point,
    end_talk_host,
    list_talk_points,
    name_talk_host,
    new_talk_point,
    show_talk_point,
)
from .web.talk_matters import enter_matter, give_sheet, write_answer

urlpatterns = [
    path("", list_talk_points, name="talk"),
    path("new/", new_talk_point, name="new_talk_point"),
    path("<int:point_id>/", show_talk_point, name="talk_point"),
    path("<int:point_id>/change/", change_talk_point, name="change_talk_point"),
    path("<int:point_id>/close/", close_talk_point, name="close_talk_point"),
    path("<int:point_id>/hosts/", name_talk_host, name="name_talk_host"),
    path("<int:point_id>/hosts/<int:host_id>/end/", end_talk_host, name="end_talk_host"),
    path("<int:point_id>/enter/", enter_matter, name="talk_enter"),
    path("<int:point_id>/answers/<uuid:matter_id>/", write_answer, name="talk_answer"),
    path("<int:point_id>/sheet.pdf", give_sheet, name="talk_sheet"),
]
