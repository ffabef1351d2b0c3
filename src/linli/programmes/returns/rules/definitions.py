"""How every figure is counted, in a sentence the office above can read beside its number."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.marking import N_

HOW_COUNTED: Mapping[str, str] = {
    "cases.received": N_("这段时间反映的案件；并进别的案件的不另计。"),
    "cases.filed": N_("这段时间立案的案件；并进别的案件的不另计。"),
    "cases.declined": N_("这段时间决定不予立案的案件。"),
    "cases.dispatched": N_("这段时间派遣的案件；并进别的案件的不另计。"),
    "cases.closed": N_("这段时间结案的案件；当场处置的不算在内。"),
    "cases.settled": N_("这段时间由发现的人当场处置的案件。"),
    "cases.received_and_ended": N_("这段时间反映、到期末已经结案或当场处置的案件。"),
    "cases.open": N_("到期末还没有办完的案件；后来重开的算一直没有办完。"),
    "cases.pended": N_("这段时间批准挂账的案件。"),
    "cases.pending": N_("到期末还挂着账的案件。"),
    "cases.in_time": N_("这段时间结案、处置没有超过时限的案件。"),
    "cases.late": N_("这段时间结案、处置超过时限的案件。"),
    "cases.overdue": N_("到期末还没有办完、时限已经过了的案件。"),
    "cases.returned": N_("这段时间被承办单位退过单的案件；一件退几次算一件。"),
    "cases.reworked": N_("这段时间反映、返过工的案件。"),
    "cases.reminded": N_("这段时间被催办过的案件；一件催几次算一件。"),
    "cases.checked": N_("这段时间查完的办结核查，一次算一次。"),
    "cases.check_failed": N_("这段时间查完、没有通过的办结核查。"),
    "cases.sampled": N_("这段时间当场处置、被抽中核查的案件。"),
    "cases.sample_wrong": N_("这段时间当场处置、抽查不实的案件。"),
    "cases.in_time_share": N_("按时办结件数 ÷ 结案件数。"),
    "cases.ended_share": N_("受理后已办结件数 ÷ 受理件数。"),
    "cases.check_failed_share": N_("核查不通过次数 ÷ 核查次数。"),
    "callbacks.made": N_("这段时间办结的案件的全部回访，含排除的。"),
    "callbacks.due": N_("这段时间办结、该有答复的回访；排除的和还没到期的不算。"),
    "callbacks.answered": N_("这段时间办结、回访有答复的。"),
    "callbacks.solved": N_("这段时间办结、反映人说已经解决的。"),
    "callbacks.satisfied": N_("这段时间办结、反映人说满意的；基本满意的不算。"),
    "callbacks.not_satisfied": N_("这段时间办结、反映人说不满意的。"),
    "rates.in_time": N_("按时答复的回访 ÷ 应回访件数；回访太少的不算。"),
    "rates.solved": N_("说已经解决的 ÷ 有答复的；没联系上的按设置折算，回访太少的不算。"),
    "rates.satisfied": N_(
        "满意的加上折算的基本满意 ÷ 说了满意程度的；没联系上的按设置折算，回访太少的不算。"
    ),
    "whistles.blown": N_("这段时间吹的哨；取消的不算。"),
    "calls.called": N_("这段时间吹的哨召集的单位，一个单位一次算一次；取消的不算。"),
    "calls.came": N_("这段时间吹的哨里单位到了场的次数。"),
    "calls.in_time": N_("这段时间吹的哨里单位按时到场的次数。"),
    "operations.operations": N_("这段时间开始的联合执法；取消的不算。"),
    "operations.finished": N_("这段时间结束的联合执法；取消的不算。"),
    "operations.notices": N_("这段时间送达的执法告知，一份算一份。"),
    "operations.measures": N_("这段时间采取的执法措施，一次算一次。"),
}
