"""Tags of the page of checks."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag
def share_of(part: int, whole: int, fewest: int) -> str:
    """Say a share in per cent; of too few it is not said, so that one case makes no rate."""
    if whole < fewest:
        return gettext("太少")
    return f"{part / whole:.0%}"
