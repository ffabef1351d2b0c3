"""`./linli replay …`: real reports through a scratch instance."""

from __future__ import annotations

import argparse


def run(chosen: argparse.Namespace) -> int:
    """Hand over to the replay, which starts the instance it needs."""
    from linli.config import locales

    locales.compile_all()
    from linli.replay.command import run as replay

    return replay(chosen.rest)
