"""Writes the table of permissions into the reference, or checks that it is in step."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.ground.people.permission_matrix import render

PAGE = settings.ROOT / "docs" / "reference" / "permissions.md"


class Command(BaseCommand):
    """`permissions` writes docs/reference/permissions.md; `--check` compares it."""

    help = "Write docs/reference/permissions.md from the table of permissions, or check it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true", help="compare, write nothing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write or compare.

        Raises:
            CommandError: when the page is missing or out of step.
        """
        page = render()
        if not check:
            PAGE.parent.mkdir(parents=True, exist_ok=True)
            PAGE.write_text(page, encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            raise CommandError(f"{PAGE.name} is out of step: run ./linli manage permissions")
