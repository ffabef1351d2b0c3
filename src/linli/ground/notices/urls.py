"""Addresses of notices, under `/notices/`."""

from django.urls import path

from . import web

urlpatterns = [
    path("", web.notices, name="notices"),
    path("read", web.mark_all_read, name="notices_mark_all_read"),
    path("preferences", web.preferences, name="notice_preferences"),
    path("<int:notice_id>", web.open_notice, name="notice_open"),
    path("<int:notice_id>/acknowledge", web.acknowledge, name="notice_acknowledge"),
    path("<int:notice_id>/reached", web.reached, name="notice_reached"),
]
