"""What keepers read of the catalogue and the lists; changes go through services, with events."""

from __future__ import annotations

from django.contrib import admin

from linli.spine.cases.models import Category, Responsibility, ResponsibilityList


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Versions of categories, the open ones without a last day."""

    list_display = (
        "key",
        "name",
        "name_en",
        "limit_amount",
        "limit_unit",
        "is_default_limit",
        "is_extension",
        "is_transcribed",
        "effective_from",
        "effective_to",
    )
    list_filter = ("kind", "major_name", "is_extension", "is_default_limit", "checked_by")
    search_fields = ("code", "name", "name_en", "aliases", "initials")
    ordering = ("major_code", "code", "kind", "-effective_from")


@admin.register(ResponsibilityList)
class ResponsibilityListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Versions of the lists of responsibilities."""

    list_display = ("version", "street", "effective_from", "effective_to", "basis")
    list_select_related = ("street",)
    ordering = ("-effective_from",)


@admin.register(Responsibility)
class ResponsibilityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Items of the lists, with lead and area."""

    list_display = ("list", "item_no", "title", "kind", "lead", "area", "basis")
    list_filter = ("kind", "list")
    list_select_related = ("list", "lead", "area")
    search_fields = ("title", "title_en", "basis")
    ordering = ("-list__effective_from", "item_no")
