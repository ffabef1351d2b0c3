"""Why something can't be done at a talk point as asked."""

from __future__ import annotations

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class NoSuchPoint(Refusal):
    """There is none."""

    messages = {"talk.not_found": N_("没有这个说事点。")}

    def __init__(self) -> None:
        super().__init__("talk.not_found")


class TalkRefused(Refusal):
    """Not so."""

    messages = {
        "talk.name_missing": N_("请写说事点的名称。"),
        "talk.name_taken": N_("本社区已有叫这个名称的说事点。"),
        "talk.address_missing": N_("请写地址，让人找得到。"),
        "talk.place_missing": N_("请在地图上点出位置。"),
        "talk.outside": N_("这个位置不在您管的社区里，请在地图上重新点。"),
        "talk.day_missing": N_("请至少选一天。"),
        "talk.phone_missing": N_("请写一个打得通的电话。"),
        "talk.too_long": N_("最多写 %(most)s 个字。"),
        "talk.closed": N_("这个说事点已经停用。"),
        "talk.changed_meanwhile": N_("别人刚刚改过，请看看现在的内容再改。"),
        "talk.host_there": N_("这个人已经在这里接待。"),
        "talk.host_unknown": N_("请从本社区的楼栋长、网格长和网格员里选。"),
        "talk.asked_missing": N_("请写一句贴出来的话：问的是什么事。"),
        "talk.names_somebody": N_("贴出来的话里不能有电话、证件号码和邮箱。"),
        "talk.answer_missing": N_("请写答复。"),
        "talk.matter_not_found": N_("这里没有这件事。"),
        "talk.not_over": N_("案件还没办结，办结以后再贴答复。"),
        "talk.id_reused": N_("刚才那一件已经登记了；这次是另一件事的话，请再按一次。"),
    }
