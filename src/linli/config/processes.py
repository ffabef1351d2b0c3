"""Keeps the processes of an instance running, and stops them in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import structlog

PR_SET_PDEATHSIG = 1
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 15.0
STEADY_SECONDS = 30.0
LOOK_SECONDS = 0.1

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Child:
    """One process to be kept running.

    `begin` starts it and returns when it is started; `stop_signal` asks it to end within
    `patience_s`, after which it is killed. Each time it ends soon after its start, the next start
    waits longer, up to `longest_delay_s`.
    """

    name: str
    begin: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    patience_s: float = 20.0
    longest_delay_s: float = LONGEST_DELAY_SECONDS
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    _delay_s: float = FIRST_DELAY_SECONDS
    _started: float = 0.0
    _not_before: float = 0.0

    def start(self) -> None:
        """Start the process now."""
        self._started = time.monotonic()
        self.process = self.begin()

    def tend(self) -> None:
        """Start the process again when it has ended, later each time it ends soon."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if self._not_before <= self._started:
            self._plan(now)
        elif now >= self._not_before:
            self.restarts += 1
            with contextlib.suppress(Exception):
                self.start()

    def _plan(self, now: float) -> None:
        steady = now - self._started > STEADY_SECONDS
        self._delay_s = FIRST_DELAY_SECONDS if steady else self._delay_s
        self._not_before = now + self._delay_s
        self._delay_s = min(self._delay_s * 2, self.longest_delay_s)
        code = self.process.returncode if self.process else None
        log.warning("process ended", process=self.name, code=code, restart_s=self._delay_s / 2)

    def stop(self) -> None:
        """Ask the process to end, and end it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.patience_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass(kw_only=True)
class Supervisor:
    """Runs children in the order given and stops them in the opposite order."""

    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def add(self, child: Child) -> None:
        """Start one more child, which is stopped before all the earlier ones."""
        child.start()
        self.children.append(child)

    def tend_until_stopped(self) -> None:
        """Keep all children running until `stopping` is set."""
        while not self.stopping.wait(LOOK_SECONDS):
            self.tend()

    def tend(self) -> None:
        """Look after every child once."""
        for child in self.children:
            child.tend()

    def remove(self, name: str) -> None:
        """Stop one child for good."""
        child = next(child for child in self.children if child.name == name)
        self.children.remove(child)
        child.stop()

    def stop(self) -> None:
        """Stop the children, the last started first."""
        while self.children:
            self.children.pop().stop()

    @contextlib.contextmanager
    def heeding_signals(self) -> Iterator[None]:
        """Turn SIGINT and SIGTERM into an orderly stop.

        Set explicitly: a background child of a shell starts with SIGINT ignored.
        """

        def ask(number: int, frame: FrameType | None) -> None:
            self.stopping.set()

        before = {sign: signal.signal(sign, ask) for sign in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)


def begin_python(
    *module: str,
    environment: Mapping[str, str],
    log_file: Path | None = None,
    stdout: int | None = None,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start one of our own modules in a session of its own; it ends when we end.

    Args:
        module: module name and arguments.
        log_file: where its words go; None keeps our standard error.
        keep: file descriptors it inherits.
    """
    import sys

    with contextlib.ExitStack() as stack:
        words: IO[bytes] | None = None
        if log_file is not None:
            log_file.parent.mkdir(parents=True, exist_ok=True)
            words = stack.enter_context(log_file.open("ab"))
        return subprocess.Popen(
            [sys.executable, "-m", *module],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=stdout if stdout is not None else words,
            stderr=words,
            pass_fds=tuple(keep),
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - a single C call
        )


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the supervisor is gone, however it went."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
