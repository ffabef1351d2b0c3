"""Constant texts of templates: looked up once for each language, said as Django says them."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.template import Context, Engine, Template
from django.templatetags import i18n
from django.utils import translation

from linli.faces.frame.templatetags import kept_i18n

TEXTS = (
    '{% translate "通知" %}',
    '{% translate "通知" as told %}[{{ told }}]',
    '{% translate "通知" noop %}',
    '{% translate "<b>100%</b> & 通知" %}',
    "{% translate label %}",
    '{% translate label|default:"通知" as told %}{{ told }}',
    '{% autoescape off %}{% translate "通知" %}{% translate label %}{% endautoescape %}',
)
PLAIN = Engine(libraries={"i18n": "django.templatetags.i18n"})


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_said_as_django_says_them(text: str) -> None:
    ours = Template("{% load i18n %}" + text)
    plain = PLAIN.from_string("{% load i18n %}" + text)
    for language in ("zh-hans", "en", "zh-hans"):
        for label in ("<报问题>", "查进度", ""):
            with translation.override(language):
                said = {"label": label}
                assert ours.render(Context(said)) == plain.render(Context(said))


def test_templates_of_the_house_load_this_library() -> None:
    template = Template('{% load i18n %}{% translate "通知" %}')
    assert template.nodelist.get_nodes_by_type(kept_i18n.ConstantText)
    assert not template.nodelist.get_nodes_by_type(i18n.TranslateNode)


def test_a_constant_text_is_looked_up_once_for_each_language() -> None:
    template = Template('{% load i18n %}{% translate "通知" %}')
    with patch.object(i18n.TranslateNode, "render", autospec=True, return_value="said") as asked:
        for language in ("zh-hans", "en", "zh-hans", "en"):
            with translation.override(language):
                assert template.render(Context()) == "said"
    assert asked.call_count == 2
