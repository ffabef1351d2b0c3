"""What `./linli` says when something is missing, and what it does not do twice."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import urllib.error
import zipfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHEEL = "uv-9-py3-none-any.whl"
PAGE = "https://mirror.example/simple/uv/"


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    loader = SourceFileLoader("launcher", str(ROOT / "linli"))
    spec = spec_from_loader("launcher", loader)
    assert spec is not None
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module: Any = module_from_spec(spec)
    loader.exec_module(module)
    module.ROOT, module.VAR = tmp_path, tmp_path / "var"
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return module


def one_sentence(missing: Exception) -> str:
    said = str(missing)
    assert " · " in said
    assert "\n" not in said
    return said


def test_a_python_too_old_is_named(launcher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher.sys, "version_info", (3, 10, 2))
    with pytest.raises(launcher.Missing) as missing:
        launcher.check_machine()
    assert "3.11" in one_sentence(missing.value)


def test_another_kind_of_machine_is_refused(launcher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher.platform, "machine", lambda: "riscv64")
    with pytest.raises(launcher.Missing) as missing:
        launcher.check_machine()
    assert "x86_64" in one_sentence(missing.value)


def test_a_folder_that_can_t_be_written_is_named(
    launcher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher.os, "access", lambda path, mode: False)
    with pytest.raises(launcher.Missing) as missing:
        launcher.check_machine()
    assert str(launcher.VAR) in one_sentence(missing.value)


def test_a_full_disk_is_named_before_anything_is_fetched(
    launcher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher.VAR.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=100 * 1024**2))
    with pytest.raises(launcher.Missing) as missing:
        launcher.check_space()
    assert "100 MB" in one_sentence(missing.value)


def test_without_network_and_cache_one_sentence_says_so(
    launcher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(address: str, context: object) -> bytes:
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr(launcher, "fetch", unreachable)
    with pytest.raises(launcher.Missing) as missing:
        launcher.fetch_uv()
    assert "PIP_INDEX_URL" in one_sentence(missing.value)


class TestTheIndex:
    def test_is_the_main_one_by_default(self, launcher: Any) -> None:
        assert launcher.package_index() == launcher.PYPI

    @pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"])
    def test_may_come_from_the_environment(
        self, launcher: Any, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv(name, "https://mirror.example/simple")
        assert launcher.package_index() == "https://mirror.example/simple"

    def test_may_come_from_pip_s_own_file(self, launcher: Any, tmp_path: Path) -> None:
        settings = tmp_path / "home" / ".config" / "pip" / "pip.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text("[global]\nindex-url = https://mirror.example/simple\n")
        assert launcher.package_index() == "https://mirror.example/simple"


class TestFetchingUv:
    @pytest.fixture
    def wheel(self, launcher: Any, monkeypatch: pytest.MonkeyPatch) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(f"uv-{launcher.UV}.data/scripts/uv", "#!/bin/sh\n")
        monkeypatch.setenv("PIP_INDEX_URL", PAGE.removesuffix("uv/"))
        page = f'<a href="../../files/other.whl">o</a><a href="../../files/{WHEEL}#sha256=0">w</a>'
        answers = {
            PAGE: page.encode(),
            f"https://mirror.example/files/{WHEEL}#sha256=0": packed.getvalue(),
        }
        monkeypatch.setattr(launcher, "fetch", lambda address, context: answers[address])
        return packed.getvalue()

    def expect(self, launcher: Any, digest: str) -> None:
        launcher.UV_WHEELS = {launcher.platform.machine(): (WHEEL, digest)}

    def test_takes_it_from_a_mirror(self, launcher: Any, wheel: bytes) -> None:
        self.expect(launcher, hashlib.sha256(wheel).hexdigest())
        uv = Path(launcher.fetch_uv())
        assert uv.read_text() == "#!/bin/sh\n"
        assert os.access(uv, os.X_OK)

    def test_refuses_what_was_altered(self, launcher: Any, wheel: bytes) -> None:
        self.expect(launcher, "0" * 64)
        with pytest.raises(launcher.Missing) as missing:
            launcher.fetch_uv()
        assert "altered" in one_sentence(missing.value)
        assert not (launcher.VAR / "tools").exists()

    def test_needs_no_network_the_second_time(
        self, launcher: Any, wheel: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.expect(launcher, hashlib.sha256(wheel).hexdigest())
        first = launcher.fetch_uv()
        monkeypatch.delattr(launcher, "fetch")
        assert launcher.fetch_uv() == first


class TestStamps:
    def test_a_step_is_not_done_twice(self, launcher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        runs: list[object] = []
        (launcher.ROOT / "uv.lock").write_text("1")
        python = launcher.ROOT / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.touch()
        launcher.VAR.mkdir()
        monkeypatch.setattr(launcher, "run_uv", lambda *arguments: runs.append(arguments))
        launcher.install_packages(tools=False)
        launcher.install_packages(tools=False)
        assert len(runs) == 1
        (launcher.ROOT / "uv.lock").write_text("2")
        launcher.install_packages(tools=False)
        assert len(runs) == 2

    def test_what_fails_in_the_background_is_told(self, launcher: Any) -> None:
        def fail() -> None:
            raise launcher.Missing("缺 · missing")

        step = launcher.Background(fail)
        step.join()
        with pytest.raises(launcher.Missing):
            step.finish()

    def test_a_step_that_fails_names_its_log(self, launcher: Any) -> None:
        with pytest.raises(launcher.Missing) as missing:
            launcher.run([sys.executable, "-c", "exit('no such package')"], {}, "packages")
        assert "setup-packages.log" in one_sentence(missing.value)
        assert "no such package" in str(missing.value)
