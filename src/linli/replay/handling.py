"""Staff play every case by the file's times, through the same commands the desk uses.

What the file tells of is when a matter was opened and closed. So a case is verified, filed,
dispatched and accepted at the time of opening, and handled, checked and closed at the time of
closing. The file has no photos: the evidence is a plain picture. Several processes share the
work; it is the part of a replay that computes.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from .reading import Row
from .terms import Ground

PROCESSES = max(1, min(4, os.cpu_count() or 1))
CHUNK = 50
LOOK_S = 1.0


def handle_all(
    rows: Sequence[Row],
    *,
    ground: Ground,
    environment: Mapping[str, str],
    progress: Callable[[int], None],
) -> Counter[str]:
    """Play the handling of all rows and return refused actions by code; none is expected.

    Args:
        environment: what the processes need to find the scratch database.
        progress: told how many rows are done, now and then.
    """
    refused: Counter[str] = Counter()
    done = 0
    chunks = [list(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
    with ProcessPoolExecutor(
        PROCESSES,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(dict(environment), ground, os.getpid()),
    ) as pool:
        for future in as_completed([pool.submit(_play_chunk, chunk) for chunk in chunks]):
            played, codes = future.result()
            refused.update(codes)
            done += played
            progress(done)
    return refused


_play: list[Callable[[Row], str]] = []


def _begin(environment: Mapping[str, str], ground: Ground, parent: int) -> None:
    """Set up Django in a process of the pool."""
    os.environ.update(environment)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    import django

    django.setup()
    from .playing import Play

    _play.append(Play(ground))


def _end_with(parent: int) -> None:
    """End when the replay is gone, however it went: nobody else would stop us."""
    while os.getppid() == parent:
        time.sleep(LOOK_S)
    os._exit(1)


def _play_chunk(rows: list[Row]) -> tuple[int, list[str]]:
    codes = [_play[0](row) for row in rows]
    return len(rows), [code for code in codes if code]
