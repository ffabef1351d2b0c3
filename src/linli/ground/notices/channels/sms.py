"""SMS through an HTTP gateway: a template of the gateway, a number and a link."""

from __future__ import annotations

from typing import ClassVar

from linli.ground.notices.configuration import Configuration, UnfitConfiguration
from linli.ground.notices.terms import Message

from .faults import SendRefused
from .posting import post_json


class SmsAdaptor:
    """Posts `{"key", "phone", "template", "params": {"number", "link"}}`.

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
        post_json(
            url=self._configuration.sms_url,
            body={
                "key": str(message.key),
                "phone": message.to,
                "template": template,
                "params": {"number": message.number, "link": message.link},
            },
            headers={
                "Authorization": f"Bearer {self._configuration.sms_key}",
                "Idempotency-Key": str(message.key),
            },
            timeout_s=self._configuration.timeout_s,
        )
