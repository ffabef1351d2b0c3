"""How keeping says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class UnableToKeep(Refusal):
    """A draft, a change or a decision that can't be, refused in words."""

    messages: ClassVar[Mapping[str, str]] = {
        "keeping.not_yours": N_("您的岗位不能办这件事，或者不在您的街道。"),
        "keeping.draft_unknown": N_("没有这份草案。"),
        "keeping.not_a_draft": N_("这份修订已经批准或结束，不能再改。"),
        "keeping.no_title": N_("请写明修订的名称，最多 %(most)s 个字。"),
        "keeping.no_reason": N_("请写明为什么要改，最多 %(most)s 个字。"),
        "keeping.no_version": N_("请给新清单起一个没有用过的版本号，最多 %(most)s 个字。"),
        "keeping.day_over": N_("生效日不能早于 %(first)s。"),
        "keeping.changed_meanwhile": N_("您看的时候，别人已经改了这一项；请看一眼现在的样子再存。"),
        "keeping.draft_changed_meanwhile": N_("您看过以后草案又改了，请再看一遍。"),
        "keeping.asked_already": N_("已经请人批准过，草案没有再改，不用再请。"),
        "keeping.by_another": N_("须由起草人以外的人批准。"),
        "keeping.nothing_in_it": N_("草案里还没有改动。"),
        "keeping.nothing_changed": N_("和现行的一样，没有改动。"),
        "keeping.item_unknown": N_("现行清单里没有第 %(key)s 项。"),
        "keeping.item_taken": N_("第 %(key)s 项已经有了，请换一个项号。"),
        "keeping.code_taken": N_("类别“%(key)s”已经有了，请换一个代码。"),
        "keeping.not_so_any_more": N_(
            "“%(key)s”在起草以后已经被别的修订改过，请打开这一项重新确认。"
        ),
        "keeping.clashes": N_("另一份已批准的修订“%(other)s”也改“%(key)s”，须等它生效或撤回。"),
        "keeping.same_day": N_("另一份已批准的修订“%(other)s”也在 %(day)s 生效，请换一天。"),
        "keeping.over_already": N_("这份修订已经结束。"),
        "keeping.not_in_the_draft": N_("草案里没有改“%(key)s”。"),
        "keeping.parent_unknown": N_("上级清单里没有这一项待处理的变动。"),
        "keeping.why_kept": N_("请写明为什么保留本地写法，最多 %(most)s 个字。"),
        "keeping.day_taken": N_("%(key)s 已经在日历里，请改那一天。"),
        "keeping.day_unknown": N_("日历里 %(key)s 没有特别安排。"),
        "keeping.no_day": N_("“%(key)s”不是日期，请写成 2027-02-12 这样。"),
        "keeping.day_before_effect": N_("修订 %(day)s 才生效，不能改以前的日子。"),
        "keeping.day_too_far": N_("最远只能安排到生效日以后三年。"),
        "keeping.days_backward": N_("最后一天不能早于第一天，一次最多 %(most)s 天。"),
        "keeping.rest_or_work": N_("请选放假还是上班。"),
        "keeping.note_too_long": N_("说明最多 %(most)s 个字。"),
        "keeping.hours_unreadable": N_("“%(value)s”不是时间，请写成 08:00-12:00 这样。"),
        "keeping.hours_overlap": N_("各段办公时间要从早到晚，不能重叠，也不能首尾相接。"),
        "keeping.hours_too_many": N_("一天的办公时间最多三段，合计 %(least)s 到 %(most)s 小时。"),
        "keeping.hours_stay": N_("办公时间只能改，不能取消。"),
        "keeping.no_workdays": N_(
            "%(first)s 到 %(last)s 没有一个工作日，超过 %(most)s 天，时限没法算。"
        ),
        "keeping.year_unpublished": N_("还不知道 %(year)s 年的放假安排，请照公布的文件填。"),
        "keeping.parent_version_taken": N_("上级清单的版本“%(version)s”已经上传过，日期不同。"),
    }
