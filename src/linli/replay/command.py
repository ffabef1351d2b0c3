"""`./linli replay boston311|csv FILE --areas GEOJSON`: the steps, in order, and their output."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from .errors import UnableToReplay
from .mapping import BOSTON_311, FileMapping, load_mapping
from .reading import Point, ReportFile, read_file
from .recount import read_outlines, recount

WEB_PROCESSES = "2"
# What was accepted is safe by then; the handling of a scratch instance need not survive a crash.
CARELESS = {"PGOPTIONS": "-c synchronous_commit=off"}


class RunningInstance(Protocol):
    """A scratch instance that is up: where it listens, where its database is."""

    @property
    def address(self) -> str: ...

    @property
    def url(self) -> str: ...

    def variables(self) -> dict[str, str]: ...


class Start(Protocol):
    """Starts a scratch instance and stops it at the end."""

    def __call__(
        self, *, environment: Mapping[str, str]
    ) -> AbstractContextManager[RunningInstance]: ...


def run(argv: Sequence[str], *, start: Start) -> int:
    """Run the command and return the status of the process.

    Args:
        start: how to get a scratch instance; the floor above knows.
    """
    chosen = _arguments(argv)
    try:
        with _stopped_in_order():
            answer = replay(chosen, start=start)
    except UnableToReplay as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    _print(answer, as_json=chosen.json)
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="linli replay", description="回放真实上报 · play real reports through the system"
    )
    parser.add_argument("form", choices=("boston311", "csv"), help="文件格式 · form of the file")
    parser.add_argument("file", type=Path, help="CSV, .gz 亦可 · CSV, gzipped or not")
    parser.add_argument("--areas", type=Path, required=True, help="GeoJSON 区域 · areas")
    parser.add_argument("--areas-system", help="坐标系 · coordinate system of the areas")
    parser.add_argument("--mapping", type=Path, help="列映射 TOML · mapping of columns (csv)")
    parser.add_argument("--limit", type=_positive, help="只取前 N 行 · only the first N rows")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON · one JSON object")
    chosen = parser.parse_args(argv)
    if chosen.form == "csv" and chosen.mapping is None:
        parser.error("csv 需要 --mapping · csv needs --mapping")
    return chosen


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("≥ 1")
    return number


def replay(chosen: argparse.Namespace, *, start: Start) -> dict[str, Any]:
    """Read, set up, send, handle, count and compare.

    Raises:
        UnableToReplay: when a file is absent or can't be used.
    """
    begun = monotonic()
    mapping = load_mapping(chosen.mapping or BOSTON_311)
    file = read_file(chosen.file, mapping, limit=chosen.limit)
    areas = _read(chosen.areas)
    mapping = _with_system(mapping, chosen.areas_system)
    os.environ.setdefault("LINLI_WEB_PROCESSES", WEB_PROCESSES)
    _say(f"启动临时实例 · starting a scratch instance ({len(file.rows)})")
    with start(environment={"LINLI_ZONE": mapping.zone}) as instance:
        os.environ.update(instance.variables())
        answer = _play(file, areas, mapping, instance)
    answer["seconds"] = round(monotonic() - begun, 1)
    return answer


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UnableToReplay(
            f"读不到区域文件 {path}：{fault.strerror}。",
            f"can't read the areas {path}: {fault.strerror}.",
        ) from fault


def _with_system(mapping: FileMapping, system: str | None) -> FileMapping:
    import msgspec

    if system is None:
        return mapping
    return msgspec.structs.replace(
        mapping, areas=msgspec.structs.replace(mapping.areas, system=system)
    )


def _play(
    file: ReportFile, areas: bytes, mapping: FileMapping, instance: RunningInstance
) -> dict[str, Any]:
    import django

    django.setup()
    from django.utils import timezone

    from . import scratch
    from .comparing import figures
    from .counting import count_cases
    from .handling import handle_all
    from .sending import send_all

    ground = scratch.prepare(areas=areas, mapping=mapping, file=file, at=timezone.now())
    with _timed() as sending:
        answers = send_all(
            file.rows,
            address=instance.address,
            language=mapping.language,
            categories=ground.categories,
            progress=_teller("已发送 · sent", len(file.rows)),
        )
    accepted = [row for row in file.rows if not answers[row.client_id].refusal]
    with _timed() as handling:
        untaken = handle_all(
            accepted,
            ground=ground,
            environment={**instance.variables(), **CARELESS},
            progress=_teller("已办理 · handled", len(accepted)),
        )
    count = count_cases(instance.url, [row.client_id for row in file.rows])
    trusted = [
        row.point
        for row in accepted
        if row.point is not None and not count.cases[row.client_id].is_suspicious
    ]
    name = scratch.name_property(areas, mapping)
    recounted = recount(_in_system(trusted, mapping), read_outlines(areas, name=name))
    return {
        **figures(file.rows, answers=answers, count=count, recounted=recounted),
        "default_points": sorted(file.default_points),
        "skipped": dict(file.skipped),
        "actions_refused": untaken,
        "seconds_sending": sending(),
        "seconds_handling": handling(),
    }


def _in_system(points: Sequence[Point], mapping: FileMapping) -> list[Point]:
    """Give WGS-84 points in the system of the areas' file, so that the recount reads it as is."""
    from linli.ground.territory import gcj02

    convert: Mapping[str, Callable[[float, float], Point]] = {
        "GCJ-02": gcj02.from_wgs84,
        "BD-09": gcj02.bd09_from_wgs84,
    }
    turn = convert.get(mapping.areas.system)
    return [turn(*point) for point in points] if turn else list(points)


@contextmanager
def _timed() -> Iterator[Callable[[], float]]:
    begun = monotonic()
    ended: list[float] = []
    yield lambda: round((ended[0] if ended else monotonic()) - begun, 1)
    ended.append(monotonic())


@contextmanager
def _stopped_in_order() -> Iterator[None]:
    """Let SIGINT and SIGTERM unwind the stack, so that the scratch instance is cleared away.

    Set explicitly: a background child of a shell starts with SIGINT ignored.
    """

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {sign: signal.signal(sign, stop) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _teller(words: str, total: int) -> Callable[[int], None]:
    told = -1

    def tell(done: int) -> None:
        nonlocal told
        if done * 20 // max(total, 1) != told:
            told = done * 20 // max(total, 1)
            _say(f"{words}: {done} / {total}")

    return tell


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _print(answer: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    for name, value in answer.items():
        held = (
            value if not isinstance(value, dict | list) else json.dumps(value, ensure_ascii=False)
        )
        sys.stdout.write(f"{name:>22}  {held}\n")
