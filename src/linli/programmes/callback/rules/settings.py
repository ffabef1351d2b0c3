"""Which settings of call-backs a sub-district may change at the desk: a flat table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from linli.ground.kernel.calendars import Unit
from linli.ground.kernel.marking import N_
from linli.programmes.callback.terms import Policy
from linli.spine.cases.rules.settings import Setting, Value
from linli.spine.cases.terms import CaseKind

PERCENT = "percent"
WHOLE = 100
SHARE = "callback_share_"
PREFIX = "callback_"
_PERCENT_RANGE = {PERCENT: (0, WHOLE)}
_NEW_ONLY = N_("以前的回访照当时的口径算，不重算；从现在起结案的按新的算。")
_SHARE_MEANING = N_("这一类案件结案后，百分之多少要回访；抽哪些由案件编号定，谁也挑不了。")
_UNITS: Mapping[str, str] = {
    "callback_due_days": Unit.WORKING_DAYS.value,
    "callback_answer_days": Unit.CALENDAR_DAYS.value,
    "callback_fairly_weight": PERCENT,
    "callback_missed_weight": PERCENT,
    "callback_least": "",
}

SETTINGS: Mapping[str, Setting] = {
    one.name: one
    for one in (
        Setting(
            name="callback_due_days",
            label=N_("回访期限"),
            meaning=N_("结案后几个工作日内要问到反映人；到时没有问到，响应率就低。"),
            consequence=_NEW_ONLY,
            ranges={Unit.WORKING_DAYS: (3, 20)},
        ),
        Setting(
            name="callback_answer_days",
            label=N_("自己评价算回访的天数"),
            meaning=N_("结案后这么多天内，反映人自己在进度页的评价就是回访的答复。"),
            consequence=_NEW_ONLY,
            ranges={Unit.CALENDAR_DAYS: (5, 60)},
        ),
        Setting(
            name="callback_fairly_weight",
            label=N_("基本满意算多少满意"),
            meaning=N_("满意率里，一件“基本满意”算百分之多少件“满意”。"),
            consequence=_NEW_ONLY,
            ranges=_PERCENT_RANGE,
        ),
        Setting(
            name="callback_missed_weight",
            label=N_("没有联系上的算多少分母"),
            meaning=N_("三次都没有联系上的，百分之多少算进解决率、满意率的分母；0 就是不算。"),
            consequence=_NEW_ONLY,
            ranges=_PERCENT_RANGE,
        ),
        Setting(
            name="callback_least",
            label=N_("三率的最少样本"),
            meaning=N_("分母不到这么多件就不算率，写“样本不足”；承办单位也只看得到够数的。"),
            consequence=N_("马上生效。改小了，承办单位可能从数字猜出是谁说的。"),
            ranges={"": (5, 100)},
            counted=N_("件"),
        ),
        *(
            Setting(
                name=f"{SHARE}{kind.value}",
                label=label,
                meaning=_SHARE_MEANING,
                consequence=_NEW_ONLY,
                ranges=_PERCENT_RANGE,
            )
            for kind, label in (
                (CaseKind.INCIDENT, N_("事件回访多少")),
                (CaseKind.REQUEST, N_("求助回访多少")),
                (CaseKind.COMPLAINT, N_("投诉回访多少")),
                (CaseKind.QUESTION, N_("咨询回访多少")),
                (CaseKind.REPORT, N_("举报回访多少")),
                (CaseKind.SUGGESTION, N_("建议回访多少")),
                (CaseKind.PRAISE, N_("表扬回访多少")),
            )
        ),
    )
}


def value_of(name: str, policy: Policy) -> Value:
    """Give what a setting is set to."""
    if name.startswith(SHARE):
        kind = name.removeprefix(SHARE)
        return Value(amount=policy.shares.get(kind, WHOLE), unit=PERCENT)
    return Value(amount=getattr(policy, name.removeprefix(PREFIX)), unit=_UNITS[name])


def with_value(name: str, amount: int, policy: Policy) -> Policy:
    """Give the next version of the settings, with one of them changed."""
    following = replace(policy, version=policy.version + 1)
    if name.startswith(SHARE):
        shares = {**policy.shares, name.removeprefix(SHARE): amount}
        return replace(following, shares=shares)
    changed: dict[str, int] = {name.removeprefix(PREFIX): amount}
    return replace(following, **changed)  # type: ignore[arg-type]
