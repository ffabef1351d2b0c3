"""`./linli manage …`: Django's own commands on the database of this installation."""

from __future__ import annotations

import argparse
import os

from linli.config import checkout, locales
from linli.config.command.figures import database_at_hand


def run(chosen: argparse.Namespace) -> int:
    """Run one Django command; its database is started when it does not run."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    os.environ.setdefault("LINLI_SECRET", checkout.own_secret())
    locales.compile_all()
    with database_at_hand("linli_demonstration" if is_demonstration() else "linli") as url:
        os.environ["DATABASE_URL"] = url
        execute_from_command_line(["linli manage", *chosen.rest])
    return 0


def is_demonstration() -> bool:
    """Tell which of the two databases is meant; the environment says, production otherwise."""
    return os.environ.get("LINLI_DEMONSTRATION") == "1"
