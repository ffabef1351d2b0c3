"""Tags of the pages of the territory."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from linli.ground.territory.terms import Fault

register = template.Library()


@register.filter
def spoken(found: Fault) -> str:
    """Say what is wrong, in the language of the page."""
    return found.words(gettext)
