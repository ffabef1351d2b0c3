"""Try, or with `--confirm` take over, a file of areas."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.ground.kernel.terms import SYSTEM
from linli.ground.territory.errors import UnableToImportAreas
from linli.ground.territory.rules.polygons import TOLERANCE_M
from linli.ground.territory.services import import_csv, import_geojson
from linli.ground.territory.terms import AreaKind, Fault, GeoJsonFields, ImportReport


class Command(BaseCommand):
    """`./linli manage import_areas FILE --system SYSTEM [--confirm] …`; see docs/how-to."""

    help = "Takes over areas from GeoJSON or CSV; without --confirm it only tells what would be."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, its coordinate system and how to read it."""
        parser.add_argument("file", type=Path, help=".csv, .json or .geojson")
        parser.add_argument("--system", help="WGS-84, CGCS2000, GCJ-02 or BD-09")
        parser.add_argument("--kind", type=AreaKind, default=AreaKind.GRID, help="of all features")
        parser.add_argument("--name", default="name", help="property with the name")
        parser.add_argument("--code", default="code", help="property with the code")
        parser.add_argument("--under", default="", help="number the features below this code")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day")
        parser.add_argument("--tolerance", type=float, default=TOLERANCE_M, help="metres")
        parser.add_argument("--confirm", action="store_true", help="write")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say every fault and warning in words; fail when there is a fault."""
        try:
            report = _import(options)
        except OSError as fault:
            raise CommandError(f"{options['file']}: {fault.strerror}") from fault
        except UnableToImportAreas as refusal:
            self._tell(refusal.faults)
            raise CommandError(refusal.words(_)) from refusal
        self._tell((*report.faults, *report.warnings))
        self.stdout.write(
            _("共 %(rows)s 行：新增 %(added)s，重划 %(redrawn)s，不变 %(unchanged)s。")
            % {
                "rows": report.rows,
                "added": report.added,
                "redrawn": report.redrawn,
                "unchanged": report.unchanged,
            }
        )
        if report.faults:
            raise CommandError(_("有错误，不能导入。"))
        if report.import_id is None:
            self.stdout.write(_("只是试运行，未作改动；加 --confirm 写入。"))

    def _tell(self, found: tuple[Fault, ...]) -> None:
        for one in found:
            self.stderr.write(one.words(_))


def _import(options: dict[str, Any]) -> ImportReport:
    file: Path = options["file"]
    common: dict[str, Any] = {
        "content": file.read_bytes(),
        "system": options["system"],
        "valid_from": options["since"] or timezone.localdate(),
        "actor": SYSTEM,
        "at": timezone.now(),
        "file_name": file.name,
        "confirm": options["confirm"],
        "tolerance_m": options["tolerance"],
    }
    if file.suffix.lower() == ".csv":
        return import_csv(**common)
    fields = GeoJsonFields(name=options["name"], code=options["code"], under=options["under"])
    return import_geojson(kind=options["kind"], fields=fields, **common)
