"""Addresses of call-backs at the desk."""

from __future__ import annotations

from django.urls import path

from .web.callback import list_counted, show_callback, show_queue
from .web.callback_acts import ask_to_exclude, decide_redo, log, open_number, take_it, take_next_one
from .web.callback_rates import decide, show_exclusions, show_rates

urlpatterns = [
    path("", show_queue, name="callbacks"),
    path("next/", take_next_one, name="callback_next"),
    path("list/", list_counted, name="callback_list"),
    path("rates/", show_rates, name="callback_rates"),
    path("exclusions/", show_exclusions, name="callback_exclusions"),
    path("exclusions/<int:exclusion_id>/", decide, name="decide_exclusion"),
    path("<uuid:callback_id>/", show_callback, name="callback"),
    path("<uuid:callback_id>/take/", take_it, name="callback_take"),
    path("<uuid:callback_id>/number/", open_number, name="callback_number"),
    path("<uuid:callback_id>/try/", log, name="callback_try"),
    path("<uuid:callback_id>/redo/", decide_redo, name="callback_redo"),
    path("<uuid:callback_id>/exclude/", ask_to_exclude, name="callback_exclude"),
]
