"""How phones are brought into one form."""

from __future__ import annotations

_SEPARATORS = str.maketrans("", "", " -()\u00a0\u2009\u3000")


def plain_phone(text: str) -> str:
    """Cut a phone number down to digits, without +86; an empty text when it is none."""
    digits = text.translate(_SEPARATORS).removeprefix("+86").removeprefix("0086").removeprefix("+")
    is_number = digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 15
    return digits if is_number else ""
