"""Enter the shipped catalogue into a new installation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.spine.cases.services.catalogue import STANDARD_IN_FORCE, load_standard


class Command(BaseCommand):
    """`./linli manage load_standard [--from DATE]`: may be run again, adds only what is absent."""

    help = "Enter the 403 categories of the standard and the local extensions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="since", type=date.fromisoformat)

    def handle(self, *_args: Any, **options: Any) -> None:
        added = load_standard(
            at=timezone.now(), effective_from=options["since"] or STANDARD_IN_FORCE
        )
        self.stdout.write(_("新增类别 %(added)s 个。") % {"added": added})
