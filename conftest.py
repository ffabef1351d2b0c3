"""What all tests share: a database of their own and no network.

With `DATABASE_URL` the given server is used; else a scratch cluster is started on a socket of
its own before the first test and removed after the last. Workers of xdist share it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

_RUNNING = contextlib.ExitStack()
_LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the scratch cluster once, in the controlling process.

    What is loaded before the first test stays to the end: nobody looks for garbage in it.
    """
    gc.disable()
    folder = os.environ.get("LINLI_TEST_CLUSTER")
    if folder and not hasattr(config, "workerinput"):
        from linli.config import cluster, testing

        Path(folder).mkdir(mode=0o700)
        (Path(folder) / "password").write_text(testing.SCRATCH_PASSWORD, encoding="ascii")
        _RUNNING.enter_context(cluster.scratch(folder=folder, durable=False))


def pytest_unconfigure() -> None:
    """Stop what was started."""
    _RUNNING.close()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and isinstance(address, tuple):
            assert address[0] in _LOCAL, f"a test reached for the network: {address}"
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_last_test() -> None:
    """Read again what processes keep for a second: the last test has undone what it wrote."""
    from linli.ground.kernel.fresh import forget_everything

    forget_everything()


@pytest.fixture(autouse=True)
def _the_usual_language() -> None:
    """Speak Chinese: a request of the last test may have left its own language behind."""
    from django.utils import translation

    translation.activate("zh-hans")


@pytest.fixture(autouse=True, scope="session")
def _all_pages_are_loaded() -> None:
    """Load every page first: one loaded while a test has replaced a function would keep that."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
