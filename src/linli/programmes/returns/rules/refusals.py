"""How returns say no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class UnableToReturn(Refusal):
    """A form, a mapping or a return that can't be, refused in words."""

    messages: ClassVar[Mapping[str, str]] = {
        "returns.not_yours": N_("您的岗位不能办这件事，或者不在您的街道。"),
        "returns.form_unknown": N_("没有这张报表。"),
        "returns.form_stopped": N_("这张报表已经停用，不能再改、再填。"),
        "returns.return_unknown": N_("没有填过这一份。"),
        "returns.no_name": N_("请写明报表的名称，最多 %(most)s 个字。"),
        "returns.no_issuer": N_("请写明是哪个上级单位的报表，最多 %(most)s 个字。"),
        "returns.name_taken": N_("已经有一张同名的报表在用，请换一个名称，或给那一张上传新版。"),
        "returns.too_large": N_("文件超过 %(most)s MB；报表一般只有几十 KB，请检查是不是传错了。"),
        "returns.empty": N_("文件是空的，请重新选择。"),
        "returns.old_format": N_(
            "这是旧式的 .xls 文件，或者设了打开密码。"
            "请在 Excel 或 WPS 里去掉密码，另存为 .xlsx 再上传。"
        ),
        "returns.macros": N_("文件里带宏，不能收。请另存为不带宏的 .xlsx 再上传。"),
        "returns.not_xlsx": N_(
            "这不是 Excel 的 .xlsx 文件，或者文件坏了。"
            "请用 Excel 或 WPS 打开确认，另存为 .xlsx 再上传。"
        ),
        "returns.no_sheet": N_("文件里没有能填的工作表。"),
        "returns.too_many_sheets": N_("工作表超过 %(most)s 张，请只留要填的。"),
        "returns.too_wide": N_(
            "工作表“%(sheet)s”超过 %(rows)s 行或 %(columns)s 列，不像是一张要填的报表。"
        ),
        "returns.cell_unknown": N_("报表里没有单元格 %(cell)s。"),
        "returns.cell_formula": N_("%(cell)s 是公式，由报表自己算，不能填数。"),
        "returns.cell_merged": N_("%(cell)s 在合并单元格里，请选它左上角的 %(first)s。"),
        "returns.cell_label": N_("%(cell)s 里是文字“%(text)s”，填数会盖掉它。请选旁边的空格。"),
        "returns.cell_taken": N_("%(cell)s 已经对应“%(figure)s”。"),
        "returns.figure_unknown": N_("%(cell)s：没有这个指标。"),
        "returns.area_elsewhere": N_("%(cell)s：所选的社区或网格不在本街道。"),
        "returns.category_unknown": N_("%(cell)s：事项目录里没有这个类别。"),
        "returns.narrowing_unfit": N_("%(cell)s：“%(figure)s”不能再按%(what)s分。"),
        "returns.mapping_unknown": N_("这一格没有对应过指标，或者已经被别人改了。"),
        "returns.nothing_mapped": N_("还没有一格对应到指标，先对应再填报。"),
        "returns.nothing_proposed": N_("没有能从表头认出来的空格，请逐格选择。"),
        "returns.period_unknown": N_("请选一个期间。"),
        "returns.period_ahead": N_("%(day)s 所在的一期还没有开始，不能填报。"),
        "returns.figure_gone": N_("这一份里没有这个数。"),
        "returns.no_number": N_("请填一个数，最多一位小数。"),
        "returns.same_number": N_("和原来的数一样，不用更正。"),
        "returns.no_reason": N_("请写明为什么更正，最多 %(most)s 个字。"),
        "returns.nothing_new": N_("和现在用的这一版一模一样，不用再传。"),
        "returns.file_gone": N_("报表文件不在了，请管理员从备份里找回。"),
    }
