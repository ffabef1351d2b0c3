"""The reason somebody gives for opening the reporter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LEAST_CHARACTERS = 4


class ReporterForm(forms.Form):
    """Asks why; the reporter will read it."""

    reason = forms.CharField(
        label=_("为什么要看"),
        help_text=_("反映人会看到这句话，例如“电话核实井盖的准确位置”。"),
        min_length=LEAST_CHARACTERS,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
