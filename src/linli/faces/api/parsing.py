"""JSON from strangers, read strictly: one meaning or a clear refusal."""

from __future__ import annotations

import json
from typing import Any, Never

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from ninja.parser import Parser

from .terms import ApiRefusal

MAX_BODY_KB = 256
MAX_DEPTH = 32


class StrictParser(Parser):
    """Reads JSON bodies; refuses what another reader could take to mean something else."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Read the body as one JSON object.

        Raises:
            ApiRefusal: in words, for every fault.
        """
        return read_object(_body(request))


def _body(request: HttpRequest) -> bytes:
    check_media_type(request.content_type or "")
    try:
        body = request.body
    except RequestDataTooBig as fault:
        raise ApiRefusal("api.body_too_large", limit_kb=MAX_BODY_KB) from fault
    except UnreadablePostError as fault:
        raise ApiRefusal("api.body_unreadable") from fault
    if len(body) > MAX_BODY_KB * 1024:
        raise ApiRefusal("api.body_too_large", limit_kb=MAX_BODY_KB)
    return body


def check_media_type(stated: str) -> None:
    """Refuse a body that does not say it is JSON.

    Args:
        stated: the header Content-Type.

    Raises:
        ApiRefusal: `api.media_type`.
    """
    if stated.partition(";")[0].strip().lower() != "application/json":
        raise ApiRefusal("api.media_type")


def read_object(body: bytes) -> dict[str, Any]:
    """Read one JSON object from UTF-8 bytes.

    Raises:
        ApiRefusal: for other encodings, faults of syntax, keys given twice, NaN and infinity,
            nesting beyond 32 levels, U+0000 and halves of characters.
    """
    try:
        value = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_refuse_constant)
    except UnicodeDecodeError as fault:
        raise ApiRefusal("api.body_not_utf8") from fault
    except json.JSONDecodeError as fault:
        raise ApiRefusal("api.body_not_json", line=fault.lineno, column=fault.colno) from fault
    except RecursionError as fault:
        raise ApiRefusal("api.body_too_deep") from fault
    except ValueError as fault:
        # Python refuses integers of more than 4300 digits.
        raise ApiRefusal("api.number_too_long") from fault
    if not isinstance(value, dict):
        raise ApiRefusal("api.body_not_object")
    # Faulty characters come only as escapes: raw ones are no JSON or no UTF-8.
    if b"\\u" in body or body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        _check(value, field="", depth=0)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise ApiRefusal("api.duplicate_key", field=twice[:80], key=_printable(twice))
    return found


def _refuse_constant(name: str) -> Never:
    raise ApiRefusal("api.number_not_finite", value=name)


def _check(value: object, *, field: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ApiRefusal("api.body_too_deep")
    if isinstance(value, str):
        check_text(value, field=field)
    elif isinstance(value, dict):
        for key, held in value.items():
            check_text(key, field=field)
            _check(held, field=f"{field}.{key}" if field else key, depth=depth + 1)
    elif isinstance(value, list):
        for held in value:
            _check(held, field=field, depth=depth + 1)


def check_text(text: str, *, field: str) -> None:
    """Refuse text that the database can't hold.

    Raises:
        ApiRefusal: for U+0000 and for halves of surrogate pairs.
    """
    if "\0" in text:
        raise ApiRefusal("api.nul_character", field=_printable(field))
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise ApiRefusal("api.broken_character", field=_printable(field)) from fault


def _printable(text: str) -> str:
    return text[:80].replace("\0", "␀").encode(errors="replace").decode()
