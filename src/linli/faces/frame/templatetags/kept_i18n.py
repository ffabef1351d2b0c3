"""Django's `i18n` tags; a constant text is looked up in the catalogue once for each language.

The settings name this library `i18n`, so that templates load it as they load Django's. A page says
some two hundred constant texts, and looking one up took longer than writing it.
"""

from __future__ import annotations

from typing import Any

from django.template import Library, Node
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.i18n import register as own
from django.utils.translation import get_language

register = Library()
register.tags.update(own.tags)
register.filters.update(own.filters)


class ConstantText(Node):
    """A text that depends on nothing but the language.

    Args:
        node: Django's own, asked once for each language.
    """

    def __init__(self, node: Any) -> None:
        self.node = node
        self.name: str | None = node.asvar
        node.asvar = None
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Say it, or put it where the tag says."""
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._said[language] = self.node.render(context)
        if self.name is None:
            return said
        context[self.name] = said
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Translate as Django's own tag does; what is constant only once."""
    node = do_translate(parser, token)
    return ConstantText(node) if _is_constant(node) else node


def _is_constant(node: TranslateNode) -> bool:
    text: Any = node.filter_expression
    is_plain = not text.filters and node.message_context is None and not node.noop
    return is_plain and text.var.literal is not None
