"""The front door: one ASGI application on one port.

`/healthz` is answered here, and reports of strangers go by the fast lane. Everything else goes to
Django, which runs as WSGI in worker threads; until the instance is ready, a page says how far the
preparation is.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import threading
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import linli
from linli.config.checkout import read_phase
from linli.config.garbage import keep_what_is_loaded
from linli.config.health import Health, look

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Pages are mostly computed: more threads only take turns and make the slowest page slower.
THREADS = int(os.environ.get("LINLI_WEB_THREADS", "2"))
PAGE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>邻里 Linli</title></head>
<body><main><h1>邻里正在准备 · Linli is getting ready</h1>
<p role="status">{words}</p><p><progress max="1" value="{share}">{percent} %</progress></p>
<p>本页会自动刷新。 · This page refreshes by itself.</p></main></body></html>"""


class Door:
    """Answers every request of one web process."""

    def __init__(self, *, folder: Path) -> None:
        self.folder = folder
        self.django: Application | None = None
        self.ready = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] == "/healthz":
            await self.tell_health(send)
        elif self.is_open():
            await self.django(scope, receive, send)  # type: ignore[misc]
        else:
            await self.ask_for_patience(send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Begin to load Django as soon as the port answers, unless it is loaded already."""
        await receive()
        if self.django is None:
            threading.Thread(target=self.load_django, daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    def load_django(self) -> None:
        """Load Django, or end the process so that it is started again."""
        try:
            opened = applications()
            from linli.ground.kernel.changes import begin_listening

            begin_listening()
            keep_what_is_loaded()
            self.django = opened
        except BaseException:  # noqa: BLE001 - whatever it was, this process is of no use
            traceback.print_exc()
            os._exit(1)

    def is_open(self) -> bool:
        """Tell whether preparation is over and Django is loaded."""
        if not self.ready:
            self.ready = self.django is not None and bool(read_phase(self.folder)["ready"])
        return self.ready

    async def tell_health(self, send: Send) -> None:
        """Answer 200 when all parts work, else 503, with what is known."""
        if self.is_open():
            health = await look(os.environ["DATABASE_URL"])
        else:
            health = Health(database="preparing", jobs="preparing", relay="preparing")
        body = {"version": linli.VERSION, **health.facts()}
        await answer(
            send,
            status=200 if health.is_good else 503,
            kind=b"application/json",
            body=json.dumps(body).encode(),
        )

    async def ask_for_patience(self, send: Send) -> None:
        """Show how far the preparation is."""
        phase = read_phase(self.folder)
        share = float(str(phase["share"]))
        page = PAGE.format(
            words=html.escape(str(phase["words"])), share=share, percent=round(share * 100)
        )
        await answer(send, status=503, kind=b"text/html; charset=utf-8", body=page.encode())


def applications() -> Application:
    """Give Django, behind the fast lane unless a setting switches it off."""
    from django.conf import settings

    from linli.config.bridge import Bridge
    from linli.config.wsgi import application
    from linli.faces.api.lane import Lane

    django = Bridge(application, threads=THREADS)
    return Lane(otherwise=django) if settings.LANE else django


async def answer(send: Send, *, status: int, kind: bytes, body: bytes) -> None:
    """Send one whole answer that nobody may keep."""
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if status == 503:
        headers.append((b"retry-after", b"2"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serve on the socket the supervisor opened."""
    import socket

    import uvicorn

    from linli.config.turns import FairServer, Turns

    listening = socket.socket(fileno=int(os.environ["LINLI_SOCKET"]))
    door = Door(folder=Path(os.environ["LINLI_RUN"]))
    if read_phase(door.folder)["ready"]:
        # Started again in a running instance: callers wait a moment rather than be sent away.
        door.load_django()
    turns = Turns(
        door.folder,
        own=int(os.environ.get("LINLI_WEB_NUMBER", "0")),
        processes=int(os.environ.get("LINLI_WEB_PROCESSES", "1")),
    )
    config = uvicorn.Config(
        door,
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=os.environ.get("LINLI_HTTPS") == "1",
        timeout_graceful_shutdown=10,
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(FairServer(config, turns=turns).serve(sockets=[listening]))


if __name__ == "__main__":
    main()
