"""Middlewares that only pages need: answers for programs are made without them."""

from __future__ import annotations

from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest


class _ForPages:
    """Lets the requests of programs pass by."""

    get_response: Any
    programs = tuple(settings.CONTENT_SECURITY_POLICY["EXCLUDE_URL_PREFIXES"])

    def __call__(self, request: HttpRequest) -> Any:
        """Go on, with what pages need if this is one."""
        if request.path_info.startswith(self.programs):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class PolicyMiddleware(_ForPages, CSPMiddleware):
    """Adds the content security policy to pages."""


class PageMessageMiddleware(_ForPages, MessageMiddleware):
    """Keeps messages for the next page."""
