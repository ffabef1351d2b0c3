"""The arguments of every command."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date

from linli.config.refusals import UnableToStart

Runner = Callable[[argparse.Namespace], int]
# These take whatever follows as it stands, `--help` included.
PASSING_ON = ("manage", "test", "replay")
HIGHEST_PORT = 65_535


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the status of the process."""
    chosen = parse(arguments)
    module = importlib.import_module(f"linli.config.command.{chosen.command}")
    run: Runner = module.run
    try:
        return run(chosen)
    except UnableToStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; `--help` and mistakes end the process as argparse does."""
    if arguments and arguments[0] in PASSING_ON:
        return argparse.Namespace(command=arguments[0], rest=list(arguments[1:]))
    return make_parser().parse_args(arguments)


def make_parser() -> argparse.ArgumentParser:
    """Declare commands and options."""
    parser = argparse.ArgumentParser(prog="linli", description="邻里 Linli")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in PASSING_ON:
        commands.add_parser(name, add_help=False)
    demo = commands.add_parser("demo", help="试用：虚构数据 · try it with invented data")
    _add_place(demo)
    demo.add_argument("--fresh", action="store_true", help="清空后重新装入 · drop and load again")
    demo.add_argument("--as-of", type=day, metavar="DATE", help="示范的“今天” · its today")
    _add_place(commands.add_parser("serve", help="正式运行 · production"))
    check = commands.add_parser("check", help="代码检查 · checks")
    check.add_argument("only", nargs="*", metavar="STEP", help="只做这些 · only these steps")
    check.add_argument("--write", action="store_true", help="先更新生成的文件 · write first")
    bench = commands.add_parser("bench", help="测量 · measurements")
    bench.add_argument("name", help="bench/NAME.py")
    _add_json(bench)
    bench.add_argument("rest", nargs=argparse.REMAINDER, help="它自己的选项 · its own options")
    _add_json(commands.add_parser("figures", help="示范数字 · figures of the demonstration"))
    return parser


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=port, default=port(os.environ.get("LINLI_PORT", "8000")), metavar="PORT"
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="标准输出只有一个 JSON · one JSON object, nothing else"
    )


def day(text: str) -> date:
    """Read a date as 2026-11-22.

    Raises:
        argparse.ArgumentTypeError: when it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"{text}: YYYY-MM-DD") from fault


def port(text: str) -> int:
    """Read the number of a port.

    Raises:
        argparse.ArgumentTypeError: when it is none.
    """
    if text.isdecimal() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text}: 1–{HIGHEST_PORT}")
