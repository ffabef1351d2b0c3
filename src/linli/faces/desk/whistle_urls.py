"""Addresses of whistles at the desk."""

from __future__ import annotations

from django.urls import path

from .web.whistle import (
    act_on_whistle,
    list_all,
    look_at_position,
    show_photo,
    show_whistle,
)
from .web.whistle_links import give, show_code, show_links, stop
from .web.whistle_new import blow_new
from .web.whistle_year import show_year

urlpatterns = [
    path("", list_all, name="whistles"),
    path("new/", blow_new, name="blow"),
    path("year/", show_year, name="whistle_year"),
    path("photos/<uuid:photo_id>/<str:size>", show_photo, name="whistle_photo"),
    path("<str:number>/", show_whistle, name="whistle"),
    path(
        "<str:number>/positions/<int:organisation_id>/", look_at_position, name="whistle_position"
    ),
    path("<str:number>/links/", show_links, name="whistle_links"),
    path("<str:number>/links/give", give, name="whistle_link_give"),
    path("<str:number>/links/<uuid:link_id>/stop", stop, name="whistle_link_stop"),
    path("<str:number>/code/", show_code, name="whistle_code"),
    path("<str:number>/<str:action>/", act_on_whistle, name="whistle_act"),
]
