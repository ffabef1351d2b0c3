"""Reading a message pasted from a chat: who, when, which number, and what is left of the text."""

from __future__ import annotations

import re

from linli.programmes.hotline.terms import MAX_WORDS, Split

_DAY_WORDS = r"昨天|前天|今天|星期[一二三四五六日天]"
_DATE = rf"(?:\d{{4}}[-/年.]\d{{1,2}}[-/月.]\d{{1,2}}日?|\d{{1,2}}月\d{{1,2}}日|{_DAY_WORDS})"
_TIME = r"(?:凌晨|早上|上午|中午|下午|晚上)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_WHEN = rf"(?:{_DATE}\s*)?{_TIME}"
# "张三 2026/11/22 9:13" or "张三: " alone on a line, as chats copy it; or only the instant.
_HEAD = re.compile(
    rf"^(?:(?P<name>(?!{_WHEN})[^\s:：\d][^:：\n]{{0,19}}?)[\s:：]+)?(?P<when>{_WHEN})\s*[:：]?$"
)
_PLACEHOLDER = re.compile(
    r"\[(?:图片|语音|视频|位置|文件|表情|动画表情|捂脸|强|抱拳|玫瑰|合十)[^\]]{0,20}\]"
)
# A number may be written with blanks or hyphens in it, and with the country's code.
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[\s-]?)?(?P<number>1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)"
)
_LABEL = re.compile(
    r"(?:我的|我|联系)?(?:手机|电话|联系方式|联系电话|tel|phone)[号码是为]*[:：\s]*$", re.IGNORECASE
)
_TRAILING = re.compile(r"[\s，,；;：:（(、]+$")
_LEADING = re.compile(r"^[\s，,；;：:）)、]+")


def split_pasted(pasted: str) -> Split:
    """Split a pasted message into its text, the number in it, the writer's name and the time.

    Headings of a chat and place-holders of pictures go; telephone numbers leave the text, the
    first is kept for the contact. What is not understood stays in the text.
    """
    name = when = ""
    lines: list[str] = []
    for line in pasted.replace("\x00", "").replace("\r\n", "\n").split("\n"):
        head = _HEAD.match(line.strip())
        if head is None:
            lines.append(_PLACEHOLDER.sub("", line).rstrip())
            continue
        name = name or (head["name"] or "").strip()
        when = when or head["when"].strip()
    text, phone = take_numbers("\n".join(lines))
    return Split(text=_tidy(text)[:MAX_WORDS], phone=phone, name=name, said_at=when)


def take_numbers(text: str) -> tuple[str, str]:
    """Take all telephone numbers out of a text; give the text and the first number's digits."""
    found = list(_PHONE.finditer(text))
    if not found:
        return text, ""
    kept, at = "", 0
    for match in found:
        before = _LABEL.sub("", text[at : match.start()])
        kept = _join(kept, before)
        at = match.end()
    return _join(kept, text[at:]), digits(found[0]["number"])


def _join(kept: str, more: str) -> str:
    """Put two parts together where a number stood, with no punctuation left over."""
    if not kept:
        return more
    left, right = _TRAILING.sub("", kept), _LEADING.sub("", more)
    if not left or not right or left.endswith(("。", "！", "？", "\n")):
        return left + right
    return f"{left}，{right}" if right[0] not in "。！？\n" else left + right


def _tidy(text: str) -> str:
    lines = [line.strip() for line in text.split("\n")]
    return _TRAILING.sub("", "\n".join(line for line in lines if line))


def digits(number: str) -> str:
    """Give the digits of a telephone number, without the country's code."""
    found = re.sub(r"\D", "", number)
    return found[2:] if len(found) == 13 and found.startswith("86") else found
