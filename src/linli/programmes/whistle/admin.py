"""The room in the read-only administration; positions and names are not shown there."""

from __future__ import annotations

from django.contrib import admin

from .models import Whistle, WhistleSettings


@admin.register(Whistle)
class WhistleAdmin(admin.ModelAdmin[Whistle]):
    """Whistles by number and step."""

    list_display = ("number", "kind", "step", "title", "blown_at", "arrive_by")
    list_filter = ("kind", "step")


@admin.register(WhistleSettings)
class WhistleSettingsAdmin(admin.ModelAdmin[WhistleSettings]):
    """What sub-districts have set."""

    list_display = ("street", "judge_days", "reply_days", "near_m", "position_days")
