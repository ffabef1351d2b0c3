"""What happened to files taken out and sent in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .terms import Happened


@dataclass(frozen=True, kw_only=True)
class ListExported(Happened):
    """Somebody took a list as a file."""

    name: ClassVar[str] = "kernel.ListExported"
    list_name: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class FileReceived(Happened):
    """Somebody sent a file to be taken over."""

    name: ClassVar[str] = "kernel.FileReceived"
    kind: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class ImportConfirmed(Happened):
    """Somebody said yes to the rows that can be taken."""

    name: ClassVar[str] = "kernel.ImportConfirmed"
    kind: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class ImportDropped(Happened):
    """Somebody said no; nothing of the file was taken."""

    name: ClassVar[str] = "kernel.ImportDropped"
    kind: str


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Happened):
    """All rows that could be taken were taken."""

    name: ClassVar[str] = "kernel.ImportFinished"
    kind: str
    taken: int
    left_out: int
