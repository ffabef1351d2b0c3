"""Brings the database up to date before the door opens: `python -m linli.config.preparation`.

A process of its own, so that the supervisor stays small. It tells its progress on standard
output, one JSON object a line: `words`, `share`, at the end `accounts`; or `refused`.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date

import django
from django.core.management import call_command

from linli.config.refusals import UnableToStart

MIGRATED = 0.2


def main() -> int:
    """Migrate, then load the demonstration or make sure that there is none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    try:
        prepare(mode=os.environ.get("LINLI_MODE", "serve"))
    except UnableToStart as refusal:
        tell(refused=[refusal.chinese, refusal.english])
        return 1
    return 0


def prepare(*, mode: str) -> None:
    """Bring the database of one mode (`demo`, `serve`, `scratch`) up to date."""
    tell(words="准备数据库 · preparing the database", share=0.02)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if mode == "demo":
        load_demonstration(os.environ.get("LINLI_AS_OF", ""))
    if mode == "serve":
        from linli.config.production import refuse_demonstration

        refuse_demonstration()


def load_demonstration(as_of: str) -> None:
    """Load the demonstration when it is not there yet, and tell its accounts."""
    from linli.demonstration import services

    steps = 0

    def progress(words: str) -> None:
        nonlocal steps
        steps += 1
        tell(words=words, share=MIGRATED + (1 - MIGRATED) * (1 - 0.75**steps))

    if not services.is_loaded():
        services.load(as_of=date.fromisoformat(as_of) if as_of else None, progress=progress)
    tell(accounts=list_accounts())


def list_accounts() -> list[dict[str, str]]:
    """List who can be tried, in the order of the start page."""
    from linli.demonstration.queries import list_desks

    pairs = zip(list_desks(), list_desks(language="en"), strict=True)
    return [
        {
            "role": f"{chinese.role_label} · {english.role_label}",
            "login": chinese.login,
            "password": chinese.password,
            "task": f"{chinese.task} · {english.task}",
        }
        for chinese, english in pairs
    ]


def tell(**facts: object) -> None:
    """Tell the supervisor."""
    sys.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
