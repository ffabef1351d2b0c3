"""What is planted and must not turn up: each group of words with those who may never meet it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from linli.programmes.enforcement.tests.factories import (
    SECRET_NAME,
    SECRET_PHONE,
    SECRET_PLATE,
)


class Held(StrEnum):
    """One group of words held back from somebody."""

    REPORTER = "who reported, as they said"
    RECORD = "the name on the reporter's own record and account"
    RECORD_CONTACT = "how the reporter is reached, by the own record and account"
    SECOND = "who reported it again"
    CALLER = "who is on the phone"
    TEXT = "what the reporter wrote"
    SECOND_TEXT = "what the second reporter wrote"
    WRITTEN = "the number the reporter wrote into the text"
    REMARK = "what staff wrote about the matter"
    COMPLAINT = "what a complaint says"
    CALLED = "what was said on the phone"
    PARTY = "whom enforcement is about"
    SEARCHED = "what somebody looked for"
    REASON = "why somebody looked"
    HANDED = "what one shift tells the next"
    SENT_IN = "rows of a table sent in"
    ANSWERED = "what the reporter answered when called back"


NAME, PHONE, DOOR = "金丝雀甲某", "13987659471", "金丝雀楼九单元"
DEVICE = (125.307773, 43.877779)
SECOND_NAME, SECOND_PHONE = "金丝雀乙某", "13687658462"
RECORD_NAME, RECORD_PHONE, RECORD_DOOR = "金丝雀户主", "13587657453", "金丝雀户九零九"
WRITTEN_PHONE = "13387652426"
SEARCHED_PHONE = "13187651417"
LOGIN, EMAIL = "canary-login", "canary@reporter.example"
CALLER_NAME, CALLER_PHONE = "金丝雀丙某", "13787656444"
TEXT, TITLE, ADDRESS, NOTE = "金丝雀诉说路边成堆", "金丝雀标题", "金丝雀巷九号", "金丝雀门口"
SECOND_TEXT = "金丝雀又诉还是那堆"
REMARK = "金丝雀批注已看过"
COMPLAINT = "金丝雀投诉态度生硬"
CALLED = "金丝雀留言井盖松动"
SEARCHED = "金丝雀查找"
REASON = "金丝雀缘由核对"
HANDED = "金丝雀交班再打"
SENT_IN = "金丝雀表格一行"
ANSWERED = "金丝雀回话还没弄好"

WORDS: dict[Held, tuple[str, ...]] = {
    Held.REPORTER: (NAME, DOOR, *(f"{degrees:.6f}" for degrees in DEVICE)),
    Held.RECORD: (RECORD_NAME, LOGIN),
    Held.RECORD_CONTACT: (RECORD_DOOR, EMAIL),
    Held.SECOND: (SECOND_NAME,),
    Held.CALLER: (CALLER_NAME,),
    Held.TEXT: (TEXT, TITLE, ADDRESS, NOTE),
    Held.SECOND_TEXT: (SECOND_TEXT,),
    Held.REMARK: (REMARK,),
    Held.COMPLAINT: (COMPLAINT,),
    Held.CALLED: (CALLED,),
    Held.PARTY: (SECRET_NAME, SECRET_PLATE),
    Held.SEARCHED: (SEARCHED,),
    Held.REASON: (REASON,),
    Held.HANDED: (HANDED,),
    Held.SENT_IN: (SENT_IN,),
    Held.ANSWERED: (ANSWERED,),
}
PHONES: dict[Held, str] = {
    Held.REPORTER: PHONE,
    Held.RECORD_CONTACT: RECORD_PHONE,
    Held.WRITTEN: WRITTEN_PHONE,
    Held.SEARCHED: SEARCHED_PHONE,
    Held.SECOND: SECOND_PHONE,
    Held.CALLER: CALLER_PHONE,
    Held.PARTY: SECRET_PHONE,
}
TAIL_DIGITS, LONG_TAIL_DIGITS = 4, 8
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-‐-―.()·]+(?=\d)")
_SEPARATORS = "-‐‑‒–—―.()·"
_TAG = re.compile(r"<[^<>]*>")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


_HELD_BY_WORD = {_plain(word): held for held, words in WORDS.items() for word in words}
_HELD_BY_TAIL = {
    phone[-digits:]: held
    for held, phone in PHONES.items()
    for digits in (TAIL_DIGITS, LONG_TAIL_DIGITS)
}
_NUMBERS = tuple(phone[-LONG_TAIL_DIGITS:] for phone in PHONES.values())
_TAILS = tuple(phone[-TAIL_DIGITS:] for phone in PHONES.values())
_ANY_NUMBER = re.compile("|".join(_NUMBERS))
# The last four by themselves are told from chance by what announces them.
_ANY_TAIL = re.compile(r"(?:[*•…]|尾号|ending in)\s*(" + "|".join(_TAILS) + r")(?!\d)")


def find_held(text: str) -> frozenset[Held]:
    """Tell which groups a text gives away, however the words are broken or the numbers written."""
    plain = _plain(text)
    found: set[Held] = set()
    for form in (plain, _without(_TAG.sub("", plain), _INVISIBLE)):
        found.update(held for word, held in _HELD_BY_WORD.items() if word in form)
        found.update(_find_numbers(form))
    return frozenset(found)


def _find_numbers(form: str) -> Iterator[Held]:
    """Look closely only where the digits stand at all: thousands of pages are read here."""
    bare = _without(form, _SEPARATORS)
    if any(number in bare for number in _NUMBERS):
        joined = _BETWEEN_DIGITS.sub("", form)
        yield from (_HELD_BY_TAIL[number] for number in _ANY_NUMBER.findall(joined))
    if any(tail in form for tail in _TAILS):
        yield from (_HELD_BY_TAIL[tail] for tail in _ANY_TAIL.findall(form))


def _without(text: str, signs: str) -> str:
    """Leave all white space out, and these signs."""
    bare = "".join(text.split())
    for sign in signs:
        bare = bare.replace(sign, "")
    return bare
