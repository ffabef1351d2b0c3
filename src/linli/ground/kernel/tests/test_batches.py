"""What many bring at once is worked on together; nobody waits without end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from linli.ground.kernel.batches import Batches, TooBusy


class Work:
    """Doubles numbers, and holds on to a batch for as long as `gate` is shut."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        self.gate.wait(20)
        return [number * 2 for number in numbers]


async def until(is_true: Callable[[], bool]) -> None:
    while not is_true():
        await asyncio.sleep(0.001)


def test_everybody_gets_the_answer_to_what_they_brought() -> None:
    work = Work()

    async def bring() -> list[int]:
        batches = Batches(work, most=8)
        return await asyncio.gather(*(batches.put(number) for number in range(20)))

    assert asyncio.run(bring()) == [number * 2 for number in range(20)]
    assert [number for batch in work.batches for number in batch] == list(range(20))


def test_a_full_batch_does_not_wait_for_more() -> None:
    work = Work()

    async def bring() -> list[int]:
        batches = Batches(work, most=4, gather_s=3600)
        return await asyncio.gather(*(batches.put(number) for number in range(4)))

    assert asyncio.run(bring()) == [0, 2, 4, 6]
    assert work.batches == [[0, 1, 2, 3]]


def test_what_comes_while_one_batch_is_worked_on_makes_the_next() -> None:
    work = Work()
    work.gate.clear()

    async def bring() -> list[int]:
        batches = Batches(work, most=64, gather_s=0)
        first = batches.put(1)
        await until(lambda: bool(work.batches))
        later = [batches.put(number) for number in (2, 3, 4)]
        work.gate.set()
        return [await one for one in (first, *later)]

    assert asyncio.run(bring()) == [2, 4, 6, 8]
    assert work.batches == [[1], [2, 3, 4]]


def test_what_finds_no_room_is_refused_at_once() -> None:
    work = Work()
    work.gate.clear()

    async def bring() -> list[int]:
        batches = Batches(work, room=3, gather_s=0)
        under_way = batches.put(1)
        await until(lambda: bool(work.batches))
        waiting = [batches.put(number) for number in (2, 3, 4)]
        with pytest.raises(TooBusy):
            batches.put(5)
        work.gate.set()
        return [await one for one in (under_way, *waiting)]

    assert asyncio.run(bring()) == [2, 4, 6, 8]


def test_nobody_waits_longer_than_patience_lasts() -> None:
    work = Work()
    work.gate.clear()

    async def bring() -> list[BaseException | int]:
        batches = Batches(work, gather_s=0, patience_s=0)
        under_way = batches.put(1)
        await until(lambda: bool(work.batches))
        given_up = await asyncio.gather(under_way, batches.put(2), return_exceptions=True)
        work.gate.set()
        return [*given_up, await batches.put(3)]

    first, second, third = asyncio.run(bring())
    assert (type(first), type(second)) == (TooBusy, TooBusy)
    assert third == 6
    assert [3] in work.batches
    assert [2] not in work.batches


def test_a_fault_reaches_all_of_its_batch_and_none_of_the_next() -> None:
    def fail_once(numbers: Sequence[int]) -> list[int]:
        if 1 in numbers:
            raise ZeroDivisionError
        return list(numbers)

    async def bring() -> list[BaseException | int]:
        batches = Batches(fail_once, gather_s=0)
        both = await asyncio.gather(batches.put(1), batches.put(2), return_exceptions=True)
        return [*both, await batches.put(3)]

    first, second, third = asyncio.run(bring())
    assert (type(first), type(second)) == (ZeroDivisionError, ZeroDivisionError)
    assert third == 3
