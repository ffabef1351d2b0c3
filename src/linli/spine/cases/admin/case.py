"""What keepers read of cases; nothing is changed here, and the reporter is not shown at all."""

from __future__ import annotations

from django.contrib import admin

from linli.spine.cases.models import Assignment, Case, CaseSettings, Clock


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin[Case]):
    """Cases by number and step, without words."""

    list_display = ("number", "kind", "step", "category", "street", "grid", "reported_at", "due_at")
    list_filter = ("step", "kind", "channel", "is_overdue")
    search_fields = ("number",)
    list_select_related = ("category", "street", "grid")
    exclude = ("title", "text", "place_note")


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    """Who handles what."""

    list_display = ("case", "duty", "organisation", "state", "offered_at", "due_at", "finished_at")
    list_filter = ("duty", "state")
    list_select_related = ("case", "organisation")


@admin.register(Clock)
class ClockAdmin(admin.ModelAdmin[Clock]):
    """Clocks, promised and due."""

    list_display = ("case", "name", "started_at", "promised_at", "due_at", "stopped_at")
    list_filter = ("name",)
    list_select_related = ("case",)


@admin.register(CaseSettings)
class CaseSettingsAdmin(admin.ModelAdmin[CaseSettings]):
    """What each sub-district has set."""

    list_display = ("street", "reopen_days", "return_limit", "suspicious_repeats")
    list_select_related = ("street",)
