"""Addresses of posts, under `/desk/posts/`."""

from __future__ import annotations

from django.urls import path

from .web.doors import give_notices, print_doors
from .web.posts import (
    end,
    hand_over,
    new_post,
    prolong,
    set_days,
    show_on_door,
    show_one,
    show_posts,
    sign_out,
)
from .web.stand_ins import end_one, name_one

urlpatterns = [
    path("", show_posts, name="posts"),
    path("new/", new_post, name="new_post"),
    path("days", set_days, name="posts_days"),
    path("doors/", print_doors, name="doors"),
    path("doors/<uuid:export_id>.pdf", give_notices, name="door_file"),
    path("<int:appointment_id>/", show_one, name="post"),
    path("<int:appointment_id>/prolong", prolong, name="post_prolong"),
    path("<int:appointment_id>/end", end, name="post_end"),
    path("<int:appointment_id>/hand-over", hand_over, name="post_hand_over"),
    path("<int:appointment_id>/sign-out", sign_out, name="post_sign_out"),
    path("<int:appointment_id>/door", show_on_door, name="post_door"),
    path("<int:appointment_id>/stand-in/", name_one, name="stand_in"),
    path("stand-ins/<int:stand_in_id>/end", end_one, name="stand_in_end"),
]
