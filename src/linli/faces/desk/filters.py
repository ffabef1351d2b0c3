"""The filters of the list of cases: they live in the address, so that a list can be passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.choosing import Kept, Offer, OfferSelect
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    LEVEL_LABELS,
    STEP_LABELS,
    CaseFilters,
    Channel,
    Level,
    Step,
)
from linli.spine.cases.terms.supervision import (
    REASON_LABELS,
    RUNG_LABELS,
    Reason,
    Rung,
)

Choices = list[tuple[str, Any]] | Kept
OPEN = "open"
ENDED = "ended"
SILENT = "silent"
REMINDED = "reminded"
REWORKED = "reworked"
OUTSIDE = "outside"
ORDERS = ("-reported_at", "reported_at", "due_at")
FIRST_ORDER = "-reported_at"
ROWS_A_PAGE = 20
# Four lists in each language.
MOST_KEPT = 16
POINTS_ON_MAP = 100

said = lazy(gettext, str)


def list_steps() -> list[tuple[str, Any]]:
    """List what the filter of steps offers: all open ones, what hangs, then each step."""
    each = [(step.value, gettext(label)) for step, label in STEP_LABELS.items()]
    hanging = [
        (SILENT, gettext("已报区级、没有答复")),
        (REMINDED, gettext("有人催办")),
        (REWORKED, gettext("返过工的")),
    ]
    return [("", gettext("全部环节")), (OPEN, gettext("所有未办结")), *hanging, *each]


def list_watches() -> list[tuple[str, Any]]:
    """List what the filter of supervision offers: every reason, then every rung of the ladder."""
    reasons = [(reason.value, gettext(label)) for reason, label in REASON_LABELS.items()]
    rungs = [(rung.value, gettext(label)) for rung, label in RUNG_LABELS.items()]
    return [("", gettext("不限")), *reasons, (gettext("现在到了"), rungs)]


def list_channels() -> list[tuple[str, Any]]:
    """List what the filter of channels offers."""
    return [("", gettext("全部来源")), *((c.value, gettext(t)) for c, t in CHANNEL_LABELS.items())]


def list_levels() -> list[tuple[str, Any]]:
    """List what the filter of levels offers."""
    return [("", gettext("全部层级")), *((c.value, gettext(t)) for c, t in LEVEL_LABELS.items())]


@lru_cache(maxsize=MOST_KEPT)
def _kept(read: Callable[[], list[tuple[str, Any]]], _language: str | None) -> Kept:
    return Kept(tuple(read()))


_LISTS = {
    "step": list_steps,
    "source": list_channels,
    "level": list_levels,
    "watch": list_watches,
}


class FilterForm(forms.Form):
    """Reads the address; what it can't read is left out and said beside the field."""

    q = forms.CharField(label=_("编号、原编号、标题或地址"), required=False, max_length=100)
    step = forms.ChoiceField(label=_("环节"), required=False, widget=OfferSelect)
    area = forms.ChoiceField(label=_("社区或网格"), required=False, widget=OfferSelect)
    category = forms.ChoiceField(label=_("类别"), required=False, widget=OfferSelect)
    organisation = forms.ChoiceField(label=_("承办单位"), required=False, widget=OfferSelect)
    source = forms.ChoiceField(label=_("来源"), required=False, widget=OfferSelect)
    level = forms.ChoiceField(label=_("办理层级"), required=False, widget=OfferSelect)
    watch = forms.ChoiceField(label=_("督办"), required=False, widget=OfferSelect)
    since = forms.DateField(label=_("上报自"), required=False)
    until = forms.DateField(label=_("上报至"), required=False)
    overdue = forms.BooleanField(label=_("只看超时"), required=False)

    def __init__(
        self,
        asked: Any,
        *,
        areas: Kept,
        categories: Kept,
        organisations: Kept,
    ) -> None:
        super().__init__(asked, auto_id="filter-%s")
        for name, read in _LISTS.items():
            self._offer(name, _kept(read, get_language()))
        self._offer("area", ("", _("全部辖区")), areas, (OUTSIDE, _("还没有落到社区")))
        self._offer("category", ("", _("全部类别")), categories)
        self._offer("organisation", ("", _("全部单位")), organisations)
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["q"].widget.input_type = "search"

    def _offer(self, name: str, *parts: Kept | tuple[str, Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = Offer(*parts)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.data.get(name) for name in self.fields)

    def read(self, *, order: str, page: str, page_size: int = ROWS_A_PAGE) -> CaseFilters:
        """Turn the address into the room's filters; unreadable parts count as not given."""
        self.is_valid()
        given = self.cleaned_data
        step, area = given.get("step") or "", given.get("area") or ""
        watch = given.get("watch") or ""
        return CaseFilters(
            steps=(Step(step),) if step in set(Step) else (),
            is_open=True if step in (OPEN, REMINDED) else None,
            is_silent=True if step == SILENT else None,
            is_reminded=True if step == REMINDED else None,
            is_reworked=True if step == REWORKED else None,
            level=Level(given["level"]) if given.get("level") else None,
            is_overdue=True if given.get("overdue") else None,
            channel=Channel(given["source"]) if given.get("source") else None,
            area_code="" if area == OUTSIDE else area,
            is_outside_communities=area == OUTSIDE,
            reason=Reason(watch) if watch in set(Reason) else None,
            rung=Rung(watch) if watch in set(Rung) else None,
            organisation_id=_number(given.get("organisation")),
            reported_from=_midnight(given.get("since")),
            reported_before=_midnight(given.get("until"), days_later=1),
            text=(given.get("q") or "").strip(),
            order=order if order in ORDERS else FIRST_ORDER,
            page=max(1, _number(page) or 1),
            page_size=page_size,
            **_category(given.get("category") or ""),
        )


def _category(given: str) -> dict[str, Any]:
    if given.startswith("major-"):
        return {"major_code": given.removeprefix("major-")}
    return {"category_id": _number(given)}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _midnight(day: date | None, *, days_later: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time()))


def group_choices(rows: Iterable[tuple[str, str, str]]) -> Kept:
    """Put (group, value, label) rows, already in order, under their groups for a select."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, value, label in rows:
        groups.setdefault(group, []).append((value, label))
    return Kept(tuple(groups.items()))
