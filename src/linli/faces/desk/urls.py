"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from .web.case import act_on_case, open_reporter, show_case
from .web.entry import enter_report
from .web.home import show_work
from .web.links import give_link, show_links, stop_link
from .web.listing import give_points, list_found
from .web.places import give_grids, search_places

app_name = "desk"

urlpatterns = [
    path("", show_work, name="home"),
    path("cases/", list_found, name="cases"),
    path("cases/new", enter_report, name="entry"),
    path("cases/points.json", give_points, name="points"),
    path("cases/<str:number>/", show_case, name="case"),
    path("cases/<str:number>/reporter/", open_reporter, name="reporter"),
    path("cases/<str:number>/links/", show_links, name="links"),
    path("cases/<str:number>/links/give", give_link, name="give_link"),
    path("cases/<str:number>/links/<uuid:link_id>/stop", stop_link, name="stop_link"),
    path("cases/<str:number>/<str:action>/", act_on_case, name="act"),
    path("grids.json", give_grids, name="grids"),
    path("places/", search_places, name="places"),
]
