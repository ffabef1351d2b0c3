"""Areas, imports and the version, shown to keepers; the desk's site forbids every change."""

from __future__ import annotations

from django.contrib import admin

from .models import Area, AreaImport


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Versions of areas; the polygon is seen on the map, not here."""

    list_display = ("code", "name", "kind", "valid_from", "valid_to", "area_m2")
    list_filter = ("kind", "valid_from")
    search_fields = ("code", "name", "address", "alias", "pinyin")
    exclude = ("geometry",)
    ordering = ("code", "valid_from")


@admin.register(AreaImport)
class AreaImportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Files taken over."""

    list_display = ("imported_at", "file_name", "coordinate_system", "rows", "added", "redrawn")
    ordering = ("-imported_at",)
