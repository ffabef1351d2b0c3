"""`./linli test`: all tests, browser journeys included."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from linli.config import checkout, locales

# What tests need of the system: program or folder → Debian package and what it is for.
NEEDED: Mapping[str, tuple[str, str]] = {
    "chromium": ("chromium", "浏览器旅程 · browser journeys"),
    "wrk": ("wrk", "负载测量 · load measurements"),
    "/usr/share/fonts/opentype/noto": ("fonts-noto-cjk", "汉字字体 · Chinese fonts"),
}


def run(chosen: argparse.Namespace) -> int:
    """Install what is missing when root, compile the words, and run pytest."""
    provide_system_packages()
    locales.compile_all()
    os.chdir(checkout.ROOT)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LINLI_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *chosen.rest], env=environment, check=False
    )
    return done.returncode


def provide_system_packages() -> None:
    """Install Debian packages the tests need, or name what can't be run without them."""
    missing = {name: what for name, what in NEEDED.items() if not is_there(name)}
    if missing and os.getuid() == 0 and shutil.which("apt-get"):
        install([package for package, _purpose in missing.values()])
        missing = {name: what for name, what in missing.items() if not is_there(name)}
    for package, purpose in missing.values():
        sys.stderr.write(
            f"缺少 {package}：{purpose} 无法运行，请安装。"
            f" · {package} is missing: {purpose} can't run; install it.\n"
        )


def is_there(name: str) -> bool:
    """Tell whether a program or folder is on this machine."""
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def install(packages: list[str]) -> None:
    """Install Debian packages; what fails is named afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command],
            env=environment,
            stdout=sys.stderr,
            check=False,
        )
