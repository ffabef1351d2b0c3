"""What is stored, read only."""

from __future__ import annotations

from django.contrib import admin

from linli.programmes.couriers.models import Asked, Courier, RestPlace


@admin.register(Courier)
class CourierAdmin(admin.ModelAdmin[Courier]):
    """Memberships, without name and company."""

    list_display = ("id", "state", "applied_at", "decided_at")
    list_filter = ("state",)


@admin.register(Asked)
class AskedAdmin(admin.ModelAdmin[Asked]):
    """Half-hours of couriers' reports, without the courier."""

    list_display = ("case_id", "asked_of", "answer_by", "answered_at", "passed_to", "late_at")
    list_filter = ("asked_of", "passed_to")


@admin.register(RestPlace)
class RestPlaceAdmin(admin.ModelAdmin[RestPlace]):
    """Places to rest."""

    list_display = ("name", "address", "closed_at")
    search_fields = ("name", "address")
