"""Setting paper with typst: words go in as JSON, never as markup; fonts come from the machine."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Literal

import qrcode
import typst
from django.conf import settings
from django.utils import timezone, translation
from PIL import Image

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_

SHEETS = Path(__file__).parent / "sheets"
# The first of these that is there is used; each has the characters of GB 18030.
FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "SimHei",
    "Noto Serif CJK SC",
    "SimSun",
)
LARGEST_EDGE_PX = 1200


class UnableToPrint(Refusal):
    """Paper that can't be made on this machine."""

    messages: ClassVar = {
        "paper.no_font": N_(
            "这台服务器上没有中文字体，印不出来。请管理员安装 fonts-noto-cjk，"
            "或者把字体文件放进 LINLI_FONTS 所指的文件夹。"
        ),
        "paper.failed": N_("这份纸质文件没有排成，已经记下来等人检查。请先用网页。"),
    }


def set_paper(
    sheet: str,
    *,
    words: Mapping[str, Any],
    pictures: Mapping[str, bytes] | None = None,
    title: str,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """Set one sheet and return it as PDF, or its first page as PNG.

    Args:
        sheet: name of the layout in `sheets/`.
        words: what the layout shows; plain JSON.
        pictures: files the layout names, by name.
        title: the document's own title.
        kind: what to make.

    Raises:
        UnableToPrint: without a Chinese font, or when the layout fails.
    """
    fonts, family = find_fonts()
    given = {**words, "title": title, "font": family, "lang": _language()}
    with TemporaryDirectory(prefix="linli-paper-") as folder:
        for name, content in (pictures or {}).items():
            (Path(folder) / name).write_bytes(content)
        shutil.copy(SHEETS / "frame.typ", folder)
        source = Path(shutil.copy(SHEETS / f"{sheet}.typ", folder))
        compiler = typst.Compiler(source, root=Path(folder), font_paths=fonts)
        inputs = {"words": json.dumps(given, ensure_ascii=False)}
        try:
            # It takes whole seconds only.
            now = timezone.now().replace(microsecond=0)
            made = compiler.compile(format=kind, ppi=144, sys_inputs=inputs, timestamp=now)
        except typst.TypstError as error:
            raise UnableToPrint("paper.failed") from error
    return _first(made)


@lru_cache(maxsize=1)
def find_fonts() -> tuple[typst.Fonts, str]:
    """Find the fonts of this machine, once a process, and the family to set Chinese in.

    Raises:
        UnableToPrint: when none of them has Chinese characters.
    """
    folders = [settings.FONTS] if settings.FONTS else []
    fonts = typst.Fonts(font_paths=folders)
    there = set(fonts.families())
    family = next((one for one in FAMILIES if one in there), None)
    if family is None:
        raise UnableToPrint("paper.no_font")
    return fonts, family


def draw_code(address: str) -> bytes:
    """Draw the QR code of an address as PNG, with its quiet zone."""
    out = io.BytesIO()
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(address)
    code.make_image().save(out, "PNG")
    return out.getvalue()


def make_small(jpeg: bytes) -> bytes:
    """Make a photo small enough for paper."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(jpeg)) as photo:
        photo.thumbnail((LARGEST_EDGE_PX, LARGEST_EDGE_PX))
        photo.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _first(made: bytes | list[bytes] | None) -> bytes:
    if isinstance(made, list):
        return made[0]
    if made is None:
        raise UnableToPrint("paper.failed")
    return made


def _language() -> str:
    return "en" if (translation.get_language() or "").startswith("en") else "zh"
