"""`./linli bench NAME`: one of the measurements in `bench/`."""

from __future__ import annotations

import argparse
import importlib
import sys

from linli.config import checkout, locales
from linli.config.refusals import UnableToStart


def run(chosen: argparse.Namespace) -> int:
    """Run one measurement and print its JSON object.

    Raises:
        UnableToStart: when there is none of that name.
    """
    sys.path.insert(0, str(checkout.ROOT))
    names = sorted(path.stem for path in (checkout.ROOT / "bench").glob("[a-z]*.py"))
    if chosen.name not in names or chosen.name == "framework":
        known = ", ".join(name for name in names if name != "framework")
        raise UnableToStart(
            f"没有名为 {chosen.name} 的测量，可选：{known}。",
            f"there is no bench {chosen.name}; there are: {known}.",
        )
    locales.compile_all()
    framework = importlib.import_module("bench.framework")
    options = [word for word in chosen.rest if word != "--json"]
    as_json = chosen.json or "--json" in chosen.rest
    status: int = framework.run(chosen.name, options, as_json=as_json)
    return status
