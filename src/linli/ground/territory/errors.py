"""How the territory says no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal

from .terms import N_, Fault


class UnknownArea(Refusal):
    """No area has this id or code."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.unknown_area": N_("没有编号为“%(key)s”的区域。"),
    }


class InvalidPoint(Refusal):
    """A point that can't be on our map, refused in words."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.point_not_a_number": N_("经纬度必须是数字。"),
        "territory.point_zero": N_("经纬度为 0，定位没有成功，请重新定位或在地图上点选。"),
        "territory.point_out_of_range": N_("经纬度超出范围：经度在 ±180 之内，纬度在 ±90 之内。"),
        "territory.point_swapped": N_(
            "经纬度似乎颠倒了：请把经度 %(lat)s、纬度 %(lon)s 再核对一遍。"
        ),
    }


class UnableToAddArea(Refusal):
    """An area that can't be entered or closed as asked."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.area_faulty": N_("区域“%(area)s”有误：%(reason)s"),
        "territory.already_closed": N_("区域“%(area)s”已于 %(valid_to)s 停用。"),
        "territory.closed_before_opened": N_("停用日期必须晚于启用日期 %(valid_from)s。"),
        "territory.has_parts": N_("区域“%(area)s”里还有 %(count)s 个下级区域，请先停用它们。"),
    }

    fault: Fault | None = None

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Say the sentence with the reason in the same language."""
        if self.fault is not None:
            self.params["reason"] = self.fault.reason(translate)
        return super().words(translate)


class UnableToImportAreas(Refusal):
    """A file that can't be taken over; `faults` says why, row by row."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.system_missing": N_(
            "没有说明坐标系：请选择 WGS-84、CGCS2000、GCJ-02 或 BD-09。"
        ),
        "territory.system_unknown": N_(
            "不认识坐标系“%(system)s”：请选择 WGS-84、CGCS2000、GCJ-02 或 BD-09。"
        ),
        "territory.not_geojson": N_("文件不是 GeoJSON 要素集合：%(reason)s"),
        "territory.not_csv": N_("文件不是可读的 CSV：%(reason)s"),
        "territory.columns_missing": N_("缺少列：%(columns)s。"),
        "territory.file_empty": N_("文件里没有区域。"),
        "territory.rows_faulty": N_("有 %(count)s 行不能导入，文件未作任何改动。"),
    }

    def __init__(self, code: str, *, faults: tuple[Fault, ...] = (), **params: object) -> None:
        super().__init__(code, "", field="", **params)
        self.faults = faults


class UnableToNamePlace(Refusal):
    """A name that can't be entered or closed as asked."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.name_missing": N_("请写名称。"),
        "territory.name_too_long": N_("名称和地址各不能超过 %(limit)s 个字。"),
        "territory.name_unreadable": N_("名称里要有汉字、字母或数字。"),
        "territory.name_known": N_("这里已经有“%(name)s”这个名称。"),
        "territory.name_nowhere": N_("请选这是哪里的名称，或在地图上点出位置。"),
        "territory.name_twofold": N_("要么选一处区域，要么给出坐标，不能两样都填。"),
        "territory.name_outside": N_("这个位置不在辖区内。"),
        "territory.name_area_unknown": N_("没有编号为“%(area)s”的区域。"),
        "territory.name_gone": N_("这个名称已经停用。"),
    }
