"""Addresses of posts, under `/desk/posts/`."""

from __future__ import annotations

from django.urls import path

from .web.posts import end, new_post, prolong, set_days, show_on_door, show_one, show_posts

urlpatterns = [
    path("", show_posts, name="posts"),
    path("new/", new_post, name="new_post"),
    path("days", set_days, name="posts_days"),
    path("<int:appointment_id>/", show_one, name="post"),
    path("<int:appointment_id>/prolong", prolong, name="post_prolong"),
    path("<int:appointment_id>/end", end, name="post_end"),
    path("<int:appointment_id>/door", show_on_door, name="post_door"),
]
