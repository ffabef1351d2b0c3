"""The reports through the public door: many at once, each as often as it takes to be answered.

A report keeps its id when it is sent again, so that a lost answer never makes a second case.
"""

from __future__ import annotations

import http.client
import json
import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from .reading import Row

PATH = "/api/v1/reports"
CONNECTIONS = 8
ATTEMPTS = 8
FIRST_PAUSE_S = 0.2
TIMEOUT_S = 60
PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the instance said to one report; `refusal` is the error's code, empty when accepted."""

    client_id: UUID
    status: int
    refusal: str = ""
    is_doubtful: bool = False


def send_all(
    rows: Sequence[Row],
    *,
    address: str,
    language: str,
    categories: Mapping[str, str],
    progress: Callable[[int], None],
) -> dict[UUID, Answer]:
    """Send every row and return the answers by client id.

    Args:
        address: where the instance listens, e.g. `http://127.0.0.1:8000/`.
        categories: key of each category of the file.
        progress: told how many are answered, now and then.
    """
    waiting: queue.SimpleQueue[Row] = queue.SimpleQueue()
    for row in rows:
        waiting.put(row)
    answers: dict[UUID, Answer] = {}
    faults: list[BaseException] = []

    def work() -> None:
        try:
            _drain(waiting, answers, address, language, categories)
        except BaseException as fault:  # noqa: BLE001 - raised again in the main thread
            faults.append(fault)

    threads = [threading.Thread(target=work, daemon=True) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    _watch(threads, lambda: progress(len(answers)))
    if faults:
        raise faults[0]
    return answers


def _watch(threads: Iterable[threading.Thread], tell: Callable[[], None]) -> None:
    for thread in threads:
        while thread.is_alive():
            thread.join(timeout=2)
            tell()


def _drain(
    waiting: queue.SimpleQueue[Row],
    answers: dict[UUID, Answer],
    address: str,
    language: str,
    categories: Mapping[str, str],
) -> None:
    door = _Door(address, language)
    try:
        while True:
            try:
                row = waiting.get_nowait()
            except queue.Empty:
                return
            answers[row.client_id] = door.send(row, categories[row.category])
    finally:
        door.close()


class _Door:
    """One connection that is kept open, and opened again when it breaks."""

    def __init__(self, address: str, language: str) -> None:
        where = urlsplit(address)
        self._connection = http.client.HTTPConnection(
            where.hostname or "127.0.0.1", where.port, timeout=TIMEOUT_S
        )
        self._language = language

    def close(self) -> None:
        self._connection.close()

    def send(self, row: Row, category: str) -> Answer:
        """Send one report until it is answered for good."""
        body = json.dumps(report_of(row, category), ensure_ascii=False).encode()
        status, told = 0, b""
        for attempt in range(ATTEMPTS):
            try:
                status, told = self._post(body, row)
            except (OSError, http.client.HTTPException):
                self._connection.close()
                status = 0
            if status and status not in PASSING:
                break
            time.sleep(FIRST_PAUSE_S * 2**attempt)
        return _answer(row.client_id, status, told)

    def _post(self, body: bytes, row: Row) -> tuple[int, bytes]:
        headers = {
            "Content-Type": "application/json",
            "Accept-Language": self._language,
            "X-Linli-At": row.opened.isoformat(),
        }
        self._connection.request("POST", PATH, body=body, headers=headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def report_of(row: Row, category: str) -> dict[str, object]:
    """Write a row as the body of a report."""
    body: dict[str, object] = {
        "id": str(row.client_id),
        "text": row.text,
        "category": category,
        "address": row.address,
        "original_number": row.original,
        "anonymous": True,
    }
    if row.point is not None:
        body["lon"], body["lat"] = row.point
    return body


def _answer(client_id: UUID, status: int, told: bytes) -> Answer:
    if status in (200, 201):
        doubtful = bool(json.loads(told).get("doubtful_place"))
        return Answer(client_id=client_id, status=status, is_doubtful=doubtful)
    return Answer(client_id=client_id, status=status, refusal=_code(told) or f"http_{status}")


def _code(told: bytes) -> str:
    try:
        return str(json.loads(told)["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""
