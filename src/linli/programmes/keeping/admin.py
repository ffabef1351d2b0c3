"""The room in the read-only administration: drafts, and what the office above says."""

from __future__ import annotations

from django.contrib import admin

from .models import Draft, DraftChange, ParentItem, ParentStance, ParentVersion


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin[Draft]):
    """Drafts by day and state; what they change stands on their own rows."""

    list_display = ("title", "matter", "street_code", "effective_on", "state", "revision")
    list_filter = ("matter", "state")
    search_fields = ("title", "version")


@admin.register(DraftChange)
class DraftChangeAdmin(admin.ModelAdmin[DraftChange]):
    """What each draft does to a category, an item or a day."""

    list_display = ("draft", "key", "op", "revision", "changed_at")
    list_filter = ("op",)
    search_fields = ("key",)
    list_select_related = ("draft",)


@admin.register(ParentVersion)
class ParentVersionAdmin(admin.ModelAdmin[ParentVersion]):
    """Versions of the list of the office above."""

    list_display = ("version", "source", "effective_from", "uploaded_at")


@admin.register(ParentItem)
class ParentItemAdmin(admin.ModelAdmin[ParentItem]):
    """Items of such a version, as they were written."""

    list_display = ("parent_no", "title", "listed", "kind", "lead")
    list_filter = ("listed",)
    search_fields = ("parent_no", "title")
    list_select_related = ("listed",)


@admin.register(ParentStance)
class ParentStanceAdmin(admin.ModelAdmin[ParentStance]):
    """What was decided about the items of such a version, and why."""

    list_display = ("parent_no", "listed", "decision", "decided_at")
    list_filter = ("decision",)
    list_select_related = ("listed",)
