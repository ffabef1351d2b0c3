"""The one registry of figures: what a cell can stand for, who counts it, what narrows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from linli.ground.kernel.marking import N_
from linli.programmes.callback.terms import Shown
from linli.programmes.enforcement.terms.figures import EnforcementFigure
from linli.programmes.returns.terms import Narrowing, Source, Span
from linli.programmes.whistle.terms import Shown as Called
from linli.spine.cases.terms.figures import CASE_FIGURE_LABELS, CaseFigure

BLOWN = "blown"
_ALL = frozenset(Narrowing)
_PLACE = frozenset({Narrowing.AREA})
_TENTH = Decimal("0.1")
_WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: the room that counts it, and what it counts there.

    Args:
        part: what is counted; `whole` what it is a share of, in per cent, or nothing.
        words: how forms call it, besides its label.
    """

    key: str
    label: str
    group: str
    source: Source
    part: str
    whole: str = ""
    words: tuple[str, ...] = ()
    narrowings: frozenset[Narrowing] = _ALL

    @property
    def is_share(self) -> bool:
        """Whether it is a share in per cent."""
        return bool(self.whole)


_GROUPS = (N_("案件"), N_("办理质量"), N_("核查"), N_("回访"), N_("吹哨报到"), N_("综合执法"))
_CASES, _QUALITY, _CHECKS, _CALLBACKS, _WHISTLES, _ENFORCEMENT = _GROUPS
_CASE_WORDS: Mapping[CaseFigure, tuple[str, tuple[str, ...]]] = {
    CaseFigure.RECEIVED: (_CASES, ("受理", "接收", "上报数", "接件", "诉求总量", "案件总数")),
    CaseFigure.FILED: (_CASES, ("立案",)),
    CaseFigure.DECLINED: (_CASES, ("不予立案", "不立案", "不予受理")),
    CaseFigure.DISPATCHED: (_CASES, ("派遣", "派单", "转办", "交办")),
    CaseFigure.CLOSED: (_CASES, ("结案", "办结", "已办结")),
    CaseFigure.SETTLED: (_CASES, ("即时处置", "自行处置", "就地解决")),
    CaseFigure.RECEIVED_AND_ENDED: (_CASES, ("受理后已办结",)),
    CaseFigure.OPEN: (_CASES, ("在办", "未办结", "正在办理")),
    CaseFigure.PENDED: (_CASES, ("新增挂账",)),
    CaseFigure.PENDING: (_CASES, ("挂账",)),
    CaseFigure.IN_TIME: (_QUALITY, ("按时办结", "按期办结", "按时结案")),
    CaseFigure.LATE: (_QUALITY, ("超时办结", "超期办结", "逾期办结")),
    CaseFigure.OVERDUE: (_QUALITY, ("超时未办结", "超期未办结", "逾期未办结")),
    CaseFigure.RETURNED: (_QUALITY, ("退单", "退回")),
    CaseFigure.REWORKED: (_QUALITY, ("返工", "重办")),
    CaseFigure.REMINDED: (_QUALITY, ("催办",)),
    CaseFigure.CHECKED: (_CHECKS, ("核查次数", "核查件数", "核查数", "巡查核查")),
    CaseFigure.CHECK_FAILED: (_CHECKS, ("核查不通过", "核查不合格")),
    CaseFigure.SAMPLED: (_CHECKS, ("抽查",)),
    CaseFigure.SAMPLE_WRONG: (_CHECKS, ("抽查不实",)),
}


def _of_cases() -> Iterable[Figure]:
    for one, (group, words) in _CASE_WORDS.items():
        yield Figure(
            key=f"cases.{one.value}",
            label=CASE_FIGURE_LABELS[one],
            group=group,
            source=Source.CASES,
            part=one.value,
            words=words,
        )


_SHARES = (
    Figure(
        key="cases.in_time_share",
        label=N_("按时办结率"),
        group=_QUALITY,
        source=Source.CASES,
        part=CaseFigure.IN_TIME.value,
        whole=CaseFigure.CLOSED.value,
        words=("按期办结率", "按时结案率", "及时办结率"),
    ),
    Figure(
        key="cases.ended_share",
        label=N_("办结率"),
        group=_QUALITY,
        source=Source.CASES,
        part=CaseFigure.RECEIVED_AND_ENDED.value,
        whole=CaseFigure.RECEIVED.value,
        words=("结案率",),
    ),
    Figure(
        key="cases.check_failed_share",
        label=N_("核查不通过率"),
        group=_CHECKS,
        source=Source.CASES,
        part=CaseFigure.CHECK_FAILED.value,
        whole=CaseFigure.CHECKED.value,
        words=("核查不合格率",),
    ),
)


def _callback(part: Shown, label: str, *words: str) -> Figure:
    return Figure(
        key=f"callbacks.{part.value}",
        label=label,
        group=_CALLBACKS,
        source=Source.CALLBACKS,
        part=part.value,
        words=words,
    )


def _rate(part: Shown, whole: Shown, label: str, *words: str) -> Figure:
    return Figure(
        key=f"rates.{part.value}",
        label=label,
        group=_CALLBACKS,
        source=Source.RATES,
        part=part.value,
        whole=whole.value,
        words=words,
    )


def _called(part: Called, label: str, *words: str) -> Figure:
    return Figure(
        key=f"calls.{part.value}",
        label=label,
        group=_WHISTLES,
        source=Source.CALLS,
        part=part.value,
        words=words,
        narrowings=_PLACE,
    )


def _operation(part: EnforcementFigure, label: str, *words: str) -> Figure:
    return Figure(
        key=f"operations.{part.value}",
        label=label,
        group=_ENFORCEMENT,
        source=Source.OPERATIONS,
        part=part.value,
        words=words,
        narrowings=_PLACE,
    )


_LISTED = (
    *_of_cases(),
    *_SHARES,
    _callback(Shown.MADE, N_("回访件数"), "回访数", "回访量"),
    _callback(Shown.DUE, N_("应回访件数"), "应回访"),
    _callback(Shown.ANSWERED, N_("成功回访件数"), "回访成功", "已回访"),
    _callback(Shown.SOLVED, N_("回访解决件数"), "解决件数"),
    _callback(Shown.SATISFIED, N_("回访满意件数"), "满意件数"),
    _callback(Shown.NOT_SATISFIED, N_("回访不满意件数"), "不满意"),
    _rate(Shown.IN_TIME, Shown.DUE, N_("响应率"), "回访响应率"),
    _rate(Shown.SOLVED, Shown.ANSWERED, N_("解决率"), "问题解决率"),
    _rate(Shown.SATISFIED, Shown.SAID, N_("满意率"), "群众满意率", "满意度"),
    Figure(
        key="whistles.blown",
        label=N_("吹哨次数"),
        group=_WHISTLES,
        source=Source.WHISTLES,
        part=BLOWN,
        words=("吹哨",),
        narrowings=_PLACE,
    ),
    _called(Called.CALLED, N_("召集单位次数"), "召集单位", "召集部门"),
    _called(Called.CAME, N_("报到次数"), "部门报到", "单位报到"),
    _called(Called.IN_TIME, N_("按时报到次数"), "按时报到"),
    _operation(
        EnforcementFigure.OPERATIONS, N_("联合执法次数"), "联合执法", "综合执法", "执法行动"
    ),
    _operation(EnforcementFigure.FINISHED, N_("办结执法行动次数"), "执法办结"),
    _operation(EnforcementFigure.NOTICES, N_("发出执法告知份数"), "整改通知", "告知书"),
    _operation(EnforcementFigure.MEASURES, N_("采取执法措施次数"), "执法措施"),
)
FIGURES: Mapping[str, Figure] = MappingProxyType({one.key: one for one in _LISTED})


def share(part: int, whole: int) -> Decimal | None:
    """Give a share in per cent with one decimal, half up, or None of nothing."""
    return _rounded(_WHOLE * part / whole) if whole else None


def change(now: Decimal | None, then: Decimal | None, *, is_share: bool) -> Decimal | None:
    """Say by how much a number has changed: in per cent, of shares in percentage points.

    None where there was nothing to compare with.
    """
    if now is None or then is None:
        return None
    if is_share:
        return _rounded(now - then)
    return _rounded(_WHOLE * (now - then) / then) if then else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, rounding=ROUND_HALF_UP)


def is_per_cent(figure: Figure, span: Span) -> bool:
    """Say whether the number is one in per cent."""
    return figure.is_share or span is Span.CHANGE
