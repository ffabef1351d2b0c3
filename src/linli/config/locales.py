"""Compiles the translations; what is newer than its source is left alone."""

from __future__ import annotations

from pathlib import Path

from linli.config.checkout import ROOT

SOURCE = ROOT / "src" / "linli"


def list_catalogues() -> list[Path]:
    """List the translations of all rooms."""
    return sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Compile what is out of step and return how many there were."""
    return sum(compile_one(catalogue) for catalogue in list_catalogues())


def compile_one(source: Path) -> bool:
    """Compile one translation when its source is newer than the result."""
    result = source.with_suffix(".mo")
    if result.exists() and result.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3])
    half = result.with_suffix(".half")
    with half.open("wb") as binary:
        write_mo(binary, catalogue)
    half.replace(result)
    return True
