"""Forms whose refusals stand beside the field they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext

from linli.ground.kernel.errors import Refusal


class RefusableForm(forms.Form):
    """A form whose room may still refuse what was typed.

    `shown_at` names the field of the form at which a field of the room is shown, where they differ.
    """

    shown_at: ClassVar[Mapping[str, str]] = {}

    def blame(self, refusal: Refusal) -> None:
        """Put the room's refusal beside the field it is about, or above the form."""
        name = self.find_field(refusal.field)
        self.add_error(name if name in self.fields else None, refusal.words(gettext))

    def find_field(self, name: str) -> str:
        """Find the field of the form that shows a field of the room."""
        return self.shown_at.get(name, name)
