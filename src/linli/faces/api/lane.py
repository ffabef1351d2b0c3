"""`POST /api/v1/reports` outside Django: what strangers report, in bursts, in batches.

A request is read here, gathered with others, and worked on together with them in one thread:
limits counted, bodies read, reports taken in by `cases.lane`, answers made. What a request is,
how it is refused and what it is answered is the operation's own in `reports`. Whoever shows a
session or a token is asked by Django who that is, and whatever is out of the ordinary is Django's
to answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone, translation
from pydantic import ValidationError

from linli.ground.kernel.batches import Batches, TooBusy
from linli.spine.cases.lane import report_cases
from linli.spine.cases.services.drafting import Arrival
from linli.spine.cases.terms import Reported

from .answers import answer_fault, refuse
from .callers import UNKNOWN
from .instants import HEADER, instant_of
from .limits import REPORTING, find_excess, too_many
from .parsing import MAX_BODY_KB, check_media_type, read_object
from .reports import ReportIn, answer_of, new_report
from .terms import ApiRefusal
from .validation import refusals_of

PATH = "/api/v1/reports"
ROOM = 512
INSTANT = HEADER.lower().encode()

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came, with the language it is answered in."""

    address: str
    kind: str
    instant: str | None
    language: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back, ready to be sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Lane:
    """An ASGI application; what is out of the ordinary it hands on to Django's."""

    def __init__(self, otherwise: Application) -> None:
        self._otherwise = otherwise
        self._batches: Batches[Asked, Answer] = Batches(work, room=ROOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on (ASGI)."""
        headers = ordinary(scope)
        if headers is None:
            await self._otherwise(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            return
        asked = _asked(scope, headers, body)
        try:
            answer = await self._batches.put(asked)
        except TooBusy:
            answer = _busy(asked.language)
        await send(
            {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        )
        await send({"type": "http.response.body", "body": answer.body})


def ordinary(scope: Scope) -> Headers | None:
    """Give the headers of an ordinary report of a stranger, or None for any other request."""
    if scope["path"] != PATH or scope["method"] != "POST" or scope["query_string"]:
        return None
    given: list[tuple[bytes, bytes]] = scope["headers"]
    headers = dict(given)
    is_ordinary = (
        len(headers) == len(given)
        and b"authorization" not in headers
        and _is_short(headers.get(b"content-length", b""))
        and _is_ours(headers.get(b"host", b""), scope["scheme"])
        and not _has_session(headers.get(b"cookie", b""))
    )
    return headers if is_ordinary else None


def _is_short(length: bytes) -> bool:
    return length.isdigit() and len(length) < 7 and int(length) <= MAX_BODY_KB * 1024


@lru_cache(maxsize=256)
def _is_ours(host: bytes, scheme: str) -> bool:
    domain, _port = split_domain_port(host.decode("latin1"))
    is_secure = scheme == "https" or not settings.SECURE_SSL_REDIRECT
    return is_secure and bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _has_session(cookies: bytes) -> bool:
    return bool(cookies) and settings.SESSION_COOKIE_NAME in parse_cookie(cookies.decode("latin1"))


async def _read(receive: Receive) -> bytes | None:
    """Receive the whole body; None when the sender went away. The server holds it to its length."""
    message = await receive()
    pieces = [message.get("body", b"")]
    while message.get("more_body"):
        message = await receive()
        pieces.append(message.get("body", b""))
    return None if message["type"] == "http.disconnect" else b"".join(pieces)


def _asked(scope: Scope, headers: Headers, body: bytes) -> Asked:
    instant = headers.get(INSTANT)
    client = scope.get("client")
    return Asked(
        client[0] if client else "",
        headers.get(b"content-type", b"").decode("latin1"),
        None if instant is None else instant.decode("latin1"),
        _language(headers.get(b"cookie", b""), headers.get(b"accept-language", b"")),
        body,
    )


@lru_cache(maxsize=1024)
def _language(cookies: bytes, accepted: bytes) -> str:
    """Choose the language as Django's middleware does."""
    request = HttpRequest()
    request.COOKIES = parse_cookie(cookies.decode("latin1"))
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted.decode("latin1")
    return translation.get_language_from_request(request)


def work(batch: Sequence[Asked]) -> list[Answer]:
    """Answer requests that came together, each as if it had come alone."""
    if not connection.in_atomic_block:
        # As Django does between requests: a connection that died is opened anew.
        connection.close_if_unusable_or_obsolete()
    try:
        return _work(batch)
    except Exception as fault:  # noqa: BLE001 - every one who waits is answered
        return [_fault(asked, fault) for asked in batch]


def _work(batch: Sequence[Asked]) -> list[Answer]:
    now = timezone.now()
    excess = find_excess(REPORTING, addresses=[asked.address for asked in batch], at=now)
    answers: dict[int, Answer] = {}
    read: dict[int, tuple[ReportIn, Arrival]] = {}
    for place, asked in enumerate(batch):
        if place in excess:
            answers[place] = _fault(asked, too_many(now))
            continue
        try:
            read[place] = _arrival(asked)
        except Exception as fault:  # noqa: BLE001 - one bad request refuses only itself
            answers[place] = _fault(asked, fault)
    outcomes = report_cases([arrival for _, arrival in read.values()])
    for (place, (sent, _)), outcome in zip(read.items(), outcomes, strict=True):
        answers[place] = _told(batch[place], sent, outcome)
    return [answers[place] for place in range(len(batch))]


def _arrival(asked: Asked) -> tuple[ReportIn, Arrival]:
    if not asked.body:
        raise ApiRefusal("api.body_missing")
    check_media_type(asked.kind)
    sent = ReportIn.model_validate(read_object(asked.body))
    report = new_report(sent, UNKNOWN, language=asked.language)
    return sent, Arrival(report=report, actor=UNKNOWN.actor, at=instant_of(asked.instant))


def _told(asked: Asked, sent: ReportIn, outcome: Reported | Exception) -> Answer:
    if isinstance(outcome, Exception):
        return _fault(asked, outcome)
    with translation.override(asked.language):
        body = answer_of(outcome, sent)
    headers = [*_headers(asked.language), (b"content-length", b"%d" % len(body))]
    return Answer(201 if outcome.created else 200, headers, body)


def _fault(asked: Asked, fault: Exception) -> Answer:
    with translation.override(asked.language):
        return _plain(_response(fault), asked.language)


def _response(fault: Exception) -> HttpResponse:
    if isinstance(fault, ValidationError):
        errors = [error | {"loc": ("body", *error["loc"])} for error in fault.errors()]
        first, *others = refusals_of(errors)
        return refuse(first, also=others)
    return answer_fault(fault, PATH)


def _busy(language: str) -> Answer:
    with translation.override(language):
        return _plain(refuse(ApiRefusal("api.busy", seconds=1)), language)


def _plain(response: HttpResponse, language: str) -> Answer:
    ours = dict(_headers(language))
    for name in ("Retry-After", "WWW-Authenticate"):
        if name in response:
            ours[name.lower().encode()] = response[name].encode()
    ours[b"content-length"] = b"%d" % len(response.content)
    return Answer(response.status_code, list(ours.items()), response.content)


@lru_cache
def _headers(language: str) -> tuple[tuple[bytes, bytes], ...]:
    """Give the headers that Django's middlewares would add; a test compares the two."""
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"content-language", language.encode()),
        (b"vary", b"Accept-Language, Cookie"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", settings.X_FRAME_OPTIONS.encode()),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
        (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
    ]
    if settings.SECURE_HSTS_SECONDS:
        age = f"max-age={settings.SECURE_HSTS_SECONDS}"
        headers.append((b"strict-transport-security", age.encode()))
    return tuple(headers)
