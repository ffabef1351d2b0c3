"""A new connection goes to the process that has the fewest."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from linli.config.turns import FairServer, Turns


async def say_nothing(scope: Any, receive: Any, send: Any) -> None:
    """Answer nobody."""


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        yield opened


def server(turns: Turns) -> FairServer:
    config = uvicorn.Config(say_nothing, lifespan="off", log_level="error")
    config.load()
    made = FairServer(config, turns=turns)
    made.lifespan = config.lifespan_class(config)
    return made


def test_whoever_has_the_fewest_is_next(tmp_path: Path) -> None:
    first, second = (Turns(tmp_path, own=own, processes=2) for own in (0, 1))

    first.tell(3)
    second.tell(2)

    assert second.is_mine()
    assert not first.is_mine()


def test_with_as_many_as_the_other_it_is_everybodys_turn(tmp_path: Path) -> None:
    turns = [Turns(tmp_path, own=own, processes=2) for own in (0, 1)]

    assert all(one.is_mine() for one in turns)


def test_who_starts_again_has_none(tmp_path: Path) -> None:
    first, second = (Turns(tmp_path, own=own, processes=2) for own in (0, 1))
    second.tell(5)

    Turns(tmp_path, own=1, processes=2)
    first.tell(1)

    assert second.is_mine()


def test_connections_are_shared_evenly(tmp_path: Path, listening: socket.socket) -> None:
    async def connect_eight() -> list[int]:
        servers = [server(Turns(tmp_path, own=own, processes=2)) for own in (0, 1)]
        shares = [listening.dup() for _ in servers]
        for one, share in zip(servers, shares, strict=True):
            await one.startup(sockets=[share])
        async with contextlib.AsyncExitStack() as callers:
            for _ in range(8):
                _reader, writer = await asyncio.open_connection(*listening.getsockname())
                callers.callback(writer.close)
            while sum(len(one.server_state.connections) for one in servers) < 8:
                await asyncio.sleep(0.001)
            held = [len(one.server_state.connections) for one in servers]
        for one, share in zip(servers, shares, strict=True):
            await one.shutdown(sockets=[share])
        return held

    assert asyncio.run(connect_eight()) == [4, 4]


def test_a_connection_another_does_not_take_is_taken_all_the_same(
    tmp_path: Path, listening: socket.socket
) -> None:
    Turns(tmp_path, own=1, processes=2)

    async def connect() -> int:
        only = server(Turns(tmp_path, own=0, processes=2))
        await only.startup(sockets=[listening])
        writers = []
        for _ in range(3):
            _reader, writer = await asyncio.open_connection(*listening.getsockname())
            writers.append(writer)
        while len(only.server_state.connections) < 3:
            await asyncio.sleep(0.001)
        held = len(only.server_state.connections)
        for writer in writers:
            writer.close()
        await only.shutdown()
        return held

    assert asyncio.run(connect()) == 3
