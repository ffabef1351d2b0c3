"""The API as one object: strict in, one form out, documented in the caller's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import BaseRenderer

from linli.ground.kernel import pictures
from linli.ground.kernel.marking import N_

from .answers import answer_failures, refuse
from .parsing import MAX_BODY_KB, StrictParser
from .terms import ApiRefusal

View = Callable[..., HttpResponseBase]
_SPOKEN = ("summary", "description", "title")
JSON_BYTES = MAX_BODY_KB * 1024
# The form around a photo takes some bytes too.
PHOTO_BYTES = pictures.MAX_BYTES + 64 * 1024
TITLE = N_("邻里 API")
DESCRIPTION = N_(
    "上报、查询与办理。上报、传照片、凭码查询、定位、目录和辖区不需要账号；其余需登录，"
    "或在 Authorization 头中出示令牌。所有错误形式相同：error.code、error.message、error.field。"
)


class JsonRenderer(BaseRenderer):
    """Writes answers as JSON in plain UTF-8."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Write one answer."""
        return msgspec.json.encode(data)


class Door(NinjaAPI):
    """The API of version 1."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation by its function."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Describe the API in the language of the request."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        _translate(schema)
        return schema

    def guarded_urls(self) -> list[URLPattern]:
        """Give the addresses, each with the answers that lie outside operations."""
        patterns = [one for one in self.urls[0] if isinstance(one, URLPattern)]
        kept = [one for one in patterns if one.name != "api-root"]
        for one in kept:
            one.callback = guarded(one.callback)
        return kept


def guarded(view: View) -> View:
    """Answer what no operation can read, and wrong methods; keep answers out of shared caches."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = refuse_unreadable(request) or view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.headers["Allow"]
            response = refuse(ApiRefusal("api.method_not_allowed", method=request.method))
            response["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "no-store")
        if "/reports/" in request.path or "/uploads/" in request.path:
            # The address holds a secret; a refusal would write it into the log.
            response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    update_wrapper(answer, view)
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def refuse_unreadable(request: HttpRequest) -> HttpResponse | None:
    """Refuse bodies too large to be read, and addresses with U+0000, or give None."""
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return refuse(ApiRefusal("api.nul_character"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) <= JSON_BYTES:
        return None
    if not request.path.endswith("/photos"):
        return refuse(ApiRefusal("api.body_too_large", limit_kb=MAX_BODY_KB))
    if int(length) > PHOTO_BYTES:
        limit_mb = pictures.MAX_BYTES // 1024**2
        return refuse(pictures.PhotoRefused("photo.too_large", field="file", limit_mb=limit_mb))
    return None


def not_found(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer an address the API does not have."""
    return refuse(ApiRefusal("api.not_found"))


def _translate(node: Any) -> None:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in _SPOKEN and isinstance(value, str) and value:
                node[key] = gettext(value)  # type: ignore[index]
            else:
                _translate(value)
    elif isinstance(node, list):
        for value in node:
            _translate(value)


api = Door(
    title=TITLE,
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    parser=StrictParser(),
    renderer=JsonRenderer(),
)
answer_failures(api)
