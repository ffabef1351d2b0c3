"""Write, or with `--check` compare, the reference of steps and actions made from the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.spine.cases.rules.document import document

PAGE = Path("docs") / "reference" / "states.md"


class Command(BaseCommand):
    """`manage states [--check]`."""

    help = "Writes docs/reference/states.md from the procedure table."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--check` and the folder of the checkout."""
        parser.add_argument("--check", action="store_true", help="only compare")
        parser.add_argument("--root", type=Path, default=_root(), help="folder of the checkout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or fail when it is out of step."""
        page: Path = options["root"] / PAGE
        wanted = document()
        if options["check"]:
            found = page.read_text(encoding="utf-8") if page.exists() else ""
            if found != wanted:
                raise CommandError(f"{PAGE} is out of step: run `./linli check --write`")
            return
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(wanted, encoding="utf-8")


def _root() -> Path:
    return Path(__file__).resolve().parents[6]
