"""How phones are brought into one form."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"1[3-9]\d{9}")
_ABROAD = re.compile(r"[1-9]\d{7,14}")
_SEPARATORS = str.maketrans("", "", " -()\u00a0\u2009\u3000")


def plain_phone(text: str) -> str:
    """Cut a phone number down to digits, without +86; an empty text when it is none."""
    digits = text.translate(_SEPARATORS).removeprefix("+86").removeprefix("0086").removeprefix("+")
    is_number = digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 15
    return digits if is_number else ""


def mobile_phone(text: str) -> str:
    """Cut a number that can get an SMS down to digits; an empty text when it is none.

    Mobile numbers of the mainland are known by their form; numbers of other countries are taken
    when they are written with `+` or `00`.
    """
    digits = plain_phone(text)
    if _MOBILE.fullmatch(digits):
        return digits
    stated = text.strip().translate(_SEPARATORS)
    if stated.startswith(("+86", "0086")) or not stated.startswith(("+", "00")):
        return ""
    digits = digits.removeprefix("00")
    return digits if _ABROAD.fullmatch(digits) else ""


def hidden_phone(phone: str) -> str:
    """Hide the middle of a number, for pages that others may look at too."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"
