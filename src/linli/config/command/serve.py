"""`./linli serve`: production, set by the environment."""

from __future__ import annotations

import argparse
import os
import sys

from linli.config import checkout, instance, locales, production
from linli.config.processes import Supervisor


def run(chosen: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; refuse what is not fit for production.

    Raises:
        UnableToStart: with one sentence about what is missing or wrong.
    """
    production.check_environment(os.environ)
    supervisor = Supervisor()
    host = os.environ.get("LINLI_BIND", "127.0.0.1")
    with (
        supervisor.heeding_signals(),
        checkout.only_instance(),
        instance.listen(host=host, port=chosen.port) as listening,
    ):
        locales.compile_all()
        with instance.database(name="linli", fresh=False, supervisor=supervisor) as url:
            serve(
                instance.Instance(
                    mode="serve",
                    run=checkout.var() / "serve",
                    url=url,
                    listening=listening,
                    environment={},
                    supervisor=supervisor,
                )
            )
    return 0


def serve(house: instance.Instance) -> None:
    """Prepare the database, then let everybody in and keep it running."""
    house.open_door()
    house.prepare(lambda words, share: None)
    if house.supervisor.stopping.is_set():
        return
    house.begin_work()
    house.wait_ready()
    sys.stdout.write(f"邻里已启动 · Linli runs  {house.address}\n")
    sys.stdout.flush()
    house.supervisor.tend_until_stopped()
