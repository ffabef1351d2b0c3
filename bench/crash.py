"""Kills processes at random instants under load and looks for what was lost or doubled.

Clients post reports, each with an id of its own, and post again until they are answered; what
was acknowledged goes into a file of theirs. Meanwhile web, job worker, relay and postmaster are
killed by SIGKILL, in random order at random instants, and started again by the supervisor. At the
end the file is compared with the database by SQL: every acknowledged report stands there once,
with the number that was told, one event and one reporter; every job was done; every event has one
position, and the positions have no gap.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg

from bench.loads.places import fill_places
from linli.config.instance import Instance, scratch_instance
from linli.config.processes import Child
from linli.ground.kernel.ids import new_id

DEFAULTS: Mapping[str, float | int] = {
    "kills": 20,
    "clients": 8,
    "seed": 1,
    "gap_s": 1.5,
    "lane": 1,
}
VICTIMS = ("web-0", "worker", "relay", "postgresql")
REPORTS_BETWEEN = 20
PATIENCE_SECONDS = 180
SOON = 1.0
WEST, SOUTH = 125.301, 43.871

LOST = (
    "SELECT count(*) FROM told WHERE NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = told.id)"
)
WRONG = "SELECT count(*) FROM told JOIN cases_case c USING (id) WHERE c.number <> told.number"
DOUBLED = """
SELECT (SELECT count(*) - count(DISTINCT number) FROM cases_case)
     + (SELECT count(*) FROM (SELECT subject_id FROM kernel_event WHERE name = 'cases.reported'
                              GROUP BY subject_id HAVING count(*) > 1) AS twice)
"""
INCOMPLETE = """
SELECT count(*) FROM cases_case c
WHERE NOT EXISTS (SELECT 1 FROM cases_reporter r WHERE r.case_id = c.id)
   OR NOT EXISTS (SELECT 1 FROM kernel_event e
                  WHERE e.subject_id = c.id::text AND e.name = 'cases.reported')
"""
UNDONE = "SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'"
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
UNNUMBERED = """
SELECT count(*) FROM kernel_event e
WHERE NOT EXISTS (SELECT 1 FROM kernel_stream s WHERE s.event_id = e.id)
"""
MISNUMBERED = f"""
SELECT ({UNNUMBERED})
     + (SELECT count(*) - count(DISTINCT event_id) FROM kernel_stream)
     + (SELECT coalesce(max(position), 0) - count(*) FROM kernel_stream)
"""


@dataclass(kw_only=True)
class Load:
    """Clients that post until they are answered, and their file of acknowledgements."""

    address: str
    file: IO[str]
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: int = 0
    repeated: int = 0
    longest_s: float = 0.0

    def work(self) -> None:
        """Post one report after the other."""
        host = urllib.parse.urlsplit(self.address).netloc
        for turn in itertools.count():
            if self.stopping.is_set():
                return
            self.report(host, turn)

    def report(self, host: str, turn: int) -> None:
        """Post one report until it is answered, then note what was told."""
        began = time.monotonic()
        identity = str(new_id())
        body = json.dumps(
            {
                "id": identity,
                "text": f"楼道口堆着垃圾，第 {turn} 次。",
                "lon": WEST + turn % 150 * 1e-4,
                "lat": SOUTH + turn % 90 * 1e-4,
            }
        )
        while (number := post(host, body)) is None:
            self.repeated += 1
            time.sleep(0.05)
        self.note(identity, number, time.monotonic() - began)

    def note(self, identity: str, number: str, took_s: float) -> None:
        """Write an acknowledgement where no crash of the instance reaches it."""
        with self.lock:
            self.file.write(f"{identity}\t{number}\n")
            self.acknowledged += 1
            self.longest_s = max(self.longest_s, took_s)


def post(host: str, body: str) -> str | None:
    """Post one report; None when it was not answered as taken."""
    connection = http.client.HTTPConnection(host, timeout=20)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request(
            "POST", "/api/v1/reports", body.encode(), {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        said = answer.read()
        if answer.status in {200, 201}:
            return str(json.loads(said)["number"])
        if answer.status < 500 and answer.status != 429:
            raise RuntimeError(f"{answer.status}: {said.decode()}")
    return None


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Kill, compare, count.

    Args:
        settings: `kills` of each kind, `clients` that post, `seed` and longest gap of the kills,
            and whether reports go by the fast `lane` (1) or by Django (0).
    """
    chosen = {**DEFAULTS, **settings}
    began = time.monotonic()
    os.environ["LINLI_WEB_PROCESSES"] = "1"  # no second one answers for the killed
    with (
        tempfile.NamedTemporaryFile("w+", encoding="ascii", prefix="linli-told-") as file,
        scratch_instance(environment={"LINLI_LANE": str(chosen["lane"])}) as running,
    ):
        fill_places(running.url)
        load = Load(address=running.address, file=file)
        clients = [threading.Thread(target=load.work) for _ in range(chosen["clients"])]
        for client in clients:
            client.start()
        try:
            killed = kill_all(running, load, chosen)
        finally:
            load.stopping.set()
            finish(running, clients)
        file.flush()
        wait_for_none(running, WAITING)
        wait_for_none(running, UNNUMBERED)
        figures = compare(running.url, Path(file.name))
    return {
        **{f"kills_{name.partition('-')[0]}": killed.count(name) for name in VICTIMS},
        "acknowledged": load.acknowledged,
        "repeated": load.repeated,
        "longest_answer_s": round(load.longest_s, 1),
        **figures,
        "seconds": round(time.monotonic() - began, 1),
    }


def kill_all(running: Instance, load: Load, chosen: Mapping[str, Any]) -> list[str]:
    """Kill every kind as often as asked, in random order, while reports keep coming in."""
    chance = random.Random(chosen["seed"])  # noqa: S311
    victims = list(VICTIMS) * chosen["kills"]
    chance.shuffle(victims)
    for child in running.supervisor.children:
        child.longest_delay_s = SOON
    killed = []
    for victim in victims:
        wait_for_reports(running, load)
        tend(running, chance.uniform(0, chosen["gap_s"]))
        kill(find(running, victim), running)
        killed.append(victim)
        print(f"{len(killed)}/{len(victims)} {victim} {load.acknowledged}", file=sys.stderr)
    wait_for_reports(running, load)
    return killed


def find(running: Instance, name: str) -> Child:
    """Find one process of the instance by its name."""
    return next(child for child in running.supervisor.children if child.name == name)


def kill(child: Child, running: Instance) -> None:
    """Kill a process that lives."""
    while child.process is None or child.process.poll() is not None:
        tend(running, 0.1)
    os.kill(child.process.pid, signal.SIGKILL)


def tend(running: Instance, seconds: float) -> None:
    """Let time pass while the supervisor does its work."""
    until = time.monotonic() + seconds
    while True:
        running.supervisor.tend()
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(0.05, left))


def wait_for_reports(running: Instance, load: Load) -> None:
    """Wait until reports come in again.

    Raises:
        RuntimeError: when they do not.
    """
    wanted = load.acknowledged + REPORTS_BETWEEN
    until = time.monotonic() + PATIENCE_SECONDS
    while load.acknowledged < wanted:
        tend(running, 0.05)
        if time.monotonic() > until:
            raise RuntimeError("no report is taken any more")


def finish(running: Instance, clients: list[threading.Thread]) -> None:
    """Let every client have its last answer."""
    while any(client.is_alive() for client in clients):
        tend(running, 0.1)


def wait_for_none(running: Instance, question: str) -> None:
    """Wait until nothing is left to be done: no job, not even a killed worker's; no event."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and ask(running.url, question):
        tend(running, 1.0)


def ask(url: str, question: str) -> int:
    """Ask the database for one number, over a connection of our own."""
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return int(row[0]) if row else 0


def compare(url: str, told: Path) -> dict[str, float]:
    """Compare the clients' file with the database."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TEMPORARY TABLE told (id uuid, number text)")
        with connection.cursor().copy("COPY told FROM STDIN") as copy:
            copy.write(told.read_text(encoding="ascii"))
        questions = {
            "lost": LOST,
            "wrong_number": WRONG,
            "doubled": DOUBLED,
            "incomplete": INCOMPLETE,
            "jobs_undone": UNDONE,
            "misnumbered": MISNUMBERED,
            "in_database": "SELECT count(*) FROM cases_case",
        }
        return {
            name: connection.execute(question).fetchone()[0]  # type: ignore[index]
            for name, question in questions.items()
        }
