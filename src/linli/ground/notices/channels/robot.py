"""The robot of a work group in WeCom, DingTalk or Feishu: a web hook that takes JSON text.

Message forms and signatures as the three publish them for custom robots. None knows idempotency
keys; they answer 200 even when they refuse, and say so in a code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote_plus

from linli.ground.notices.configuration import Configuration
from linli.ground.notices.terms import Message

from .faults import SendAgain, SendRefused
from .posting import post_json

# Codes by which each says "too many messages".
TOO_MANY = {"wecom": {45009}, "dingtalk": {130101, 660026}, "feishu": {9499, 11232}}
_CODES = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "code"}
_WAIT_S = 60


class RobotAdaptor:
    """Posts one line of text to the group."""

    keeps_keys: ClassVar[bool] = False

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def send(self, message: Message) -> None:
        """Say one line in the group.

        Raises:
            SendAgain: as `posting.post_json`, and when the robot has said too much already.
            SendRefused: when the robot refuses.
        """
        kind = self._configuration.robot
        url, body = self._form(kind, f"{message.text}\n{message.link}")
        answer = post_json(url=url, body=body, headers={}, timeout_s=self._configuration.timeout_s)
        check_code(kind, answer.said)

    def _form(self, kind: str, text: str) -> tuple[str, dict[str, Any]]:
        url, secret = self._configuration.robot_url, self._configuration.robot_secret
        if kind == "feishu":
            signed = feishu_signature(secret, int(time.time())) if secret else {}
            return url, {"msg_type": "text", "content": {"text": text}, **signed}
        if kind == "dingtalk" and secret:
            url += dingtalk_signature(secret, int(time.time() * 1000), joined="?" in url)
        return url, {"msgtype": "text", "text": {"content": text}}


def check_code(kind: str, said: Mapping[str, Any]) -> None:
    """Judge what a robot said in its answer.

    Raises:
        SendAgain, SendRefused: when it did not take the message.
    """
    code = said.get(_CODES[kind])
    if code in (0, "0"):
        return
    if code is None:
        raise SendRefused("notices.unreadable")
    if code in TOO_MANY[kind]:
        raise SendAgain("notices.busy", after_s=_WAIT_S, status=str(code))
    raise SendRefused("notices.refused", status=str(code)[:20])


def dingtalk_signature(secret: str, timestamp_ms: int, *, joined: bool) -> str:
    """Give the part of the address that signs a message to DingTalk."""
    digest = hmac.new(secret.encode(), f"{timestamp_ms}\n{secret}".encode(), hashlib.sha256)
    sign = quote_plus(base64.b64encode(digest.digest()))
    return f"{'&' if joined else '?'}timestamp={timestamp_ms}&sign={sign}"


def feishu_signature(secret: str, timestamp_s: int) -> dict[str, str]:
    """Give the fields that sign a message to Feishu: the key is the text, the message is empty."""
    digest = hmac.new(f"{timestamp_s}\n{secret}".encode(), b"", hashlib.sha256)
    return {"timestamp": str(timestamp_s), "sign": base64.b64encode(digest.digest()).decode()}
