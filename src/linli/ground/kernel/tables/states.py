"""How far a file taken out or sent in has come."""

from __future__ import annotations

from enum import StrEnum

from linli.ground.kernel.marking import N_


class ExportState(StrEnum):
    """How far a list is on its way into a file."""

    QUEUED = "queued"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The Chinese name of the state, a message id."""
        return EXPORT_LABELS[self]


EXPORT_LABELS = {
    ExportState.QUEUED: N_("排队中"),
    ExportState.WRITING: N_("正在写"),
    ExportState.DONE: N_("已写好"),
    ExportState.FAILED: N_("没有写成"),
}


class ImportState(StrEnum):
    """How far a sent file has come."""

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The Chinese name of the state, a message id."""
        return IMPORT_LABELS[self]


IMPORT_LABELS = {
    ImportState.RECEIVED: N_("已收到"),
    ImportState.CHECKING: N_("正在核对"),
    ImportState.CHECKED: N_("等您确认"),
    ImportState.IMPORTING: N_("正在导入"),
    ImportState.DONE: N_("已导入"),
    ImportState.REFUSED: N_("读不了"),
    ImportState.DROPPED: N_("没有导入"),
}
