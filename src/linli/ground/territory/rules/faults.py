"""The reasons why a row of areas is refused or remarked upon."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.marking import N_
from linli.ground.territory.terms import Fault, NewArea

MESSAGES: Mapping[str, str] = {
    "territory.name_missing": N_("没有名称。"),
    "territory.code_missing": N_("没有编号。"),
    "territory.code_unknown": N_("编号“%(code)s”不属于任何一级：应为 12、15、18 或 20 位数字。"),
    "territory.kind_unknown": N_("不认识级别“%(kind)s”。"),
    "territory.kind_differs": N_("编号“%(code)s”不是%(kind)s的编号。"),
    "territory.code_repeated": N_("编号“%(code)s”在文件里重复，第 %(first)s 行已有。"),
    "territory.parent_differs": N_("上级“%(parent)s”与编号“%(code)s”不符。"),
    "territory.parent_missing": N_("上级“%(parent)s”不存在，也不在文件里。"),
    "territory.version_exists": N_("这一天已有“%(code)s”的版本，请换一个启用日期。"),
    "territory.later_version": N_("“%(code)s”在 %(valid_from)s 之后已有版本。"),
    "territory.too_long": N_("“%(column)s”超过 %(limit)s 个字。"),
    "territory.nul_byte": N_("文字里有不可见的空字符。"),
    "territory.number_unreadable": N_("“%(value)s”不是数字。"),
    "territory.point_incomplete": N_("经度和纬度要么都填，要么都不填。"),
    "territory.point_wrong": N_("坐标不可用：为 0 或超出范围。"),
    "territory.axes_swapped": N_("经度和纬度似乎颠倒了。"),
    "territory.geometry_missing": N_("没有图形。"),
    "territory.geometry_kind": N_("图形是 %(type)s，应为 Polygon 或 MultiPolygon。"),
    "territory.geometry_unreadable": N_("图形的坐标读不出来。"),
    "territory.polygon_empty": N_("多边形是空的，或面积不到 1 平方米。"),
    "territory.polygon_crosses_itself": N_("多边形的边界自相交。"),
    "territory.polygon_rings_wrong": N_("多边形的环有误：%(reason)s"),
    "territory.polygon_off_earth": N_("坐标超出经纬度范围。"),
    "territory.overlaps": N_(
        "与“%(other)s”重叠 %(size_m2)s 平方米，最宽处超过 %(tolerance_m)s 米。"
    ),
    "territory.sliver": N_("与“%(other)s”有 %(size_m2)s 平方米的细缝重叠，在容差之内。"),
    "territory.leaves_parent": N_("有 %(size_m2)s 平方米在上级“%(other)s”之外。"),
    "territory.gap": N_("调整后这里有 %(size_m2)s 平方米不属于任何网格。"),
    "territory.in_pieces": N_("调整后分成互不相连的 %(count)s 块。"),
    "territory.building_outside": N_("楼栋“%(building)s”的位置不在这个网格里。"),
    "territory.building_homeless": N_("楼栋“%(building)s”没有坐标，也看不出归哪个网格。"),
    "territory.grid_undrawn": N_("没有图形，只按名单划转楼栋。"),
    "territory.grid_name_twice": N_("本社区已有叫这个名字的网格。"),
    "territory.codes_used_up": N_("编号已经用完，一个网格最多 %(most)s 栋楼。"),
}


def fault(
    area: NewArea,
    code: str,
    /,
    *,
    lon: float | None = None,
    lat: float | None = None,
    **params: object,
) -> Fault:
    """Say what is wrong with an area, and where in degrees WGS-84."""
    return Fault(
        row=area.row,
        area=area.name or area.code,
        code=code,
        message=MESSAGES[code],
        params=params,
        lon=lon,
        lat=lat,
    )
