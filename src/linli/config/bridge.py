"""Django's WSGI application inside the ASGI front door, one worker thread per request.

The whole body is received before a thread is taken, so a slow sender holds no thread; a large
one waits in a file. One hop to the thread and one back make it several times quicker than the
general-purpose bridges, which carry every piece of body and answer over the border.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import IO, Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Environment = dict[str, Any]

IN_MEMORY_BYTES = 1024**2
LARGEST_BODY_BYTES = 64 * 1024**2


class TooLarge(Exception):
    """The body is larger than anything Linli takes."""


class Gone(Exception):
    """The sender went away before the body was complete."""


class Answer:
    """What the WSGI application answered."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.pieces: Iterable[bytes] = ()

    def start(
        self, status: str, headers: list[tuple[str, str]], fault: object = None
    ) -> Callable[[bytes], object]:
        """Take status and headers (WSGI's `start_response`)."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(n.lower().encode("latin1"), v.encode("latin1")) for n, v in headers]
        return lambda piece: None


class Bridge:
    """An ASGI application that runs a WSGI application in threads."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry one request over and its answer back."""
        try:
            body = await read_body(receive)
        except TooLarge:
            await refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        except Gone:
            return
        loop = asyncio.get_running_loop()
        with body:
            answer, first = await loop.run_in_executor(
                self.pool, self.respond, environment(scope, body)
            )
            await send(
                {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
            )
            await self.send_pieces(answer, first, send)

    def respond(self, environ: Environment) -> tuple[Answer, bytes | None]:
        """Run the application; a short answer is whole when this returns."""
        answer = Answer()
        answer.pieces = self.application(environ, answer.start)
        if getattr(answer.pieces, "streaming", False):
            return answer, None
        try:
            return answer, b"".join(answer.pieces)
        finally:
            close(answer.pieces)

    async def send_pieces(self, answer: Answer, whole: bytes | None, send: Send) -> None:
        """Send the body at once, or piece by piece when it is made while it is sent."""
        if whole is not None:
            await send({"type": "http.response.body", "body": whole})
            return
        loop = asyncio.get_running_loop()
        pieces = iter(answer.pieces)
        try:
            while (piece := await loop.run_in_executor(self.pool, next, pieces, None)) is not None:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await loop.run_in_executor(self.pool, close, answer.pieces)


def close(pieces: Iterable[bytes]) -> None:
    """Tell the application that its answer is no longer needed, as WSGI demands."""
    if hasattr(pieces, "close"):
        pieces.close()


async def read_body(receive: Receive) -> IO[bytes]:
    """Receive the whole body.

    Raises:
        TooLarge: beyond `LARGEST_BODY_BYTES`.
        Gone: when the sender leaves in the middle.
    """
    message = await receive()
    if not message.get("more_body"):
        return io.BytesIO(message.get("body", b""))
    body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115
    try:
        await collect(message, receive, body)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


async def collect(message: dict[str, Any], receive: Receive, body: IO[bytes]) -> None:
    """Write a body that comes in pieces into a file; `message` is the first of them."""
    size = 0
    while True:
        if message["type"] == "http.disconnect":
            raise Gone
        size += body.write(message.get("body", b""))
        if size > LARGEST_BODY_BYTES:
            raise TooLarge
        if not message.get("more_body"):
            return
        message = await receive()


def environment(scope: Scope, body: IO[bytes]) -> Environment:
    """Describe the request as WSGI (PEP 3333) wants it."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: Environment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        add_header(environ, name, value.decode("latin1"))
    if "CONTENT_LENGTH" not in environ and "HTTP_TRANSFER_ENCODING" in environ:
        environ["CONTENT_LENGTH"] = str(body.seek(0, io.SEEK_END))
        body.seek(0)
    return environ


def add_header(environ: Environment, name: bytes, value: str) -> None:
    """Add one header; names with an underscore could pose as others and are dropped."""
    if b"_" in name:
        return
    key = name.decode("latin1").upper().replace("-", "_")
    if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
        key = f"HTTP_{key}"
    joint = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value


async def refuse(send: Send, status: HTTPStatus) -> None:
    """Answer with a bare status."""
    await send(
        {
            "type": "http.response.start",
            "status": status.value,
            "headers": [(b"content-length", b"0"), (b"connection", b"close")],
        }
    )
    await send({"type": "http.response.body", "body": b""})
