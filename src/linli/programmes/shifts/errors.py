"""Why a shift can't be handed over as asked."""

from __future__ import annotations

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class NoSuchHandover(Refusal):
    """There is none, or it is out of reach."""

    messages = {"shifts.not_found": N_("没有这份交接班记录，或者您无权查看。")}

    def __init__(self) -> None:
        super().__init__("shifts.not_found")


class UnableToHandOver(Refusal):
    """The hand-over can't go on so."""

    messages = {
        "shifts.under_way": N_("本街道已有一份交接班正在进行，请先完成它。"),
        "shifts.not_open": N_("这份交接班已经交出或确认，不能再改。"),
        "shifts.not_handed": N_("这份交接班还没有交出，或已经确认。"),
        "shifts.not_yours": N_("只有交班人可以修改、交出或收回。"),
        "shifts.confirm_by_another": N_("接班人不能是交班人自己。"),
        "shifts.remarks_too_long": N_("交班说明最多 %(most)s 字。"),
        "shifts.too_many_points": N_("待办最多 %(most)s 条。"),
        "shifts.point_too_long": N_("每条待办最多 %(most)s 字。"),
        "shifts.unknown_case": N_("没有编号为“%(number)s”的案件，或者您无权查看。"),
        "shifts.ticked_already": N_("这条待办已经有人办结。"),
        "shifts.point_not_taken_over": N_("接班确认后才能勾选待办。"),
    }
