"""Tables of categories, items and a parent list: for which draft, or which version they are."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.programmes.keeping.queries.drafts import list_draft_names
from linli.programmes.keeping.terms import Matter

from .imports import UploadForm


def _drafts(matter: Matter) -> Choices:
    found = list_draft_names(matter)
    if not found:
        return [("", gettext("还没有草案，请先起草修订"))]
    return [("", gettext("请选择")), *((str(number), name) for number, name in found)]


class _DraftUploadForm(UploadForm):
    """Takes a file whose rows are written into a draft."""

    def options(self) -> dict[str, str]:
        """Say which draft the rows are for."""
        return {"draft": self.cleaned_data["draft"]}


class CatalogueUploadForm(_DraftUploadForm):
    """Takes a file of categories."""

    draft = forms.ChoiceField(label=_("写进哪份草案"), choices=lambda: _drafts(Matter.CATALOGUE))


class ListUploadForm(_DraftUploadForm):
    """Takes a file of items."""

    draft = forms.ChoiceField(label=_("写进哪份草案"), choices=lambda: _drafts(Matter.LIST))


class CalendarUploadForm(_DraftUploadForm):
    """Takes a file of days."""

    draft = forms.ChoiceField(label=_("写进哪份草案"), choices=lambda: _drafts(Matter.CALENDAR))


class ParentUploadForm(UploadForm):
    """Takes a parent list: which version of whose."""

    version = forms.CharField(
        label=_("上级清单的版本"),
        help_text=_("上级文件上写的，例如 2026。同一版可以分几次上传。"),
        max_length=20,
    )
    source = forms.CharField(label=_("哪里发的"), required=False, max_length=100)
    effective_from = forms.DateField(
        label=_("从哪天起"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )

    def options(self) -> dict[str, str]:
        """Say which version the file is."""
        given = self.cleaned_data
        return {
            "version": given["version"].strip(),
            "source": given["source"].strip(),
            "effective_from": given["effective_from"].isoformat(),
        }
