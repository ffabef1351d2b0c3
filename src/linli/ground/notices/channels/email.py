"""E-mail by Django's mail backend; the message's id is the delivery's."""

from __future__ import annotations

import smtplib
from typing import ClassVar
from urllib.parse import urlsplit

from django.core.mail import EmailMessage

from linli.ground.notices.terms import Message

from .faults import SendAgain, SendRefused

_FIRST_PERMANENT = 500


class EmailAdaptor:
    """Sends by SMTP, or by whatever backend is set."""

    keeps_keys: ClassVar[bool] = False

    def send(self, message: Message) -> None:
        """Send one e-mail.

        Raises:
            SendAgain: the server is away or asks to wait (4xx).
            SendRefused: the server refuses sender or recipient (5xx).
        """
        host = urlsplit(message.link).hostname or "localhost"
        mail = EmailMessage(
            subject=message.subject,
            body=f"{message.text}\n\n{message.link}\n",
            to=[message.to],
            headers={"Message-ID": f"<{message.key}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise _judge(max(code for code, _ in error.recipients.values())) from error
        except smtplib.SMTPResponseException as error:
            raise _judge(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            raise SendAgain("notices.unreachable") from error


def _judge(status: int) -> SendAgain | SendRefused:
    if status >= _FIRST_PERMANENT:
        return SendRefused("notices.mail_refused", status=status)
    return SendAgain("notices.busy", status=status)
