"""Chinese names by their pinyin: what people type who don't switch the keyboard."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def first_letters(text: str) -> str:
    """Give the pinyin initials of a name, figures and Latin letters kept: 义和小区 is `yhxq`."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


@lru_cache(maxsize=20_000)
def spelled_out(text: str) -> str:
    """Give a name in pinyin without tones or spaces: 义和 is `yihe`."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text)).lower()
