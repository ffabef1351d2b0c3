"""Forms of posts: the list's filters, giving one, prolonging and ending it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.ground.people.terms import BASIS_LABELS, Basis, PersonLine, Role
from linli.ground.people.terms.posts import (
    AWAY_REASON_LABELS,
    END_REASON_LABELS,
    POST_STATE_LABELS,
    EndReason,
    NewPost,
    PostFilters,
    PostState,
    WayInInput,
)

LONGEST_WORDS = 40


class PostFilterForm(forms.Form):
    """Reads the address; what it can't read is left out."""

    q = forms.CharField(label=_("姓名或地方"), required=False, max_length=LONGEST_WORDS)
    role = forms.ChoiceField(label=_("岗位"), required=False)
    area = forms.ChoiceField(label=_("社区或网格"), required=False)
    state = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Any, *, areas: Choices) -> None:
        super().__init__(asked, auto_id="filter-%s")
        roles = [(role.value, gettext(role.label)) for role in Role if role is not Role.RESIDENT]
        _offer(self, "role", [("", gettext("全部岗位")), *roles])
        _offer(self, "area", [("", gettext("全部辖区")), *areas])
        _offer(self, "state", [("", ""), *_labelled(POST_STATE_LABELS)])
        self.fields["q"].widget.input_type = "search"

    def read(self, *, page: str, page_size: int = 50) -> PostFilters:
        """Turn the address into the room's filters."""
        self.is_valid()
        given = self.cleaned_data
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return PostFilters(
            state=PostState(given["state"]) if given.get("state") else None,
            role=Role(given["role"]) if given.get("role") else None,
            area_code=given.get("area") or "",
            text=(given.get("q") or "").strip(),
            page=max(1, number),
            page_size=page_size,
        )


class NewPostForm(RefusableForm):
    """Who gets the post, for which term, how they came to it."""

    shown_at: ClassVar[Mapping[str, str]] = {"area": "person", "role": "person"}

    person = forms.TypedChoiceField(
        label=_("由谁任职"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("请先查到人，再选择由谁任职。")
        ),
    )
    organisation = forms.TypedChoiceField(
        label=_("在哪个单位"), coerce=int, empty_value=None, required=False
    )
    starts_on = forms.DateField(label=_("任期自"))
    ends_on = forms.DateField(
        label=_("任期至"), required=False, help_text=_("这一天起不再任职。没有任期的可不填。")
    )
    basis = forms.ChoiceField(label=_("产生方式"))
    recommended_by = forms.TypedChoiceField(
        label=_("推荐单位"), coerce=int, empty_value=None, required=False
    )
    decided_on = forms.DateField(label=_("选举、推荐或任命的日期"), required=False)
    entitled = forms.IntegerField(label=_("应到票数"), required=False, min_value=0)
    cast = forms.IntegerField(label=_("投票数"), required=False, min_value=0)
    in_favour = forms.IntegerField(
        label=_("赞成票数"),
        required=False,
        min_value=0,
        help_text=_("只记票数，不记谁投了什么。"),
    )
    document = forms.CharField(label=_("文号"), required=False, max_length=80)
    shows_name = forms.BooleanField(label=_("本人同意在楼道公示牌上写姓名"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        people: Iterable[PersonLine],
        organisations: Choices,
        with_organisation: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _offer(self, "organisation", [("", gettext("不属于单位")), *organisations])
        if not with_organisation:
            del self.fields["organisation"]
        _offer(self, "person", _named(people))
        _offer(self, "basis", _labelled(BASIS_LABELS))
        _offer(self, "recommended_by", [("", gettext("没有推荐单位")), *organisations])
        for name in ("starts_on", "ends_on", "decided_on"):
            self.fields[name].widget = _day_box()

    def read(self, *, role: Role, area_id: int) -> NewPost:
        """Give the post as it was typed."""
        given = self.cleaned_data
        return NewPost(
            person_id=given["person"],
            role=role,
            area_id=area_id,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            basis=Basis(given["basis"]),
            organisation_id=given.get("organisation"),
            recommended_by_id=given["recommended_by"],
            shows_name=given["shows_name"],
            way_in=WayInInput(
                decided_on=given["decided_on"],
                entitled=given["entitled"],
                cast=given["cast"],
                in_favour=given["in_favour"],
                document=given["document"],
            ),
        )


class ProlongForm(RefusableForm):
    """Until when the term goes on."""

    ends_on = forms.DateField(label=_("新的任期至"), help_text=_("这一天起不再任职。"))

    def __init__(self, data: Any = None, *, ends_on: date | None = None) -> None:
        super().__init__(data, auto_id="prolong-%s", initial={"ends_on": ends_on})
        self.fields["ends_on"].widget = _day_box()


class StandInForm(RefusableForm):
    """Who acts in a post, from when until when, and why."""

    person = forms.TypedChoiceField(
        label=_("由谁代理"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("请先查到人，再选择由谁代理。")
        ),
    )
    starts_on = forms.DateField(label=_("代理自"))
    ends_on = forms.DateField(label=_("代理至"), help_text=_("这一天本人回岗，代理自动结束。"))
    reason = forms.ChoiceField(label=_("为什么不在岗"))

    def __init__(
        self,
        data: Any = None,
        *,
        people: Iterable[PersonLine],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _offer(self, "person", _named(people))
        _offer(self, "reason", _labelled(AWAY_REASON_LABELS))
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget = _day_box()


class EndForm(RefusableForm):
    """Why a post ends before its term."""

    reason = forms.ChoiceField(label=_("为什么结束"))
    note = forms.CharField(
        label=_("说明"), required=False, max_length=200, widget=forms.Textarea({"rows": 2})
    )
    successor = forms.TypedChoiceField(
        label=_("手上的事交给谁"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, data: Any = None, *, successors: Iterable[tuple[int, str]] = (), has_work: bool = True
    ) -> None:
        super().__init__(data, auto_id="end-%s")
        _offer(self, "successor", [("", gettext("交回单位")), *successors])
        if not has_work:
            del self.fields["successor"]
        _offer(self, "reason", [("", gettext("请选择")), *_labelled(END_REASON_LABELS)])

    @property
    def chosen(self) -> EndReason:
        """The reason chosen."""
        return EndReason(self.cleaned_data["reason"])


class SignOutForm(RefusableForm):
    """Why somebody is signed out on all devices."""

    reason = forms.CharField(
        label=_("为什么让此人退出"), max_length=200, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="sign-out-%s")


class DaysForm(RefusableForm):
    """How many days before its end a term is shown as ending."""

    days = forms.IntegerField(label=_("到期前多少天提示"))

    def __init__(self, data: Any = None, *, days: int | None = None) -> None:
        super().__init__(data, auto_id="days-%s", initial={"days": days})
        self.fields["days"].widget.attrs["inputmode"] = "numeric"


def _named(people: Iterable[PersonLine]) -> list[tuple[int, str]]:
    return [
        (one.id, f"{one.name} · {one.area_name}" if one.area_name else one.name) for one in people
    ]


def _day_box() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _labelled(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(one.value, gettext(label)) for one, label in labels.items()]


def _offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)
