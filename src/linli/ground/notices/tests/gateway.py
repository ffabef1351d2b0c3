"""A server on this machine that stands in for an SMS gateway or a robot, and answers as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reply:
    """How the gateway answers one request."""

    status: int = 200
    body: str = '{"errcode": 0, "code": 0}'
    headers: tuple[tuple[str, str], ...] = ()
    delay_s: float = 0


@dataclass
class Gateway:
    """What was asked of it; answers in turn, the last one again and again."""

    url: str = ""
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def bodies(self) -> list[Any]:
        """The JSON bodies in the order in which they came."""
        return [one["body"] for one in self.asked]

    @property
    def messages_sent(self) -> int:
        """How many messages went out, when the gateway drops a key it has seen."""
        return len({one["headers"]["Idempotency-Key"] for one in self.asked})

    def answer(self, *replies: Reply) -> None:
        """Say how it will answer."""
        self.replies = list(replies)

    def next_reply(self) -> Reply:
        """Give the next answer; the last one stays."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def gateway_running() -> Iterator[Gateway]:
    """Run a gateway on a free port."""
    gateway = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(gateway))
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_port}/send?key=robot"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            asked = {"path": self.path, "headers": dict(self.headers), "body": body}
            gateway.asked.append(asked)
            _reply(self, gateway.next_reply())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler


def _reply(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(reply.delay_s)
    if reply.status == 0:
        handler.close_connection = True
        handler.connection.close()
        return
    handler.send_response(reply.status)
    for name, value in reply.headers:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(reply.body.encode())
