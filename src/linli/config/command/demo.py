"""`./linli demo`: everything with invented data on this machine."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from linli.config import checkout, instance, locales
from linli.config.processes import Supervisor

DATABASE = "linli_demonstration"
WIDTH = 100


def run(chosen: argparse.Namespace) -> int:
    """Serve the demonstration until SIGINT or SIGTERM."""
    supervisor = Supervisor()
    with (
        supervisor.heeding_signals(),
        checkout.only_instance(),
        instance.listen(host="127.0.0.1", port=chosen.port) as listening,
    ):
        locales.compile_all()
        with instance.database(name=DATABASE, fresh=chosen.fresh, supervisor=supervisor) as url:
            demonstration = instance.Instance(
                mode="demo",
                run=checkout.var() / "demo",
                url=url,
                listening=listening,
                environment=variables(chosen),
                supervisor=supervisor,
            )
            serve(demonstration)
    return 0


def variables(chosen: argparse.Namespace) -> dict[str, str]:
    """List what the processes of the demonstration get."""
    return {
        "LINLI_DEMONSTRATION": "1",
        "LINLI_SECRET": checkout.own_secret(),
        "LINLI_MEDIA": str(checkout.var() / "demo" / "media"),
        "LINLI_HOSTS": "127.0.0.1,localhost",
        "LINLI_AS_OF": chosen.as_of.isoformat() if chosen.as_of else "",
    }


def serve(demonstration: instance.Instance) -> None:
    """Open the door, load behind it, say where it is, and keep it running."""
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH)
    demonstration.open_door()
    with progress_bar() as tell:
        demonstration.prepare(tell)
    if demonstration.supervisor.stopping.is_set():
        return
    demonstration.begin_work()
    demonstration.wait_ready()
    if not demonstration.supervisor.stopping.is_set():
        show(console, demonstration)
    demonstration.supervisor.tend_until_stopped()
    console.print("正在停止…… · Stopping …")


class progress_bar:  # noqa: N801 - used like a function in `with`
    """Shows how far the preparation is, on standard error."""

    def __init__(self) -> None:
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )

    def __enter__(self) -> instance.Tell:
        self.bar.start()
        task = self.bar.add_task("…", total=1.0)
        return lambda words, share: self.bar.update(task, description=words, completed=share)

    def __exit__(self, *fault: object) -> None:
        self.bar.stop()


def show(console: Console, demonstration: instance.Instance) -> None:
    """Print the address and who can be tried."""
    table = Table("角色 · role", title="示范账号 · accounts")
    table.add_column("账号 · login", no_wrap=True)
    table.add_column("密码 · password", no_wrap=True)
    for account in demonstration.accounts:
        table.add_row(account["role"], account["login"], account["password"])
    console.print(table)
    console.print(f"打开 · open  {demonstration.address}", style="bold", highlight=False)
    console.print("停止 · stop  Ctrl+C")
    sys.stdout.flush()
