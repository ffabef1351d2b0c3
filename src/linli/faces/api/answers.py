"""The one form in which the API says no, and how every failure comes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id

from .parsing import MAX_BODY_KB
from .statuses import status_of
from .terms import ApiRefusal
from .validation import refusals_of

log = structlog.get_logger(__name__)
RETRY_AFTER_S = 5


def refuse(refusal: Refusal, *, also: Sequence[Refusal] = ()) -> HttpResponse:
    """Answer a refusal in the common form, in the caller's language.

    Args:
        also: further faults of the same request; the first is the error, all are listed.
    """
    error: dict[str, object] = _said(refusal)
    if also:
        error["others"] = [_said(other) for other in also]
    response = HttpResponse(
        msgspec.json.encode({"error": error}),
        status=status_of(refusal.code),
        content_type="application/json; charset=utf-8",
    )
    response["Content-Language"] = get_language() or "zh-hans"
    patch_vary_headers(response, ["Accept-Language"])
    if response.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    if "seconds" in refusal.params or response.status_code == 503:
        response["Retry-After"] = str(refusal.params.get("seconds", RETRY_AFTER_S))
    return response


def _said(refusal: Refusal) -> dict[str, object]:
    return {
        "code": refusal.code,
        "message": refusal.words(gettext),
        "field": refusal.field or None,
    }


def answer_failures(api: NinjaAPI) -> None:
    """Give every failure inside an operation its answer."""
    api.add_exception_handler(ValidationError, _answer_validation)
    api.add_exception_handler(HttpError, _answer_http)
    api.add_exception_handler(Http404, lambda *_: refuse(ApiRefusal("api.not_found")))
    api.add_exception_handler(Exception, _answer_any)
    for kind, code in _BROKEN_BODIES.items():
        api.add_exception_handler(kind, _broken_body(code))


_BROKEN_BODIES: Mapping[type[Exception], str] = {
    RequestDataTooBig: "api.body_too_large",
    UnreadablePostError: "api.body_unreadable",
    MultiPartParserError: "api.body_unreadable",
}


def _broken_body(code: str) -> Any:
    refusal = ApiRefusal(code, limit_kb=MAX_BODY_KB)
    return lambda _request, _fault: refuse(refusal)


def _answer_validation(request: HttpRequest, fault: Any) -> HttpResponse:
    first, *others = refusals_of(fault.errors)
    return refuse(first, also=others)


def _answer_http(request: HttpRequest, fault: Any) -> HttpResponse:
    # Ninja wraps what its parser raises.
    if isinstance(fault.__cause__, Refusal):
        return refuse(fault.__cause__)
    if fault.status_code == 401:
        return refuse(ApiRefusal("api.sign_in_needed"))
    return refuse(ApiRefusal("api.body_unreadable"))


def _answer_any(request: HttpRequest, fault: Any) -> HttpResponse:
    return answer_fault(fault, request.path)


def answer_fault(fault: Exception, path: str) -> HttpResponse:
    """Answer what a command raised: a refusal in words, else that it is our own fault."""
    if isinstance(fault, Refusal):
        return refuse(fault)
    if isinstance(fault, OperationalError | InterfaceError):
        log.error("api.unavailable", path=path, exc_info=fault)
        return refuse(ApiRefusal("api.unavailable"))
    reference = new_id().hex[-12:]
    log.error("api.failed", reference=reference, path=path, exc_info=fault)
    return refuse(ApiRefusal("api.failed", reference=reference))
