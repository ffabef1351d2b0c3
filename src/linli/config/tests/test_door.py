"""The front door before and after it opens."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from linli.config import checkout, door
from linli.config.bridge import Bridge
from linli.config.health import Health
from linli.faces.api.lane import Lane


def ask(one: door.Door, path: str) -> tuple[int, bytes, dict[bytes, bytes]]:
    """Ask the door for one address."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(one({"type": "http", "path": path}, receive, send))
    return sent[0]["status"], sent[1]["body"], dict(sent[0]["headers"])


async def hello(scope: door.Scope, receive: door.Receive, send: door.Send) -> None:
    """Stand in for Django."""
    await door.answer(send, status=200, kind=b"text/plain", body=b"hello")


def test_while_the_demonstration_loads_a_page_says_how_far_it_is(tmp_path: Path) -> None:
    checkout.set_phase(tmp_path, ready=False, words="一年的案件 · <b>", share=0.4)
    closed = door.Door(folder=tmp_path)
    closed.django = hello
    status, page, headers = ask(closed, "/desk/")
    assert status == 503
    assert "一年的案件 · &lt;b&gt;" in page.decode()
    assert "40 %" in page.decode()
    assert headers[b"retry-after"] == b"2"


def test_health_is_503_until_then(tmp_path: Path) -> None:
    status, body, _headers = ask(door.Door(folder=tmp_path), "/healthz")
    assert status == 503
    assert json.loads(body)["ready"] is False


def test_it_opens_when_preparation_is_over_and_django_is_loaded(tmp_path: Path) -> None:
    checkout.set_phase(tmp_path, ready=True)
    one = door.Door(folder=tmp_path)
    assert ask(one, "/")[0] == 503
    one.django = hello
    assert ask(one, "/")[:2] == (200, b"hello")


@pytest.mark.parametrize(("is_good", "status"), [(True, 200), (False, 503)])
def test_health_tells_version_database_queue_and_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_good: bool, status: int
) -> None:
    async def look(url: str) -> Health:
        return Health(
            database="PostgreSQL 18",
            jobs="alive",
            relay="alive",
            waiting=3,
            events_waiting=5,
            is_good=is_good,
        )

    monkeypatch.setattr(door, "look", look)
    monkeypatch.setenv("DATABASE_URL", "postgresql:///linli")
    checkout.set_phase(tmp_path, ready=True)
    one = door.Door(folder=tmp_path)
    one.django = hello
    answered, body, _headers = ask(one, "/healthz")
    assert answered == status
    assert json.loads(body) == {
        "version": "0.1.0",
        "ready": is_good,
        "database": "PostgreSQL 18",
        "jobs": {"worker": "alive", "waiting": 3},
        "events": {"relay": "alive", "waiting": 5},
    }


def test_an_unreachable_database_is_no_health() -> None:
    from linli.config import health

    found = asyncio.run(health.look("postgresql:///linli?host=/nonexistent"))
    assert not found.is_good
    assert found.database == "unreachable"


@pytest.mark.parametrize(("is_on", "first"), [(True, Lane), (False, Bridge)])
def test_the_lane_stands_before_django_unless_it_is_switched_off(
    settings: Settings, is_on: bool, first: type
) -> None:
    settings.LANE = is_on
    assert isinstance(door.applications(), first)
