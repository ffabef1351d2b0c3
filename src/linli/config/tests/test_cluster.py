"""The embedded PostgreSQL."""

from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Iterator

import psycopg
import pytest

from linli.config import cluster


@pytest.fixture(scope="module")
def own() -> Iterator[cluster.Cluster]:
    with cluster.scratch_folder() as folder:
        described = cluster.describe_scratch(folder, durable=False)
        cluster.prepare(described)
        yield described


def ask(own: cluster.Cluster, question: str) -> object:
    with psycopg.connect(own.url("postgres")) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_it_starts_answers_and_stops(own: cluster.Cluster) -> None:
    process = cluster.start(own)
    assert ask(own, "SHOW server_encoding") == "UTF8"
    cluster.stop(process)
    assert process.returncode == 0
    assert not (own.files / "postmaster.pid").exists()


def test_nobody_else_reaches_it(own: cluster.Cluster) -> None:
    assert stat.S_IMODE(own.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE((own.folder / "password").stat().st_mode) == 0o600
    process = cluster.start(own)
    try:
        assert ask(own, "SHOW listen_addresses") == ""
        wrong = own.url("postgres").replace(own.password(), "guess")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)
    finally:
        cluster.stop(process)


def test_one_left_behind_is_stopped_and_the_next_start_works(own: cluster.Cluster) -> None:
    orphan = cluster.start(own)
    process = cluster.start(own)
    try:
        assert orphan.wait(10) == 0
        assert ask(own, "SELECT 1") == 1
    finally:
        cluster.stop(process)


def test_a_killed_one_leaves_nothing_that_hinders_the_next(own: cluster.Cluster) -> None:
    killed = cluster.start(own)
    cluster.make_database(own, "kept")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    process = cluster.start(own)
    try:
        assert ask(own, "SELECT count(*) FROM pg_database WHERE datname = 'kept'") == 1
    finally:
        cluster.stop(process)


def test_a_pid_file_that_names_a_stranger_hinders_nothing(own: cluster.Cluster) -> None:
    (own.files / "postmaster.pid").write_text(f"{os.getpid()}\n{own.files}\n0\n5432\n\n\n\n\n")
    process = cluster.start(own)
    cluster.stop(process)
    assert process.returncode == 0


def test_a_fresh_database_is_empty(own: cluster.Cluster) -> None:
    process = cluster.start(own)
    try:
        cluster.make_database(own, "trial")
        with psycopg.connect(own.url("trial"), autocommit=True) as connection:
            connection.execute("CREATE TABLE old ()")
        cluster.make_database(own, "trial")
        cluster.make_database(own, "trial", fresh=True)
        with psycopg.connect(own.url("trial")) as connection:
            found = connection.execute("SELECT to_regclass('old')").fetchone()
        assert found == (None,)
    finally:
        cluster.stop(process)


def test_a_durable_one_really_is(own: cluster.Cluster) -> None:
    with cluster.scratch(durable=True) as durable:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            assert ask(durable, f"SHOW {name}") == "on"
        folder = durable.folder
    time.sleep(0.05)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("machine_mb", "own_mb"),
    [(256, "64MB"), (4_096, "512MB"), (24_576, "2048MB"), (262_144, "2048MB")],
)
def test_the_database_takes_an_eighth_of_the_memory_within_bounds(
    machine_mb: int, own_mb: str
) -> None:
    assert cluster.share_memory(machine_mb)["shared_buffers"] == own_mb
