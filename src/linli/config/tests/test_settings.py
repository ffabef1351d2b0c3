"""What the environment makes of the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from linli.config.database import parse_database_url

SHOW = """
import json
from linli.config import settings
names = ("SECOND_FACTOR", "DEBUG", "SESSION_COOKIE_SECURE", "MIDDLEWARE", "PASSWORD_HASHERS")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_in(**environment: str) -> dict[str, object]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LINLI_")}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


def has_second_factor(shown: dict[str, object]) -> bool:
    return any("SecondFactorMiddleware" in name for name in list(shown["MIDDLEWARE"]))  # type: ignore[call-overload]


def test_production_asks_staff_for_a_second_factor_and_never_debugs() -> None:
    shown = settings_in(LINLI_HTTPS="1", DEBUG="1")
    assert shown["SECOND_FACTOR"]
    assert has_second_factor(shown)
    assert shown["DEBUG"] is False
    assert shown["SESSION_COOKIE_SECURE"] is True
    assert not any("emonstration" in name for name in shown["PASSWORD_HASHERS"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["LINLI_DEMONSTRATION", "LINLI_SCRATCH"])
def test_the_demonstration_does_not(name: str) -> None:
    assert not has_second_factor(settings_in(**{name: "1"}))


@pytest.mark.parametrize(
    ("url", "name", "host", "port", "user", "password"),
    [
        ("postgresql://u:p%40w@db.example:5433/linli", "linli", "db.example", "5433", "u", "p@w"),
        ("postgresql://linli@/x?host=/run/sock", "x", "/run/sock", "", "linli", ""),
    ],
)
def test_the_address_of_the_database_is_read(
    url: str, name: str, host: str, port: str, user: str, password: str
) -> None:
    read = parse_database_url(url)
    found = [read[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")]
    assert found == [name, host, port, user, password]


def test_what_else_the_address_says_is_kept() -> None:
    options = parse_database_url("postgresql://h/x?sslmode=require")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["sslmode"] == "require"
