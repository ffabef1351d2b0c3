"""Addresses of the territory at the desk, under `/desk/territory/`."""

from __future__ import annotations

from django.urls import path

from .web.plans import (
    approve,
    begin,
    choose_post,
    drop,
    give_faults,
    give_outlines,
    put_off,
    show_plan,
    take,
    withdraw,
)
from .web.territory import give_outline, show_area, show_territory

urlpatterns = [
    path("", show_territory, name="territory"),
    path("areas/<str:code>/", show_area, name="area"),
    path("outlines/<int:area_id>.json", give_outline, name="area_outline"),
    path("plans/new", begin, name="new_plan"),
    path("plans/<int:plan_id>/", show_plan, name="plan"),
    path("plans/<int:plan_id>/grids.json", give_outlines, name="plan_outlines"),
    path("plans/<int:plan_id>/places.json", give_faults, name="plan_faults"),
    path("plans/<int:plan_id>/steps/<str:kind>", take, name="plan_step"),
    path("plans/<int:plan_id>/drop/<int:number>", drop, name="plan_drop"),
    path("plans/<int:plan_id>/day", put_off, name="plan_day"),
    path("plans/<int:plan_id>/post", choose_post, name="plan_post"),
    path("plans/<int:plan_id>/approve", approve, name="approve_plan"),
    path("plans/<int:plan_id>/withdraw", withdraw, name="withdraw_plan"),
]
