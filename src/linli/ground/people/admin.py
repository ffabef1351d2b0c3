"""What keepers read of people and organisations; nothing is changed here.

The site forbids every change and logs looks at personal fields; phones and doors are left out,
since opening a person asks a reason on its own page.
"""

from __future__ import annotations

from django.contrib import admin

from .models import Account, Appointment, Household, Organisation, Person


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    """Organisations by kind."""

    list_display = ("code", "name", "kind", "parent", "area", "members_count", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code", "name", "name_en")
    list_select_related = ("parent", "area")


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Persons by number and street, without phone."""

    list_display = ("id", "street_code", "wants_contact")
    list_filter = ("street_code",)
    fields = ("id", "name", "street_code", "wants_contact")


@admin.register(Household)
class HouseholdAdmin(admin.ModelAdmin[Household]):
    """Households by building, without door."""

    list_display = ("id", "street_code", "area")
    list_select_related = ("area",)
    fields = ("id", "street_code", "area")


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin[Appointment]):
    """Posts by role and term."""

    list_display = ("id", "role", "organisation", "area", "starts_on", "ends_on", "basis")
    list_filter = ("role", "basis")
    list_select_related = ("organisation", "area")


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    """Accounts by login, without phone and password."""

    list_display = ("id", "login", "language", "is_staff", "is_active", "is_demonstration")
    list_filter = ("is_active", "is_staff")
    search_fields = ("login",)
    fields = ("login", "person", "language", "is_staff", "is_active", "is_demonstration")
