"""Addresses of catalogue, list of responsibilities, calendar and their drafts at the desk."""

from __future__ import annotations

from django.urls import path

from .web.keeping import approve, ask, begin, drop, put_off, show_draft, withdraw
from .web.keeping_calendar import fill, show_calendar, write_days
from .web.keeping_entries import end_entry, write_entry
from .web.kept import (
    compare_versions,
    keep,
    show_catalogue,
    show_category,
    show_list,
    show_parent,
)

urlpatterns = [
    path("catalogue/", show_catalogue, name="catalogue"),
    path("catalogue/<str:entry>/", show_category, name="category"),
    path("responsibilities/", show_list, name="responsibilities"),
    path("responsibilities/parent/", show_parent, name="parent_list"),
    path("responsibilities/parent/keep", keep, name="keep_local"),
    path("calendar/", show_calendar, name="calendar"),
    path("versions/<str:matter>/", compare_versions, name="versions"),
    path("revisions/new/<str:matter>", begin, name="new_revision"),
    path("revisions/<int:revision_id>/", show_draft, name="revision"),
    path("revisions/<int:revision_id>/drop", drop, name="revision_drop"),
    path("revisions/<int:revision_id>/day", put_off, name="revision_day"),
    path("revisions/<int:revision_id>/ask", ask, name="ask_approval"),
    path("revisions/<int:revision_id>/approve", approve, name="approve_revision"),
    path("revisions/<int:revision_id>/withdraw", withdraw, name="withdraw_revision"),
    path("revisions/<int:revision_id>/days/", write_days, name="revision_days"),
    path("revisions/<int:revision_id>/fill", fill, name="revision_fill"),
    path("revisions/<int:revision_id>/entries/<str:entry>/", write_entry, name="revision_entry"),
    path("revisions/<int:revision_id>/entries/<str:entry>/end", end_entry, name="revision_end"),
]
