"""Parts of a page that many readers see alike: written once for what they say.

A row of a list says the same to everybody until its case changes. It is kept by all that it says,
so nothing has to be announced: what says something else is another part.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Some kilobytes each: the lists that are looked at, in both languages.
MOST_KEPT = 1_024


def write_parts(template: str, said: Iterable[Hashable]) -> SafeString:
    """Write parts one after the other; the same again in the same language is not written anew.

    Args:
        template: knows nothing but `said`: neither who asks nor the token of a form.
        said: what each part says; instances of a frozen class, of one class for a template.
    """
    language = get_language()
    return SafeString("".join([_write(template, one, language) for one in said]))


@lru_cache(maxsize=MOST_KEPT)
def _write(template: str, said: Hashable, _language: str | None) -> str:
    return render_to_string(template, {"said": said})
