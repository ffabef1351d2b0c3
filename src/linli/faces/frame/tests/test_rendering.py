"""What is written straight is what Django's own templates write."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.rendering import WRITERS, PlainRenderer

CHOICES = [
    ("", "全部"),
    ("<a>", 'A & "B"'),
    (_("甲"), [(1, format_html("<b>{}</b>", "一")), (2, "<二>")]),
    ("组", [("x", "叉")]),
]
WIDGETS: dict[str, tuple[forms.Widget, Any]] = {
    "nothing typed": (forms.TextInput(), None),
    "signs": (forms.TextInput({"class": "a b", "required": True, "hidden": False}), "<&\"'>"),
    "a number": (forms.NumberInput({"min": 0}), 3),
    "a word to keep": (forms.PasswordInput(render_value=True), "s"),
    "a day": (forms.DateInput({"type": "date"}, "%Y-%m-%d"), date(2026, 3, 1)),
    "ticked": (forms.CheckboxInput({"id": "c"}), True),
    "not ticked": (forms.CheckboxInput(), False),
    "lines": (forms.Textarea({"rows": 3}), "一\n</textarea><b>"),
    "no lines": (forms.Textarea(), None),
    "a list": (forms.Select({"id": "s"}, CHOICES), "2"),
    "several": (forms.SelectMultiple({"id": "s"}, CHOICES), ["<a>", "x"]),
    "one of them": (forms.RadioSelect({"id": "r", "class": "k"}, CHOICES), "x"),
    "some of them": (forms.CheckboxSelectMultiple({"id": "m"}, CHOICES), [1, "<a>"]),
    "without a name of its own": (forms.RadioSelect({}, CHOICES), None),
}


@pytest.mark.parametrize("kind", WIDGETS)
def test_fields_are_written_as_by_the_templates(kind: str) -> None:
    widget, value = WIDGETS[kind]
    plain = widget.render("na<me", value, renderer=PlainRenderer())
    assert str(widget.template_name) in WRITERS
    by_templates = widget.render("na<me", value, renderer=DjangoTemplates())
    assert _without_space(plain) == _without_space(by_templates)


def test_what_it_does_not_know_is_left_to_the_templates() -> None:
    widget = forms.ClearableFileInput()
    assert widget.template_name not in WRITERS
    assert "file" in widget.render("photo", None, renderer=PlainRenderer())


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@pytest.mark.parametrize("has_label", [True, False])
def test_choices_drawn_one_by_one_are_written_as_templates_write_them(
    widget: type[forms.RadioSelect | forms.CheckboxSelectMultiple], *, has_label: bool
) -> None:
    class Asked(forms.Form):
        one = forms.MultipleChoiceField(choices=[("a", "甲"), ("<b>", "<乙>")], widget=widget)

    def drawn(renderer: DjangoTemplates) -> list[str]:
        boxes = Asked({"one": ["<b>"]}, renderer=renderer)["one"]
        return [_without_space(box.tag(wrap_label=has_label)) for box in boxes]

    assert drawn(PlainRenderer()) == drawn(DjangoTemplates())
    assert len(drawn(PlainRenderer())) == 2


def _without_space(html: str) -> str:
    """Leave out what browsers leave out: space beside tags."""
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", html)
