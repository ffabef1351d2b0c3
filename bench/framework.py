"""Runs one measurement and prints it as one JSON object.

A measurement is a module of this folder with `DEFAULTS`, the settings that may be changed on the
command line as `--name value`, and `run(settings) -> figures`.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from linli.config.cluster import settings_here

SHOWN = ("fsync", "full_page_writes", "synchronous_commit", "shared_buffers")


def run(name: str, options: list[str], *, as_json: bool) -> int:
    """Run a measurement; with `as_json`, standard output is its object and nothing else."""
    module = importlib.import_module(f"bench.{name}")
    settings = parse(name, module, options)
    with contextlib.redirect_stdout(sys.stderr):
        figures: Mapping[str, float] = module.run(settings)
    server = settings_here()
    report = {
        "name": name,
        "machine": describe_machine(),
        "settings": {**{key: server[key] for key in SHOWN}, **settings},
        "figures": figures,
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2) + "\n")
    return 0


def parse(name: str, module: ModuleType, options: list[str]) -> dict[str, object]:
    """Read the settings of a measurement from the command line."""
    parser = argparse.ArgumentParser(prog=f"linli bench {name}", description=module.__doc__)
    defaults: Mapping[str, int | float | str] = module.DEFAULTS
    for key, value in defaults.items():
        parser.add_argument(f"--{key.replace('_', '-')}", type=type(value), default=value, dest=key)
    return vars(parser.parse_args(options))


def describe_machine() -> dict[str, object]:
    """Say what the figures were measured on."""
    cpu = "?"
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024**2
    return {
        "cores": os.cpu_count(),
        "cpu": cpu,
        "memory_mb": memory,
        "system": platform.platform(),
        "python": platform.python_version(),
    }
