"""Words that would start a formula get an apostrophe, and lose it when they come back."""

from __future__ import annotations

# What spreadsheets take for the beginning of a formula, also when the file goes on as CSV; and
# the apostrophe itself, so that every text comes back as it was.
_GUARDED = tuple("=+-@\t\r\n＝＋－＠'")


def guard(text: str) -> str:
    """Put an apostrophe before words a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def unguard(text: str) -> str:
    """Take away the apostrophe that `guard` put."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_GUARDED) else text
