"""Areas taken over from the command line."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.ground.territory.models import Area

from .factories import AreaFactory, box, cell

UNDER = "220104004001"


def written(folder: Path, *geometries: object) -> Path:
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"名称": f"网格{number}"}}
        for number, geometry in enumerate(geometries, start=1)
    ]
    path = folder / "grids.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def run(*words: object) -> str:
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path, at: datetime) -> Path:
    AreaFactory(community=True, code=UNDER)
    return written(tmp_path, cell(0, 0), cell(1, 0))


def test_a_trial_says_what_would_be_and_changes_nothing(file: Path) -> None:
    told = run("import_areas", file, "--system=WGS-84", "--name=名称", f"--under={UNDER}")
    assert "新增 2" in told
    assert "--confirm" in told
    assert not Area.objects.filter(kind="grid").exists()


def test_confirmed_it_is_written(file: Path) -> None:
    words = ("--system=WGS-84", "--name=名称", f"--under={UNDER}", "--confirm")
    assert "新增 2" in run("import_areas", file, *words)
    assert Area.objects.filter(kind="grid").count() == 2


def test_faults_are_told_in_words_with_their_place(tmp_path: Path, file: Path) -> None:
    wide = box(125.30, 43.87, 125.303, 43.8718)
    out = io.StringIO()
    with pytest.raises(CommandError, match="不能导入"):
        call_command(
            "import_areas",
            str(written(tmp_path, wide, cell(1, 0))),
            system="WGS-84",
            name="名称",
            under=UNDER,
            stderr=out,
            stdout=out,
        )
    assert "与“网格2”重叠" in out.getvalue()
    assert "经度 125.30" in out.getvalue()


def test_a_file_without_its_system_is_refused(file: Path) -> None:
    with pytest.raises(CommandError, match="没有说明坐标系"):
        run("import_areas", file)


def test_a_missing_file_is_named(tmp_path: Path, at: datetime) -> None:
    with pytest.raises(CommandError, match=r"absent\.csv"):
        run("import_areas", tmp_path / "absent.csv")


def test_a_branch_of_the_national_codes_comes_in(at: datetime) -> None:
    assert "新增区域 8 个" in run("load_codes", "220104004000")
    assert "已有 8 个" in run("load_codes", "220104004000")


def test_an_unknown_branch_is_refused(at: datetime) -> None:
    with pytest.raises(CommandError, match="110101001000"):
        run("load_codes", "110101001000")
