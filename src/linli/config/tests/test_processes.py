"""The supervisor keeps processes running and stops them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from linli.config.processes import Child, Supervisor

FOREVER = "import time; time.sleep(600)"


def begin(code: str) -> Callable[[], subprocess.Popen[bytes]]:
    return lambda: subprocess.Popen([sys.executable, "-c", code])


def wait_until(condition: Callable[[], bool], supervisor: Supervisor) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        supervisor.tend()
        time.sleep(0.01)


def pid_of(child: Child) -> int:
    assert child.process is not None
    return child.process.pid


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    running = Supervisor()
    yield running
    running.stop()


def test_a_killed_process_is_started_again(supervisor: Supervisor) -> None:
    child = Child(name="web", begin=begin(FOREVER))
    supervisor.add(child)
    first = pid_of(child)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: child.restarts == 1, supervisor)
    assert pid_of(child) != first
    assert child.process is not None
    assert child.process.poll() is None


def test_one_that_ends_at_once_is_started_later_each_time(supervisor: Supervisor) -> None:
    starts: list[float] = []

    def end_at_once() -> subprocess.Popen[bytes]:
        starts.append(time.monotonic())
        return begin("pass")()

    supervisor.add(Child(name="web", begin=end_at_once))
    wait_until(lambda: len(starts) == 4, supervisor)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert gaps[0] >= 0.2
    assert gaps[1] >= 0.4
    assert gaps[2] >= 0.8


def test_the_last_started_is_stopped_first(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        f"    open({str(order)!r}, 'a').write(sys.argv[1] + ' ')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('up', flush=True)\n"
        "time.sleep(600)\n"
    )
    for name in ("database", "web", "worker"):

        def begin_named(name: str = name) -> subprocess.Popen[bytes]:
            process = subprocess.Popen([sys.executable, "-c", code, name], stdout=subprocess.PIPE)
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.close()
            return process

        supervisor.add(Child(name=name, begin=begin_named))
    supervisor.stop()
    assert order.read_text().split() == ["worker", "web", "database"]


def test_one_that_does_not_heed_is_killed(supervisor: Supervisor) -> None:
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {FOREVER}"
    child = Child(name="deaf", begin=begin(deaf), patience_s=0.5)
    supervisor.add(child)
    time.sleep(0.3)
    supervisor.stop()
    assert child.process is not None
    assert child.process.returncode in {-signal.SIGKILL, -signal.SIGTERM}


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_both_signals_ask_for_an_orderly_stop(supervisor: Supervisor, sign: signal.Signals) -> None:
    with supervisor.heeding_signals():
        os.kill(os.getpid(), sign)
        assert supervisor.stopping.wait(5)


def test_processes_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    code = (
        "import time\n"
        "from linli.config.processes import begin_python\n"
        "print(begin_python('http.server', '0', environment={}, "
        f"log_file=__import__('pathlib').Path({str(tmp_path / 'log')!r})).pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert Path(f"/proc/{child}").exists()
        parent.kill()
    until = time.monotonic() + 30
    while is_alive(child):
        assert time.monotonic() < until, "the child outlived its supervisor"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
