"""Django behind the ASGI front door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from linli.config import bridge

Start = Callable[..., object]


def ask(
    application: Callable[..., Iterable[bytes]],
    *,
    body: Iterable[bytes] = (b"",),
    headers: Iterable[tuple[bytes, bytes]] = (),
    path: str = "/",
) -> list[dict[str, Any]]:
    """Carry one request through the bridge and return what was sent."""
    pieces = list(body)
    received = iter(
        {"type": "http.request", "body": piece, "more_body": at < len(pieces) - 1}
        for at, piece in enumerate(pieces)
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(received, {"type": "http.disconnect"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "method": "POST",
        "path": path,
        "query_string": b"a=1",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 5),
        "headers": list(headers),
    }
    asyncio.run(bridge.Bridge(application, threads=1)(scope, receive, send))
    return sent


def echo(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


def test_a_body_in_pieces_arrives_whole() -> None:
    sent = ask(echo, body=[b"one ", b"two ", b"three"])
    assert sent[0]["status"] == 200
    assert sent[0]["headers"] == [(b"content-type", b"text/plain")]
    assert sent[1]["body"] == b"one two three"


def test_a_large_body_arrives_whole() -> None:
    piece = b"x" * 700_000
    assert ask(echo, body=[piece] * 4)[1]["body"] == piece * 4


def test_a_body_beyond_the_limit_is_refused_before_django_sees_it() -> None:
    piece = b"x" * (bridge.LARGEST_BODY_BYTES // 4)

    def never(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        raise AssertionError

    assert ask(never, body=[piece] * 5)[0]["status"] == 413


def test_a_sender_who_leaves_takes_no_thread() -> None:
    def never(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        raise AssertionError

    sent: list[dict[str, Any]] = []

    async def run() -> None:
        messages: Iterator[dict[str, Any]] = iter(
            [{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}]
        )

        async def receive() -> dict[str, Any]:
            return next(messages)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await bridge.Bridge(never, threads=1)({"headers": []}, receive, send)

    asyncio.run(run())
    assert sent == []


def test_headers_reach_django_as_it_names_them() -> None:
    seen: dict[str, Any] = {}

    def note(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        seen.update(environ)
        return echo(environ, start)

    headers = [
        (b"content-type", b"application/json"),
        (b"x-csrftoken", b"t"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"x"),
        (b"accept", b"y"),
        (b"x_csrftoken", b"forged"),
    ]
    ask(note, headers=headers, path="/t/龘")
    assert seen["CONTENT_TYPE"] == "application/json"
    assert seen["HTTP_X_CSRFTOKEN"] == "t"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["HTTP_ACCEPT"] == "x,y"
    assert seen["PATH_INFO"].encode("latin1").decode() == "/t/龘"
    assert seen["QUERY_STRING"] == "a=1"


class Streamed:
    """An answer made while it is sent, as Django's streaming responses are."""

    streaming = True

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"one", b"two")

    def close(self) -> None:
        self.closed = True


def test_a_streamed_answer_goes_out_piece_by_piece_and_is_closed() -> None:
    streamed = Streamed()

    def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("206 Partial Content", [])
        return streamed

    sent = ask(application)
    assert sent[0]["status"] == 206
    assert [message["body"] for message in sent[1:]] == [b"one", b"two", b""]
    assert streamed.closed
