"""The adaptor where none is set up: says on the log what would have gone out."""

from __future__ import annotations

from typing import ClassVar

import structlog

from linli.ground.notices.terms import Channel, CodeMessage, Message

log = structlog.get_logger(__name__)


class ConsoleAdaptor:
    """Writes the message to the log, the telephone half hidden."""

    keeps_keys: ClassVar[bool] = False

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def send(self, message: Message) -> None:
        """Write one message to the log."""
        log.warning(
            "notices.not_sent_but_shown",
            channel=self._channel.value,
            to=hide(message.to),
            topic=message.topic.value,
            number=message.number,
            link=message.link,
        )

    def send_code(self, message: CodeMessage) -> None:
        """Write a code to the log, for whoever runs the server."""
        log.warning("notices.code_shown", to=hide(message.to), code=message.code)


def hide(phone: str) -> str:
    """Hide the middle of a telephone number."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****" if phone else ""
