"""A server on this machine that stands in for WeChat's and gives ids for codes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class FakeWeChat:
    """What it was asked, and the id it gives for each code; others are refused as WeChat does."""

    url: str = ""
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def answer(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        """Answer one exchange of a code."""
        self.asked.append(asked)
        person = self.people.get(asked.get("code", [""])[0])
        if person is None:
            return {"errcode": 40029, "errmsg": "invalid code"}
        return {"access_token": "token", "expires_in": 7200, "scope": "snsapi_base", **person}


@contextmanager
def wechat_running() -> Iterator[FakeWeChat]:
    """Run it on a free port."""
    fake = FakeWeChat()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(fake: FakeWeChat) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = json.dumps(fake.answer(parse_qs(body))).encode()
            self.send_response(200 if self.path == "/sns/oauth2/access_token" else 404)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
