"""Addresses of the roster and of hand-overs, under `/desk/`."""

from __future__ import annotations

from django.urls import path

from .web.duty import (
    answer,
    ask,
    fill,
    give_shift,
    remove_shift,
    set_phone,
    show_roster,
    show_shift,
    withdraw,
)
from .web.handover import (
    confirm,
    list_all,
    open_new,
    print_one,
    show_one,
    take_back,
    tick,
)

urlpatterns = [
    path("duty/", show_roster, name="duty"),
    path("duty/fill", fill, name="duty_fill"),
    path("duty/phone", set_phone, name="duty_phone"),
    path("duty/<int:shift_id>/", show_shift, name="duty_shift"),
    path("duty/<int:shift_id>/give", give_shift, name="duty_give"),
    path("duty/<int:shift_id>/remove", remove_shift, name="duty_remove"),
    path("duty/<int:shift_id>/swap", ask, name="duty_swap"),
    path("duty/swaps/<int:swap_id>/answer", answer, name="duty_answer"),
    path("duty/swaps/<int:swap_id>/withdraw", withdraw, name="duty_withdraw"),
    path("handover/", list_all, name="handovers"),
    path("handover/open", open_new, name="handover_open"),
    path("handover/points/<int:point_id>/tick", tick, name="handover_tick"),
    path("handover/<int:handover_id>/", show_one, name="handover"),
    path("handover/<int:handover_id>/print", print_one, name="handover_print"),
    path("handover/<int:handover_id>/confirm", confirm, name="handover_confirm"),
    path("handover/<int:handover_id>/take-back", take_back, name="handover_take_back"),
]
