"""All the words of an answer: head and body, unescaped, unzipped, set on paper or streamed."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any
from urllib.parse import unquote

from pypdf import PdfReader

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_QUOTED = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def words_of(answer: Any, body: bytes) -> str:
    """Give every word an answer says, in its head, its file name and its body."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return readable(f"{head}\n{answer.cookies.output()}\n{words_in(body)}")


def body_of(answer: Any) -> bytes:
    """Give the body, also of one that is streamed."""
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return bytes(answer.content)


def words_in(body: bytes) -> str:
    """Give the words of a page, a table, a paper or an unknown kind of bytes."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return "\n".join(part.decode("utf-8", "replace") for part in parts)
    raw = body.decode("utf-8", "replace")
    if body.startswith(b"%PDF"):
        return raw + "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return raw


def readable(text: str) -> str:
    """Take the escapes of HTML, JSON and addresses away."""
    plain = html.unescape(text)
    if "\\u" in plain:
        plain = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), plain)
    return _QUOTED.sub(lambda found: unquote(found.group()), plain)
