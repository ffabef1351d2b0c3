"""Two web processes answer as one: changes reach both at once, and limits hold over both."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any

import psycopg
import pytest
from bench import crash

from linli.config.instance import Instance
from linli.config.settings import ROOT
from linli.ground.kernel.changes import NAME
from linli.ground.kernel.ids import new_id

from . import changing

Answer = tuple[int, http.client.HTTPMessage, dict[str, Any]]
SOON_S = 1.0
TRIES = 3
REPORTS_A_MINUTE = 300
LISTENERS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
END_LISTENERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
DUE = "SELECT max(due_at) FROM cases_clock WHERE case_id = %s"

pytestmark = pytest.mark.xdist_group("instance")


@dataclass
class Web:
    """A certain web process, asked over one connection for as long as that is kept open."""

    running: Instance
    pid: int
    address: str
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> dict[str, Any]:
        """Ask for something that is there."""
        status, _headers, body = self.ask("GET", path)
        assert status == 200, body
        return body

    def ask(self, method: str, path: str, body: object = None) -> Answer:
        """Ask this process; a connection that it has closed, being idle, is opened anew."""
        for _ in range(TRIES):
            self.connection = self.connection or connect_to(self.running, self.pid, self.address)
            try:
                return ask(self.connection, method, path, body)
            except ConnectionError:
                self.close()
        raise AssertionError("the process closes every connection")

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def report(self) -> dict[str, Any]:
        """Report something."""
        status, _headers, body = self.try_to_report()
        assert status == 201, body
        return body

    def try_to_report(self) -> Answer:
        """Report something, which may be refused."""
        lon, lat = changing.BETWEEN
        report = {"id": str(new_id()), "text": "路灯不亮。", "lon": lon, "lat": lat}
        return self.ask("POST", "/api/v1/reports", report)


@dataclass(frozen=True)
class Changer:
    """Another process, which changes something when asked."""

    words: IO[str]
    answers: IO[str]

    def change(self, what: str) -> None:
        """Have something changed; it is committed when this returns."""
        self.words.write(f"{what}\n")
        self.words.flush()
        assert self.answers.readline() == "done\n"


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: object = None
) -> Answer:
    said = None if body is None else json.dumps(body)
    connection.request(method, path, said, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, answer.headers, json.loads(answer.read())


@pytest.fixture(scope="module")
def changer(running: Instance) -> Iterator[Changer]:
    """Another process of the instance, that has made a street."""
    process = subprocess.Popen(
        [sys.executable, "-m", changing.__name__],
        cwd=ROOT,
        env={**os.environ, **running.variables()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        changer = Changer(process.stdin, process.stdout)
        changer.change("begin")
        yield changer
        process.stdin.close()


@pytest.fixture
def webs(running: Instance, changer: Changer) -> Iterator[list[Web]]:
    """A connection to each of the two web processes."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(one)) for one in each_web(running, "127.0.0.1")]


def each_web(running: Instance, address: str) -> Iterator[Web]:
    """Find each web process, to be asked from this address."""
    for name in ("web-0", "web-1"):
        process = crash.find(running, name).process
        assert process is not None
        yield Web(running, process.pid, address)


def connect_to(running: Instance, pid: int, address: str) -> http.client.HTTPConnection:
    """Open connections until one is served by this process."""
    host = urllib.parse.urlsplit(running.address).netloc
    for _ in range(200):
        connection = http.client.HTTPConnection(host, timeout=20, source_address=(address, 0))
        connection.request("GET", "/static/admin/css/base.css")
        connection.getresponse().read()
        if serves(pid, connection):
            return connection
        connection.close()
    raise AssertionError("one process took all connections")


def serves(pid: int, connection: http.client.HTTPConnection) -> bool:
    """Tell whether the other end of a connection belongs to this process."""
    assert connection.sock is not None
    ours = connection.sock.getsockname()[1]
    theirs = connection.sock.getpeername()[1]
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = [f"socket:[{row[9]}]" for row in rows if (port(row[1]), port(row[2])) == (theirs, ours)]
    files = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if is_there(link)}
    return not files.isdisjoint(ends)


def port(address: str) -> int:
    return int(address.partition(":")[2], 16)


def is_there(link: Path) -> bool:
    """Tell whether a file is still open: others come and go while we look."""
    return link.is_symlink()


def both_see_soon(webs: list[Web], condition: Callable[[Web], bool]) -> None:
    """Check that each process sees a change when asked a second after it was made, or sooner."""
    made = time.monotonic()
    for web in webs:
        asked = time.monotonic()
        while not condition(web):
            assert asked - made < SOON_S, "a process did not see it"
            time.sleep(0.01)
            asked = time.monotonic()


def wait_for_listeners(database: psycopg.Connection[Any], count: int) -> None:
    """Wait until as many processes listen: the worker, which yields to all, may be starting."""
    for _ in range(600):
        row = database.execute(LISTENERS, [NAME]).fetchone()
        if row == (count,):
            return
        time.sleep(0.1)
    raise AssertionError(f"{count} processes should listen, not {row}")


def test_a_new_category_is_seen_by_both(webs: list[Web], changer: Changer) -> None:
    def is_there(web: Web) -> bool:
        return bool(web.get("/api/v1/catalogue?text=quayside")["total"])

    assert [is_there(web) for web in webs] == [False, False]
    changer.change("category quayside")
    both_see_soon(webs, is_there)


def test_a_moved_border_is_seen_by_both(webs: list[Web], changer: Changer) -> None:
    def grid(web: Web) -> str:
        lon, lat = changing.BETWEEN
        return str(web.get(f"/api/v1/locate?lon={lon}&lat={lat}")["area"]["code"])

    assert [grid(web) for web in webs] == [changing.EAST_GRID, changing.EAST_GRID]
    changer.change("border")
    both_see_soon(webs, lambda web: grid(web) == changing.WEST_GRID)


def test_changed_settings_are_seen_by_both(webs: list[Web], changer: Changer) -> None:
    assert [web.report()["doubtful_place"] for web in webs] == [False, False]
    changer.change("settings")
    both_see_soon(webs, lambda web: bool(web.report()["doubtful_place"]))


def test_days_off_are_seen_by_both(running: Instance, webs: list[Web], changer: Changer) -> None:
    with psycopg.connect(running.url, autocommit=True) as database:

        def is_due_late(web: Web) -> bool:
            row = database.execute(DUE, [web.report()["id"]]).fetchone()
            assert row is not None
            return bool(row[0] > datetime.now(UTC) + timedelta(days=changing.DAYS_OFF - 5))

        assert [is_due_late(web) for web in webs] == [False, False]
        changer.change("calendar")
        both_see_soon(webs, is_due_late)


def test_a_change_is_seen_by_both_when_those_who_listen_were_cut_off(
    running: Instance, webs: list[Web], changer: Changer
) -> None:
    def is_there(web: Web) -> bool:
        return bool(web.get("/api/v1/catalogue?text=lighthouse")["total"])

    assert [is_there(web) for web in webs] == [False, False]
    with psycopg.connect(running.url, autocommit=True) as database:
        wait_for_listeners(database, 3)
        ended = database.execute(END_LISTENERS, [NAME]).fetchall()
    assert len(ended) == 3, "two web processes and the worker listen"
    changer.change("category lighthouse")
    both_see_soon(webs, is_there)


@pytest.mark.usefixtures("changer")
def test_limits_hold_over_both(running: Instance) -> None:
    for number in range(2, 5):
        began = time.time() // 60
        with ExitStack() as stack:
            webs = [
                stack.enter_context(closing(one)) for one in each_web(running, f"127.0.0.{number}")
            ]
            taken = [web.try_to_report()[0] for web in islice(cycle(webs), REPORTS_A_MINUTE)]
            beyond = [web.try_to_report() for web in webs]
        if time.time() // 60 == began:
            break
    assert set(taken) == {201}
    for status, headers, body in beyond:
        assert (status, body["error"]["code"]) == (429, "api.too_many_requests")
        assert 1 <= int(headers["Retry-After"]) <= 60
