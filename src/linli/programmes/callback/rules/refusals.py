"""How the room says no, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class CallbackRefused(Refusal):
    """An act that would not be right now, by this person, or with what was given."""

    messages: ClassVar[Mapping[str, str]] = {
        "callback.not_yours": N_("您的岗位不能办这件回访。"),
        "callback.handlers_do_not_ask": N_("您参与办理过这件案件，或者属于承办单位，不能回访。"),
        "callback.nothing_waits": N_("现在没有等您回访的。"),
        "callback.ended": N_("这件回访已经结束，不用再打。"),
        "callback.held_by_another": N_("别的回访员正在回访这一件，请换下一件。"),
        "callback.not_held": N_("请先接下这件回访，再记结果。"),
        "callback.tried_today": N_("今天已经试过一次，三次要在不同的日子。"),
        "callback.way_does_not_fit": N_("这个结果和联系方式对不上，请重新选择。"),
        "callback.no_way": N_("反映人没有留下这种联系方式，请换一种。"),
        "callback.solved_missing": N_("请选择问题解决了没有。"),
        "callback.satisfaction_missing": N_("请选择满意程度。"),
        "callback.redo_note_missing": N_("没有解决的要交回重办，请用中性的话写明还差什么。"),
        "callback.text_unfit": N_("文字里含有无法保存的字符，或者太长。"),
        "callback.no_redo": N_("没有等交回重办的。"),
        "callback.reason_missing": N_("请写明理由。"),
        "callback.excluded_already": N_("这件回访已经排除。"),
        "callback.exclusion_waits": N_("已经有人申请排除，等待决定。"),
        "callback.cancelled": N_("这件回访已经不算，不用排除。"),
        "callback.exclusion_decided": N_("这个申请已经有人决定了。"),
        "callback.asker_does_not_decide": N_("申请排除的人不能自己决定，请另外的人决定。"),
    }


class NoSuchCallback(Refusal):
    """There is none, or it is not for the asker; the answer does not tell which."""

    messages: ClassVar[Mapping[str, str]] = {
        "callback.not_found": N_("没有这件回访，或者您无权查看。"),
    }
