"""The keepers' read-only look at what is stored: rooms register, this site forbids every change.

An admin form would write rows without an event, so nothing here saves. Rows that hold personal
data are logged as looked at, and a person finds those looks on `/me`.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.services import record_look
from linli.ground.kernel.terms import Subject
from linli.ground.people.terms import Action, LookPurpose, Member

from .access import ask_to_sign_in, holds_post_for, member_of, refuse_by_action

ROWS_A_PAGE = 50
PURPOSE = LookPurpose.CORRECTION.value


def may_read_admin(member: Member | None) -> bool:
    """Tell whether the member holds a post that opens the read-only admin."""
    return member is not None and holds_post_for(member, Action.ADMIN_READ)


class ReadOnly(admin.ModelAdmin[Any]):
    """Put in front of every registered ModelAdmin: shows rows, changes none, logs looks."""

    actions = None
    list_per_page = ROWS_A_PAGE
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_read_admin(member_of(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_read_admin(member_of(request))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        shown = [name for name in personal_fields(self.model) if name in self.list_display]
        if shown and isinstance(answer, TemplateResponse) and answer.context_data:
            for row in answer.context_data["cl"].result_list:
                self._log_look(request, row, shown)
        return answer

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown = list(personal_fields(self.model))
        row = self.get_object(request, object_id) if shown else None
        if row is not None and self.has_view_permission(request):
            self._log_look(request, row, shown)
        return super().change_view(request, object_id, form_url, extra_context)

    def _log_look(self, request: HttpRequest, row: Model, fields: list[str]) -> None:
        member = member_of(request)
        if member is not None:
            record_look(
                actor=member.actor(),
                subject=Subject(kind=label_of(row), id=str(row.pk)),
                person_id=person_behind(row),
                fields=fields,
                purpose=PURPOSE,
                at=timezone.now(),
            )


def personal_fields(model: type[Model]) -> tuple[str, ...]:
    """Name the fields a model declares as personal data (its `Privacy.data`)."""
    privacy = getattr(model, "Privacy", None)
    return tuple(getattr(privacy, "data", ()))


def label_of(row: Model) -> str:
    """Name the room and model of a row, as subjects of looks are named."""
    return f"{type(row).__module__.split('.models')[0].rpartition('.')[2]}.{type(row).__name__}"


def person_behind(row: Model) -> int | None:
    """Find the person a row is about: itself, or the person it points to."""
    if label_of(row) == "people.Person":
        return int(row.pk)
    found = getattr(row, "person_id", None)
    return found if isinstance(found, int) else None


class ReadOnlySite(admin.AdminSite):
    """Django's admin as a reading room for keepers."""

    site_title = _("邻里管理")
    site_header = _("邻里 · 只读管理")
    index_title = _("目录、辖区与人员（只读）")
    enable_nav_sidebar = True

    def register(
        self,
        model_or_iterable: Any,
        admin_class: type[admin.ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Register a room's ModelAdmin behind the read-only one.

        What libraries register (secrets of second factors, queues) stays out of sight.
        """
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model.__module__.startswith("linli.")]
        chosen = admin_class or admin.ModelAdmin
        read_only = type(f"ReadOnly{chosen.__name__}", (ReadOnly, chosen), {})
        super().register(ours, read_only, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return may_read_admin(member_of(request))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send strangers to the one sign-in page, and say to others who may come in."""
        if member_of(request) is None:
            return ask_to_sign_in(request)
        return refuse_by_action(request, Action.ADMIN_READ)
