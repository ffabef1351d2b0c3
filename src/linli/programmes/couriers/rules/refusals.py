"""Why something can't be done with couriers as asked."""

from __future__ import annotations

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class CourierRefused(Refusal):
    """Not so."""

    messages = {
        "couriers.not_one": N_("社区确认以后才能用小哥上报；现在可以用普通上报。"),
        "couriers.applied_already": N_("已经登记过，等社区确认。"),
        "couriers.company_missing": N_("请写在哪个单位跑。"),
        "couriers.area_unknown": N_("请选常跑的社区。"),
        "couriers.not_found": N_("没有这份登记，或者您无权查看。"),
        "couriers.not_waiting": N_("这份登记已经处理过。"),
        "couriers.reason_missing": N_("不确认要写明理由，会告诉本人。"),
        "couriers.too_long": N_("最多写 %(most)s 个字。"),
        "couriers.category_missing": N_("请选是哪一类问题。"),
        "couriers.category_not_public": N_(
            "这里只报公共空间的问题，不报人。别的事可以用普通上报，或拨打 12345。"
        ),
        "couriers.photo_missing": N_("请拍一张照片。"),
        "couriers.not_asked": N_("这件案件不是小哥上报的，或者已经有人答复。"),
        "couriers.note_missing": N_("转派要写一句为什么。"),
        "couriers.place_missing": N_("请在地图上点出位置。"),
        "couriers.place_name_missing": N_("请写名称和地址。"),
        "couriers.place_gone": N_("没有这个歇脚点，或者已经停用。"),
    }
