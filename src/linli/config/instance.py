"""A whole instance: database, door, job worker and relay, for production, trial or measuring."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linli.config import checkout, cluster
from linli.config.processes import LOOK_SECONDS, Child, Supervisor, begin_python
from linli.config.refusals import UnableToStart

Tell = Callable[[str, float], None]
BACKLOG = 2048
READY_SECONDS = 60
PIPE_BYTES = 65_536
WEB_PROCESSES = "2"


@dataclass(frozen=True, kw_only=True)
class Port:
    """An open port: one socket that all web processes share."""

    host: str
    port: int
    socket: socket.socket
    processes: int


@dataclass(kw_only=True)
class Instance:
    """What is to run where.

    Args:
        mode: `demo`, `serve` or `scratch`.
        run: folder for logs and the word to the front door.
        url: address of the database.
        listening: the open port; it outlives a web process that is started again.
        environment: what the processes get beside ours.
    """

    mode: str
    run: Path
    url: str
    listening: Port
    environment: Mapping[str, str]
    supervisor: Supervisor = field(default_factory=Supervisor)
    accounts: list[dict[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{self.listening.host}:{self.listening.port}/"

    def variables(self) -> dict[str, str]:
        """List the environment of the processes."""
        return {
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
            "DATABASE_URL": self.url,
            "LINLI_MODE": self.mode,
            "LINLI_RUN": str(self.run),
            **self.environment,
        }

    def open_door(self) -> None:
        """Start job worker, relay and web processes, in the opposite order of their end.

        Until the instance is prepared, web asks for patience and the others wait: all load their
        code meanwhile.
        """
        checkout.set_phase(self.run, ready=False)
        self.supervisor.add(self.child("worker", "linli.config.worker"))
        self.supervisor.add(self.child("relay", "linli.config.relay"))
        for number in range(self.listening.processes):
            self.supervisor.add(self.child(f"web-{number}", "linli.config.door", web=number))

    def child(self, name: str, module: str, *, web: int | None = None) -> Child:
        """Describe one of our processes.

        Args:
            web: which of those that take connections it is, if it does.
        """
        listening = self.listening
        handed = {
            "LINLI_SOCKET": str(listening.socket.fileno()),
            "LINLI_WEB_NUMBER": str(web),
            "LINLI_WEB_PROCESSES": str(listening.processes),
        }
        return Child(
            name=name,
            begin=lambda: begin_python(
                module,
                environment={**self.variables(), **(handed if web is not None else {})},
                log_file=self.run / f"{name}.log",
                keep=[listening.socket.fileno()] if web is not None else [],
            ),
        )

    def prepare(self, tell: Tell) -> None:
        """Bring the database up to date, telling every step.

        Raises:
            UnableToStart: with the preparation's own sentence, or naming its log.
        """
        log = self.run / "preparation.log"
        process = begin_python(
            "linli.config.preparation",
            environment=self.variables(),
            log_file=log,
            stdout=subprocess.PIPE,
        )
        refused: list[str] = []
        for line in self.lines_of(process):
            refused = self.hear(json.loads(line), tell) or refused
        if process.returncode and not self.supervisor.stopping.is_set():
            raise UnableToStart(
                *(refused or (f"准备失败，详见 {log}。", f"preparation failed; see {log}."))
            )

    def lines_of(self, process: subprocess.Popen[bytes]) -> Iterator[bytes]:
        """Read what a process tells while looking after the others; end it when we are to stop."""
        assert process.stdout is not None  # noqa: S101 - asked for above
        rest = b""
        with process:
            while True:
                self.supervisor.tend()
                if self.supervisor.stopping.is_set():
                    process.terminate()
                if not select.select([process.stdout], [], [], LOOK_SECONDS)[0]:
                    continue
                piece = os.read(process.stdout.fileno(), PIPE_BYTES)
                if not piece:
                    return
                *lines, rest = (rest + piece).split(b"\n")
                yield from lines

    def hear(self, told: dict[str, object], tell: Tell) -> list[str]:
        """Pass on one word of the preparation; return its refusal, if it is one."""
        if "words" in told:
            words, share = str(told["words"]), float(str(told["share"]))
            checkout.set_phase(self.run, ready=False, words=words, share=share)
            tell(words, share)
        if isinstance(told.get("accounts"), list):
            self.accounts = told["accounts"]  # type: ignore[assignment]
        refused = told.get("refused")
        return [str(word) for word in refused] if isinstance(refused, list) else []

    def begin_work(self) -> None:
        """Let everybody in, and worker and relay begin."""
        checkout.set_phase(self.run, ready=True)

    def wait_ready(self) -> None:
        """Wait until `/healthz` says that all parts work.

        Raises:
            UnableToStart: when it does not within a minute.
        """
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and not self.supervisor.stopping.is_set():
            self.supervisor.tend()
            if is_healthy(self.address):
                return
            time.sleep(0.05)
        if not self.supervisor.stopping.is_set():
            raise UnableToStart(
                f"服务没有就绪，日志在 {self.run}。", f"the instance is not ready; see {self.run}."
            )


def is_healthy(address: str) -> bool:
    """Ask `/healthz`."""
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextlib.contextmanager
def listen(*, host: str, port: int) -> Iterator[Port]:
    """Open a port; 0 chooses a free one.

    Raises:
        UnableToStart: when it is taken or not allowed.
    """
    count = int(os.environ.get("LINLI_WEB_PROCESSES", WEB_PROCESSES))
    with contextlib.ExitStack() as opened:
        try:
            own = opened.enter_context(_bound(host, port))
            own.listen(BACKLOG)
        except OSError as fault:
            raise UnableToStart(
                f"端口 {port} 无法使用（{fault.strerror}），请用 --port 换一个。",
                f"port {port} can't be used ({fault.strerror}); choose another with --port.",
            ) from fault
        own.set_inheritable(True)
        yield Port(host=host, port=own.getsockname()[1], socket=own, processes=count)


def _bound(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


@contextlib.contextmanager
def database(*, name: str, fresh: bool, supervisor: Supervisor) -> Iterator[str]:
    """Give the address of a database: the one in `DATABASE_URL`, or in the embedded cluster."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    own = cluster.installation(var=checkout.var())
    cluster.prepare(own)
    supervisor.add(postgresql(own))
    try:
        cluster.make_database(own, name, fresh=fresh)
        yield own.url(name)
    finally:
        supervisor.stop()


def postgresql(own: cluster.Cluster) -> Child:
    """Describe the database server as a process to be kept running."""
    import signal

    return Child(
        name="postgresql",
        begin=lambda: cluster.start(own),
        stop_signal=signal.SIGINT,
        patience_s=30,
    )


@contextlib.contextmanager
def scratch_instance(
    *, mode: str = "scratch", environment: Mapping[str, str] | None = None
) -> Iterator[Instance]:
    """Run an instance with a durable cluster of its own on a free port; gone afterwards.

    It says nothing and knows no other instance. The caller tends `supervisor` when it means to
    break something.
    """
    with cluster.scratch_folder() as folder:
        own = cluster.describe_scratch(folder, durable=True)
        with instance_over(own, mode=mode, environment=environment) as instance:
            yield instance


@contextlib.contextmanager
def instance_over(
    own: cluster.Cluster,
    *,
    database: str = "linli",
    mode: str = "scratch",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Instance]:
    """Run an instance over one database of a cluster, made when there is none, on a free port."""
    supervisor = Supervisor()
    with listen(host="127.0.0.1", port=0) as listening:
        cluster.prepare(own)
        supervisor.add(postgresql(own))
        try:
            cluster.make_database(own, database, fresh=False)
            instance = Instance(
                mode=mode,
                run=own.folder / "run",
                url=own.url(database),
                listening=listening,
                environment={
                    "LINLI_SECRET": checkout.own_secret(),
                    "LINLI_SCRATCH": "1",
                    "LINLI_MEDIA": str(own.folder / "media"),
                    "LINLI_DEMONSTRATION": "1" if mode == "demo" else "0",
                    **(environment or {}),
                },
                supervisor=supervisor,
            )
            instance.open_door()
            instance.prepare(lambda words, share: None)
            instance.begin_work()
            instance.wait_ready()
            yield instance
        finally:
            supervisor.stop()
