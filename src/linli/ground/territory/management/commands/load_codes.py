"""Enter a branch of the national division codes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.terms import SYSTEM
from linli.ground.territory.services import load_national_codes


class Command(BaseCommand):
    """`./linli manage load_codes 220104004000 [--from DATE]`."""

    help = "Enters a street and its communities, and the levels they lie in, from our list."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the code of the branch."""
        parser.add_argument("branch", help="12 digits, e.g. 220104004000")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Enter the branch, or say why it can't be."""
        since = options["since"] or timezone.localdate()
        try:
            report = load_national_codes(
                branch=options["branch"], valid_from=since, actor=SYSTEM, at=timezone.now()
            )
        except Refusal as refusal:
            raise CommandError(refusal.words(_)) from refusal
        self.stdout.write(
            _("新增区域 %(added)s 个，已有 %(unchanged)s 个。")
            % {"added": report.added, "unchanged": report.unchanged}
        )
