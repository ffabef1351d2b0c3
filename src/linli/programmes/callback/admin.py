"""The room in the read-only administration; answers are not shown there."""

from __future__ import annotations

from django.contrib import admin

from .models import Callback, CallbackSettings, Exclusion


@admin.register(Callback)
class CallbackAdmin(admin.ModelAdmin[Callback]):
    """Call-backs by closing and step; neither the case nor the answer."""

    list_display = ("id", "closed_at", "due_at", "step", "is_excluded")
    list_filter = ("step", "is_excluded")
    fields = ("id", "street", "closed_at", "due_at", "step", "tries", "is_excluded")


@admin.register(Exclusion)
class ExclusionAdmin(admin.ModelAdmin[Exclusion]):
    """What is left out of the rates, and why."""

    list_display = ("callback_id", "cause", "asked_at", "is_granted", "decided_at")
    list_filter = ("cause", "is_granted")


@admin.register(CallbackSettings)
class CallbackSettingsAdmin(admin.ModelAdmin[CallbackSettings]):
    """What sub-districts have set, by version."""

    list_display = ("street", "version", "set_at", "due_days", "fairly_weight", "missed_weight")
