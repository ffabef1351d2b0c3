"""The styles and scripts of a page, named once for a process: a build comes with a restart."""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.safestring import SafeString
from django_vite.templatetags.django_vite import vite_asset

register = template.Library()


@register.simple_tag
@cache
def built_asset(path: str) -> SafeString:
    """Name what was built from an entry point, as `vite_asset` does."""
    return SafeString(vite_asset(path))
