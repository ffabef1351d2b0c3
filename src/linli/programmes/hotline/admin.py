"""What is stored, read only."""

from __future__ import annotations

from django.contrib import admin

from linli.programmes.hotline.models import AnswerVersion, Call, WantedAnswer


@admin.register(AnswerVersion)
class AnswerVersionAdmin(admin.ModelAdmin[AnswerVersion]):
    """Entries of the library in all their versions."""

    list_display = ("question", "version", "valid_from", "valid_to", "replaced_at")
    search_fields = ("question", "keywords")


@admin.register(WantedAnswer)
class WantedAnswerAdmin(admin.ModelAdmin[WantedAnswer]):
    """Questions that wait for an answer."""

    list_display = ("question", "times", "asked_at", "settled_at")


@admin.register(Call)
class CallAdmin(admin.ModelAdmin[Call]):
    """Calls, without a word of the caller."""

    list_display = ("ended_at", "kind", "channel", "outcome")
    list_filter = ("outcome", "channel")
