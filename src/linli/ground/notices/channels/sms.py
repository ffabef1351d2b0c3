"""SMS through an HTTP gateway: a template of the gateway, and a number and a link, or a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.notices.configuration import Configuration, UnfitConfiguration
from linli.ground.notices.terms import CodeMessage, Message

from .faults import SendRefused
from .posting import post_json


class SmsAdaptor:
    """Posts `{"key", "phone", "template", "params": {"number", "link"}}`.

    The params of a code are `{"code", "minutes"}`.

    The key also stands in the header `Idempotency-Key`: a gateway that knows it sends once.
    """

    keeps_keys: ClassVar[bool] = True

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def send(self, message: Message) -> None:
        """Hand one SMS to the gateway.

        Raises:
            SendAgain, SendRefused: as `posting.post_json`.
        """
        try:
            template = self._configuration.template_for(message.topic, is_digest=message.is_digest)
        except UnfitConfiguration as error:
            raise SendRefused("notices.unfit", setting="LINLI_SMS_TEMPLATES") from error
        params = {"number": message.number, "link": message.link}
        self._post(str(message.key), message.to, template, params)

    def send_code(self, message: CodeMessage) -> None:
        """Hand one code to the gateway.

        Raises:
            SendAgain, SendRefused: as `posting.post_json`.
        """
        template = self._configuration.code_template
        if not template:
            raise SendRefused("notices.unfit", setting="LINLI_SMS_TEMPLATES")
        params = {"code": message.code, "minutes": str(message.minutes)}
        self._post(str(message.key), message.to, template, params)

    def _post(self, key: str, phone: str, template: str, params: Mapping[str, str]) -> None:
        post_json(
            url=self._configuration.sms_url,
            body={"key": key, "phone": phone, "template": template, "params": dict(params)},
            headers={
                "Authorization": f"Bearer {self._configuration.sms_key}",
                "Idempotency-Key": key,
            },
            timeout_s=self._configuration.timeout_s,
        )
