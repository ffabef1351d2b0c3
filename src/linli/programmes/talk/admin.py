"""What is stored, read only."""

from __future__ import annotations

from django.contrib import admin

from linli.programmes.talk.models import Host, Matter, Point


@admin.register(Point)
class PointAdmin(admin.ModelAdmin[Point]):
    """Talk points."""

    list_display = ("name", "area_code", "address", "phone", "closed_at")
    search_fields = ("name", "address")


@admin.register(Host)
class HostAdmin(admin.ModelAdmin[Host]):
    """Who receives people where."""

    list_display = ("point", "role", "weekdays", "ended_at")


@admin.register(Matter)
class MatterAdmin(admin.ModelAdmin[Matter]):
    """What was asked and answered, nobody named."""

    list_display = ("asked", "point", "is_posted", "entered_at", "answered_at")
    search_fields = ("asked",)
