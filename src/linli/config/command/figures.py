"""`./linli figures`: what the demonstration computes, beside what the accounts state."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator

from linli.config import checkout, cluster, instance, locales
from linli.config.command.demo import DATABASE
from linli.config.processes import Supervisor


def run(chosen: argparse.Namespace) -> int:
    """Print the figures; loads the demonstration first when it is not there yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    os.environ["LINLI_DEMONSTRATION"] = "1"
    os.environ["LINLI_SECRET"] = checkout.own_secret()
    locales.compile_all()
    with database_at_hand(DATABASE) as url:
        os.environ["DATABASE_URL"] = url
        figures = compute()
    if chosen.json:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    else:
        show(figures)
    return 0


def compute() -> dict[str, dict[str, float]]:
    """Load what is missing and compute the figures by query."""
    with contextlib.redirect_stdout(sys.stderr):
        from linli.config import preparation

        preparation.prepare(mode="demo")
        from django.utils import timezone

        from linli.demonstration.figures import compute_figures

        return compute_figures(on=timezone.localdate())


def show(figures: dict[str, dict[str, float]]) -> None:
    """Print the figures for people."""
    from rich.console import Console
    from rich.table import Table

    computed, stated = figures["computed"], figures["stated"]
    table = Table("", "计算 · computed", "公开材料所述 · stated")
    for name in {**computed, **stated}:
        table.add_row(name, str(computed.get(name, "")), str(stated.get(name, "")))
    Console().print(table)


@contextlib.contextmanager
def database_at_hand(name: str) -> Iterator[str]:
    """Give the address of a database: the given, the running, or one started meanwhile."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    own = cluster.installation(var=checkout.var())
    if checkout.instance_runs():
        cluster.make_database(own, name)
        yield own.url(name)
        return
    supervisor = Supervisor()
    with (
        checkout.only_instance(),
        instance.database(name=name, fresh=False, supervisor=supervisor) as url,
    ):
        yield url
