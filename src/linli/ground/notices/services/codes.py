"""Codes to phones go out at once: whoever waits for one would not wait for a job."""

from __future__ import annotations

from uuid import UUID

from linli.ground.notices.channels import sms_adaptor
from linli.ground.notices.channels.faults import Unsent
from linli.ground.notices.configuration import (
    CONSOLE,
    OFF,
    Configuration,
    UnfitConfiguration,
    configured,
)
from linli.ground.notices.terms import CodeMessage
from linli.ground.people.errors import UnableToSendCode
from linli.ground.people.terms.codes import CodesGo


class CodeSender:
    """Sends the codes of the people room by the SMS adaptor; nothing of them is kept here."""

    def way(self) -> CodesGo:
        """Say how codes leave this installation."""
        try:
            return _way(configured())
        except UnfitConfiguration:
            return CodesGo.NOWHERE

    def send(self, *, phone: str, code: str, minutes: int, key: UUID) -> None:
        """Send one code.

        Raises:
            UnableToSendCode: when the gateway did not take it.
        """
        message = CodeMessage(key=key, to=phone, code=code, minutes=minutes)
        try:
            sms_adaptor(configured()).send_code(message)
        except (Unsent, UnfitConfiguration) as fault:
            raise UnableToSendCode("people.code_not_sent") from fault


def _way(configuration: Configuration) -> CodesGo:
    if configuration.sms == OFF:
        return CodesGo.NOWHERE
    if configuration.sms == CONSOLE:
        return CodesGo.LOG
    return CodesGo.SMS if configuration.code_template else CodesGo.NOWHERE
