"""`./linli replay …`: real reports through a scratch instance."""

from __future__ import annotations

import argparse


def run(chosen: argparse.Namespace) -> int:
    """Hand over to the replay, together with a way to get the instance it needs."""
    from linli.config import instance, locales

    locales.compile_all()
    from linli.replay.command import run as replay

    return replay(chosen.rest, start=instance.scratch_instance)
