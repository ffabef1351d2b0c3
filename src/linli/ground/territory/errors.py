"""How the territory says no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_

from .terms import Fault


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


class InvalidWindow(Refusal):
    """A window of a map that nobody can look through."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.window_unreadable": N_(
            "看不懂地图范围：请依次写西、南、东、北四个经纬度，西小于东，南小于北。"
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


class UnableToRedraw(Refusal):
    """A step or a plan that can't be taken; `lon` and `lat` say where, if that can be said."""

    messages: ClassVar[Mapping[str, str]] = {
        "territory.plan_unknown": N_("没有这份调整方案。"),
        "territory.plan_title_missing": N_("请写方案名称。"),
        "territory.plan_too_long": N_("名称不超过 %(name)s 个字，理由不超过 %(reason)s 个字。"),
        "territory.plan_place_wrong": N_("请选要调整的街道或社区。"),
        "territory.plan_day_wrong": N_("生效日期不能早于 %(first)s。"),
        "territory.plan_not_draft": N_("方案已经不是草案，不能再改。"),
        "territory.plan_not_open": N_("方案已经生效或撤回，不能再撤回。"),
        "territory.plan_changed": N_("方案刚刚被改过，请看过现在的预览再操作。"),
        "territory.plan_empty": N_("方案里还没有任何调整。"),
        "territory.plan_own": N_("方案要由起草人以外的人批准。"),
        "territory.plan_faulty": N_("方案现在办不成：%(reason)s"),
        "territory.plan_clashes": N_("方案“%(other)s”也要调整其中的网格，请先等它生效或撤回。"),
        "territory.plan_no_step": N_("方案里没有这一步。"),
        "territory.plan_leader_open": N_("网格“%(grid)s”有两位网格长，请先选定留任的一位。"),
        "territory.step_grids_few": N_("请选同一社区里至少两个网格。"),
        "territory.step_grid_unknown": N_("没有编号为“%(grid)s”的网格，或不在这份方案的范围里。"),
        "territory.step_grid_undrawn": N_("网格“%(grid)s”没有图形，请先用文件导入。"),
        "territory.step_name_missing": N_("请写新网格的名称。"),
        "territory.step_no_buildings": N_("请选要划转的楼栋。"),
        "territory.step_building_unknown": N_("没有编号为“%(building)s”的楼栋。"),
        "territory.step_building_there": N_("楼栋“%(building)s”已经在这个网格里。"),
        "territory.step_elsewhere": N_("楼栋和网格要在同一个社区里。"),
        "territory.step_grid_emptied": N_("“%(grid)s”的楼栋全部划走了，请改用合并。"),
        "territory.step_same_point": N_("楼栋“%(building)s”与留下的楼栋坐标相同，分不开。"),
        "territory.step_line_wrong": N_("请在地图上画一条线。"),
        "territory.step_line_misses": N_("这条线没有把网格分成两块，请从一边画到另一边。"),
        "territory.step_shape_wrong": N_("新边界不能用：%(reason)s"),
        "territory.step_swallows": N_("新边界把网格“%(other)s”整个盖住了，请改用合并。"),
        "territory.step_leaves_ground": N_("新边界有 %(size_m2)s 平方米在本社区的网格之外。"),
        "territory.step_codes_used_up": N_("这个社区的网格编号已经用完。"),
        "territory.step_no_grids": N_("文件里没有网格。"),
        "territory.step_row_nameless": N_("第 %(row)s 行没有网格名称。"),
        "territory.step_outside": N_("第 %(row)s 行“%(grid)s”不在这份方案的范围里。"),
    }

    def __init__(
        self,
        code: str,
        *,
        field: str = "",
        lon: float | None = None,
        lat: float | None = None,
        fault: Fault | None = None,
        **params: object,
    ) -> None:
        super().__init__(code, "", field=field, **params)
        self.lon, self.lat, self.fault = lon, lat, fault

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Say the sentence with the reason in the same language."""
        if self.fault is not None:
            self.params["reason"] = self.fault.reason(translate)
        return super().words(translate)
