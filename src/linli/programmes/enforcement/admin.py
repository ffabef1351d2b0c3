"""The room in the read-only administration; parties are not shown there."""

from __future__ import annotations

from django.contrib import admin

from .models import Operation, Power, Secondment


@admin.register(Secondment)
class SecondmentAdmin(admin.ModelAdmin[Secondment]):
    """The roster, without persons' names."""

    list_display = ("id", "home", "team", "seconded_from", "seconded_until", "is_officer")
    list_select_related = ("home", "team")
    exclude = ("person", "badge_number")


@admin.register(Power)
class PowerAdmin(admin.ModelAdmin[Power]):
    """What departments may do."""

    list_display = ("title", "department", "operation_kind", "basis", "is_active")
    list_select_related = ("department",)


@admin.register(Operation)
class OperationAdmin(admin.ModelAdmin[Operation]):
    """Operations by number and step."""

    list_display = ("number", "kind", "step", "title", "starts_at")
    list_filter = ("kind", "step")
