"""The web processes share one socket, and a new connection goes to the one that has the fewest.

Left to the kernel, connections are spread by chance: of eight that stay open, one process of two
gets six or more every third time, and its callers wait while the other is idle.
"""

from __future__ import annotations

import asyncio
import contextlib
import mmap
import socket
import struct
from pathlib import Path

import uvicorn

FILE = "connections"
LOOK_SECONDS = 0.001
# A process may be busy, or gone: nobody waits longer than this for another to take its turn.
MOST_LOOKS = 30
REFUSED_SECONDS = 0.1
_COUNT = struct.Struct("=I")


class Turns:
    """How many connections each process holds, in a file that all of them map.

    Args:
        folder: of the running instance.
        own: which of the processes this is, from 0.
        processes: how many there are.
    """

    def __init__(self, folder: Path, *, own: int, processes: int) -> None:
        self.own = own
        self.size = processes * _COUNT.size
        with (folder / FILE).open("a+b") as file:
            file.truncate(self.size)
            self.counts = mmap.mmap(file.fileno(), self.size)
        self.tell(0)

    def tell(self, count: int) -> None:
        """Let the others know how many connections are held here."""
        _COUNT.pack_into(self.counts, self.own * _COUNT.size, count)

    def is_mine(self) -> bool:
        """Say whether no other process holds fewer connections."""
        counts: list[int] = [one for (one,) in _COUNT.iter_unpack(self.counts[: self.size])]
        return counts[self.own] <= min(counts)


class FairServer(uvicorn.Server):
    """Takes connections from a shared socket in turn with the other processes."""

    def __init__(self, config: uvicorn.Config, *, turns: Turns) -> None:
        super().__init__(config)
        self.turns = turns
        self.taking: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take connections from the socket."""
        await super().startup(sockets=[])
        for one in sockets or ():
            one.setblocking(False)
            self.taking = asyncio.create_task(self.take(one))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and end those that are open in order."""
        if self.taking is not None:
            self.taking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.taking
        await super().shutdown(sockets=sockets)

    async def on_tick(self, counter: int) -> bool:
        """Tell now and then how many connections are left."""
        self.turns.tell(len(self.server_state.connections))
        return await super().on_tick(counter)

    async def take(self, listening: socket.socket) -> None:
        """Take one connection after the other, each when it is this process's turn."""
        loop = asyncio.get_running_loop()
        while True:
            await _wait_readable(listening)
            await self.wait_for_turn()
            try:
                taken, _address = listening.accept()
            except BlockingIOError:  # another process was faster
                continue
            except OSError:  # no file is left to open: those that are open go on
                await asyncio.sleep(REFUSED_SECONDS)
                continue
            taken.setblocking(False)
            await loop.connect_accepted_socket(self.speak, taken)
            self.turns.tell(len(self.server_state.connections))

    async def wait_for_turn(self) -> None:
        """Leave the connection to whoever has fewer, unless they do not take it."""
        for _look in range(MOST_LOOKS):
            self.turns.tell(len(self.server_state.connections))
            if self.turns.is_mine():
                return
            await asyncio.sleep(LOOK_SECONDS)

    def speak(self) -> asyncio.Protocol:
        """Make what speaks HTTP on a new connection, as uvicorn does."""
        make = self.config.http_protocol_class
        made: asyncio.Protocol = make(  # type: ignore[call-arg]
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
            _loop=asyncio.get_running_loop(),
        )
        return made


async def _wait_readable(listening: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    came: asyncio.Future[None] = loop.create_future()

    def tell() -> None:
        if not came.done():
            came.set_result(None)

    loop.add_reader(listening, tell)
    try:
        await came
    finally:
        loop.remove_reader(listening)
