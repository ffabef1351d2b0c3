"""Gathers what many callers bring at once and works on it together, in a thread beside the loop.

While one batch is worked on, the next gathers, and those just answered have a moment to come
again: under load batches grow by themselves, alone nobody waits longer than that moment. What
can't be taken in soon is refused at once, and nobody waits for ever.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Given = TypeVar("Given")
Done = TypeVar("Done")
_LOOK_SECONDS = 1.0


class TooBusy(Exception):
    """So much is waiting that more would wait too long, or what was given waited too long."""


class Batches(Generic[Given, Done]):
    """Hands batches to `work`, one after the other; for one event loop.

    Args:
        work: gives one result for each thing given, in their order; runs in a thread.
        most: things in one batch.
        gather_s: seconds a batch that is not full waits for others once it could begin.
        room: things that may wait; more are refused.
        patience_s: seconds after which one that waits is given up; what became of it is open.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Given]], Sequence[Done]],
        *,
        most: int = 64,
        gather_s: float = 0.002,
        room: int = 1024,
        patience_s: float = 10.0,
    ) -> None:
        self._work = work
        self._most, self._gather_s = most, gather_s
        self._room, self._patience_s = room, patience_s
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="batches")
        self._waiting: deque[tuple[Given, asyncio.Future[Done]]] = deque()
        self._since: deque[tuple[float, asyncio.Future[Done]]] = deque()
        self._busy = False
        self._gathering: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None

    def put(self, given: Given) -> asyncio.Future[Done]:
        """Add one thing and give the future of its result.

        Raises:
            TooBusy: when there is no room; the future may raise it too.
        """
        if len(self._waiting) >= self._room:
            raise TooBusy
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Done] = loop.create_future()
        self._waiting.append((given, future))
        self._since.append((loop.time(), future))
        if self._watch is None:
            self._watch = loop.call_later(_LOOK_SECONDS, self._give_up)
        if not self._busy:
            self._gather(loop)
        return future

    def _gather(self, loop: asyncio.AbstractEventLoop) -> None:
        if len(self._waiting) >= self._most:
            self._start()
        elif self._gathering is None:
            self._gathering = loop.call_later(self._gather_s, self._start)

    def _start(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        if self._busy or not self._waiting:
            return
        self._busy = True
        size = min(self._most, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(size)]
        loop = asyncio.get_running_loop()
        worked = loop.run_in_executor(self._pool, self._work, [given for given, _ in batch])
        worked.add_done_callback(lambda done: self._deliver([one for _, one in batch], done))

    def _deliver(
        self, futures: list[asyncio.Future[Done]], worked: asyncio.Future[Sequence[Done]]
    ) -> None:
        self._busy = False
        if self._waiting:
            self._gather(asyncio.get_running_loop())
        fault = worked.exception()
        results = worked.result() if fault is None else [None] * len(futures)
        for future, result in zip(futures, results, strict=True):
            if future.done():
                continue
            if fault is not None:
                future.set_exception(fault)
            else:
                future.set_result(result)  # type: ignore[arg-type]

    def _give_up(self) -> None:
        """Give up what waited too long, and look again as long as anything waits."""
        loop = asyncio.get_running_loop()
        oldest = loop.time() - self._patience_s
        while self._since and (self._since[0][1].done() or self._since[0][0] <= oldest):
            _, future = self._since.popleft()
            if not future.done():
                future.set_exception(TooBusy())
        while self._waiting and self._waiting[0][1].done():
            self._waiting.popleft()
        self._watch = loop.call_later(_LOOK_SECONDS, self._give_up) if self._since else None
