"""Compares the words in code and templates with their translations, room by room."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from linli.config.checkout import ROOT
from linli.config.locales import SOURCE, list_catalogues

METHODS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "linli.config.translations.extract_template"),
    ("**/templates/**.txt", "linli.config.translations.extract_template"),
]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
# Words, and the signs of Chinese sentences, which no English page may show either.
CHINESE = re.compile(r"[\u4e00-\u9fff：；，。、！？（）《》]+")
PLACE = re.compile(r"%\((\w+)\)[sd]")
# The other language's own name is the same in every language.
SAME_EVERYWHERE = frozenset({"简体中文", "中文"})


def list_rooms() -> list[Path]:
    """List the folders that are Django applications."""
    return sorted(path.parent for path in SOURCE.glob("**/apps.py"))


def extract(room: Path) -> dict[str, tuple[str, ...]]:
    """Find the words of one room: message id → all its forms (two when it counts things)."""
    found: dict[str, tuple[str, ...]] = {}
    for _file, _line, message, _comments, _context in extract_from_dir(
        room, method_map=METHODS, keywords=KEYWORDS
    ):
        forms = (message,) if isinstance(message, str) else tuple(message)
        found[forms[0]] = max(forms, found.get(forms[0], ()), key=len)
    return found


def extract_template(
    file: IO[bytes], keywords: Mapping[str, Any], comments: list[str], options: Any
) -> Iterator[tuple[int, Any, Any, Any]]:
    """Find the words of one template: Django turns it into calls, Babel reads those."""
    calls = templatize(file.read().decode("utf-8"))
    flat = "\n".join(line.strip() for line in calls.splitlines())
    yield from extract_python(io.BytesIO(flat.encode()), keywords, comments, options)


def read(catalogue: Path) -> Catalog:
    """Read one translation."""
    with catalogue.open("rb") as text:
        return read_po(text, locale=catalogue.parts[-3])


def list_faults() -> list[str]:
    """List what is untranslated, unused, unsure or translated in two ways."""
    used = {room: extract(room) for room in list_rooms()}
    known: dict[str, dict[Path, Message]] = defaultdict(dict)
    for catalogue in list_catalogues():
        for message in read(catalogue):
            if message.id:
                known[_first(message.id)][catalogue] = message
    return [
        *_missing(used, known),
        *_unused(used, known),
        *_at_odds(known),
        *_bare_chinese(),
    ]


def _missing(
    used: dict[Path, dict[str, tuple[str, ...]]], known: dict[str, dict[Path, Message]]
) -> Iterator[str]:
    for room, words in used.items():
        for word in words:
            if word not in known and word not in SAME_EVERYWHERE:
                yield f"{_name(room)}: 没有英文 · no English for {word!r}"


def _unused(
    used: dict[Path, dict[str, tuple[str, ...]]], known: dict[str, dict[Path, Message]]
) -> Iterator[str]:
    everything = {word for words in used.values() for word in words}
    for word, places in known.items():
        for catalogue, message in places.items():
            if word not in everything:
                yield f"{_name(catalogue)}: 不再使用 · no longer used: {word!r}"
            yield from (f"{_name(catalogue)}: {fault}: {word!r}" for fault in _doubts(message))


def _doubts(message: Message) -> Iterator[str]:
    told = message.string or ""
    strings = [told] if isinstance(told, str) else list(told)
    if message.fuzzy:
        yield "存疑 · fuzzy"
    if not all(strings):
        yield "译文为空 · empty"
    wanted = set(PLACE.findall(_first(message.id)))
    if any(set(PLACE.findall(string)) - wanted for string in strings):
        yield "参数不符 · names another parameter"


def _at_odds(known: dict[str, dict[Path, Message]]) -> Iterator[str]:
    for word, places in known.items():
        if len({str(message.string) for message in places.values()}) > 1:
            rooms = ", ".join(_name(catalogue) for catalogue in places)
            yield f"{rooms}: 译法不一 · translated in two ways: {word!r}"


def _bare_chinese() -> Iterator[str]:
    for template in sorted(SOURCE.glob("**/templates/**/*.html")):
        text = TRANSLATED.sub("", COMMENT.sub("", template.read_text(encoding="utf-8")))
        for found in CHINESE.findall(text):
            if found not in SAME_EVERYWHERE:
                yield f"{_name(template)}: 没有标为可译 · not marked for translation: {found}"


def add_missing() -> int:
    """Write empty entries for untranslated words into their room's catalogue; return how many."""
    known = {_first(m.id) for path in list_catalogues() for m in read(path) if m.id}
    added = 0
    for room in list_rooms():
        words = {w: f for w, f in extract(room).items() if w not in known | SAME_EVERYWHERE}
        place = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
        if not words:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(place) if place.exists() else Catalog(locale="en")
        for forms in words.values():
            catalogue.add(forms if len(forms) > 1 else forms[0], flags=_flags(forms))
        with place.open("wb") as text:
            write_po(text, catalogue, width=100, omit_header=False)
        added += len(words)
        known |= set(words)
    return added


def _flags(forms: tuple[str, ...]) -> list[str]:
    return ["python-format"] if PLACE.search(forms[0]) else []


def _first(identity: object) -> str:
    return identity if isinstance(identity, str) else str(next(iter(identity)))  # type: ignore[call-overload]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))
