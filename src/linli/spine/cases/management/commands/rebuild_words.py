"""`./linli manage rebuild_words`: writes anew what cases are found by; searches go on meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from linli.spine.cases.services.indexing import rebuild_words


class Command(BaseCommand):
    """Rebuilds the words of all cases."""

    help = "重建案件检索词 · rebuild what cases are found by"

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, showing how far it is."""
        columns = [*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn()]
        with Progress(*columns, console=Console(stderr=True)) as shown:
            bar = shown.add_task("案件检索词 · words of cases")
            count = rebuild_words(
                progress=lambda done, total: shown.update(bar, completed=done, total=total)
            )
        self.stdout.write(f"{count} 件 · cases")
