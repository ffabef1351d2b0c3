"""Addresses of joint enforcement at the desk."""

from __future__ import annotations

from django.urls import path

from .web.enforcement import (
    act_on_operation,
    draw_up,
    list_all,
    show_operation,
    show_party,
    show_photo,
)
from .web.powers import list_powers, one_power, retire, write_new
from .web.roster import add_line, end_line, show_roster

urlpatterns = [
    path("", list_all, name="enforcement"),
    path("new", draw_up, name="draw_up"),
    path("roster/", show_roster, name="roster"),
    path("roster/add", add_line, name="roster_add"),
    path("roster/<int:secondment_id>/end", end_line, name="roster_end"),
    path("powers/", list_powers, name="powers"),
    path("powers/new", write_new, name="new_power"),
    path("powers/<int:power_id>/", one_power, name="power"),
    path("powers/<int:power_id>/retire", retire, name="retire_power"),
    path("photos/<uuid:photo_id>/<str:size>", show_photo, name="evidence"),
    path("<str:number>/", show_operation, name="operation"),
    path("<str:number>/parties/<int:party_id>/", show_party, name="party"),
    path("<str:number>/<str:action>/", act_on_operation, name="operate"),
]
