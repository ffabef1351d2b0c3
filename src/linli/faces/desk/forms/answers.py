"""An entry of the library of answers as a form."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.programmes.hotline.terms import MAX_ANSWER, AnswerText, AnswerView


class DayInput(forms.DateInput):
    """A day as browsers let one pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AnswerForm(RefusableForm):
    """What callers ask, what is read out, who answers for it and until when."""

    shown_at = MappingProxyType({"owner": "owner_id"})
    question = forms.CharField(
        label=_("对方怎么问"), help_text=_("用对方的话，例如“身份证丢了怎么补”。"), max_length=120
    )
    text = forms.CharField(
        label=_("念给对方听的话"),
        help_text=_("能直接念：先说结论，再说时间、地点、带什么；不写个人的姓名电话。"),
        max_length=MAX_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    keywords = forms.CharField(
        label=_("别的说法"),
        help_text=_("用空格隔开，例如“办事大厅 上班时间”；首字母自动生成。"),
        required=False,
        max_length=200,
    )
    owner_id = forms.TypedChoiceField(
        label=_("谁负责这个口径"), required=False, coerce=int, empty_value=None
    )
    valid_from = forms.DateField(label=_("从哪天起"), widget=DayInput())
    valid_to = forms.DateField(
        label=_("到哪天止"), help_text=_("不填就一直有效。"), required=False, widget=DayInput()
    )
    review_on = forms.DateField(
        label=_("哪天复核"),
        help_text=_("到了这天会提醒值班长再看一遍。"),
        required=False,
        widget=DayInput(),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        entry: AnswerView | None = None,
        question: str = "",
        organisations: Choices,
    ) -> None:
        fresh = {"question": question, "valid_from": timezone.localdate()}
        super().__init__(typed, initial=_initial(entry) if entry else fresh)
        offered = cast("forms.ChoiceField", self.fields["owner_id"])
        offered.choices = [("", _("没有指定")), *organisations]

    def read(self) -> AnswerText:
        """Turn the valid form into an entry."""
        given = self.cleaned_data
        return AnswerText(
            question=given["question"],
            text=given["text"],
            keywords=given["keywords"],
            owner_id=given["owner_id"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            review_on=given["review_on"],
        )


def _initial(entry: AnswerView) -> dict[str, object]:
    names = ("question", "text", "keywords", "owner_id", "valid_from", "valid_to", "review_on")
    return {name: getattr(entry, name) for name in (*names, "version")}
