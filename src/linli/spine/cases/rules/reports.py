"""What a report must be: words that can be kept, a place, and one body to one id."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from math import isfinite

import msgspec

from linli.spine.cases.rules.refusals import ActionRefused, ReportRefused
from linli.spine.cases.terms import (
    MAX_TEXT,
    PLACELESS_KINDS,
    ActionInput,
    Contact,
    NewReport,
    Point,
)

UUID_VERSION = 7
TITLE_LENGTH = 40
LENGTHS = {"title": 120, "address": 200, "place_note": 200, "original_number": 60}
CONTACT_LENGTHS = {"name": 60, "phone": 30, "door": 120}
_LANGUAGE = b',"language":'
_SENTENCE_END = re.compile(r"[\n。！？!?；;]")
_NUMBERS = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8}"
    r"|\d{16,19})(?!\d)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def check_report(report: NewReport) -> None:
    """Refuse a report whose words can't be kept as they are, or that says nothing.

    Raises:
        ReportRefused: naming the field.
    """
    if report.id is not None and report.id.version != UUID_VERSION:
        raise ReportRefused("report.id_not_v7", field="id")
    if not report.text.strip():
        raise ReportRefused("report.text_missing", field="text")
    if len(report.text) > MAX_TEXT:
        raise ReportRefused("report.text_too_long", field="text", most=MAX_TEXT)
    _check_characters("text", report.text)
    for name, most in LENGTHS.items():
        _check_line(name, getattr(report, name), most)
    for name, most in CONTACT_LENGTHS.items():
        _check_line(name, getattr(report.contact, name), most)
    needs_place = report.kind not in PLACELESS_KINDS
    if needs_place and report.point is None and not report.address.strip():
        raise ReportRefused("report.place_missing", field="lon")


def check_words(form: ActionInput) -> None:
    """Refuse words given with an action that can't be kept.

    Raises:
        ActionRefused: naming the field.
    """
    for name in ("note", "elsewhere", "address", "instructed_by"):
        body = getattr(form, name)
        if "\x00" in body or len(body) > MAX_TEXT or not _is_whole(body):
            raise ActionRefused("cases.text_unfit", field=name, most=MAX_TEXT)


def anonymous(report: NewReport) -> NewReport:
    """Drop what says who reports, when the reporter wants to stay unnamed."""
    return replace(report, contact=Contact(), device=None) if report.is_anonymous else report


def digest_of(report: NewReport) -> bytes:
    """Hash what was sent, leaving aside the language it was sent in."""
    body = msgspec.json.encode(report)
    # The language is the last field, so nothing a person wrote stands behind it.
    told = body[: body.rindex(_LANGUAGE)] + _LANGUAGE + b'""}'
    return hashlib.sha256(told).digest()


def title_of(report: NewReport) -> str:
    """Give the title, or the first sentence of the text, shortened."""
    if report.title.strip():
        return report.title.strip()
    first = _SENTENCE_END.split(report.text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def mask_numbers(text: str) -> str:
    """Hide telephone, identity and card numbers and addresses of mail that stand in a text."""
    if not text:
        return text
    hidden = _NUMBERS.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", text)
    return _MAIL.sub("***@***", hidden)


def plausible(point: Point | None) -> Point | None:
    """Give the position of a device, or None when it can't be one."""
    if point is None or not (isfinite(point.lon) and isfinite(point.lat)):
        return None
    return point if abs(point.lon) <= 180 and abs(point.lat) <= 90 else None


def is_suspicious(
    point: tuple[float, float], *, listed: frozenset[tuple[float, float]], seen: int, repeats: int
) -> bool:
    """Say whether a point tells nothing: listed as a default, or seen far too often.

    Args:
        point: lon and lat in degrees WGS-84.
        listed: default points of the sub-district.
        seen: reports at exactly this point within the last week.
        repeats: from how many on it is too often.
    """
    return rounded(point) in listed or seen >= repeats


def rounded(point: tuple[float, float]) -> tuple[float, float]:
    """Round to a tenth of a metre, so that the same point compares equal."""
    return round(point[0], 6), round(point[1], 6)


def _check_line(name: str, body: str, most: int) -> None:
    if len(body) > most:
        raise ReportRefused("report.field_too_long", field=name, most=most)
    _check_characters(name, body)


def _check_characters(name: str, body: str) -> None:
    if "\x00" in body:
        raise ReportRefused("report.nul_character", field=name)
    if not _is_whole(body):
        raise ReportRefused("report.broken_character", field=name)


def _is_whole(body: str) -> bool:
    """Say whether a text has no half of a surrogate pair, which no encoding can keep."""
    if body.isascii():
        return True
    try:
        body.encode()
    except UnicodeEncodeError:
        return False
    return True
