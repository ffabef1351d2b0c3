"""`./linli replay …`: real reports through a scratch instance."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Mapping

from linli.config.instance import Instance, scratch_instance


def run(chosen: argparse.Namespace) -> int:
    """Hand over to the replay, together with a way to get the instance it needs."""
    from linli.config import locales

    locales.compile_all()
    from linli.replay.command import run as replay

    return replay(chosen.rest, start=_instance_of_the_past)


@contextlib.contextmanager
def _instance_of_the_past(*, environment: Mapping[str, str]) -> Iterator[Instance]:
    """Run a scratch instance without its job worker.

    The worker lives by today's clock: seen from there, every case of the past is overdue.
    """
    with scratch_instance(environment=environment) as instance:
        instance.supervisor.remove("worker")
        yield instance
