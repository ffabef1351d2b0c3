"""What each adaptor sends to the other side, and how it judges the answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import smtplib
import socket
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from linli.ground.notices.channels import SendAgain, SendRefused, adaptor_for
from linli.ground.notices.channels.faults import FAULTS
from linli.ground.notices.channels.robot import dingtalk_signature, feishu_signature
from linli.ground.notices.configuration import read_configuration
from linli.ground.notices.terms import Channel, Message, Topic

from .gateway import Gateway, Reply

MESSAGE = Message(
    key=UUID(int=7),
    to="13900001111",
    topic=Topic.URGENT,
    number="2026-0000007",
    link="https://linli.example/notices/7",
    subject="【邻里】急报 2026-0000007",
    text="【邻里】急报 2026-0000007",
)


def send(channel: Channel, **given: str) -> None:
    """Send the message by a channel that is set up so."""
    adaptor_for(channel, read_configuration(given)).send(MESSAGE)


def send_sms(gateway: Gateway, **given: str) -> None:
    """Send the message as SMS to the gateway."""
    send(
        Channel.SMS,
        **{
            "LINLI_SMS": "http",
            "LINLI_SMS_URL": gateway.url,
            "LINLI_SMS_KEY": "secret",
            "LINLI_SMS_TEMPLATES": "default=T1,urgent=T9",
            **given,
        },
    )


def test_an_sms_carries_template_number_and_link_and_nothing_else(gateway: Gateway) -> None:
    send_sms(gateway)
    [asked] = gateway.asked
    assert asked["body"] == {
        "key": str(UUID(int=7)),
        "phone": "13900001111",
        "template": "T9",
        "params": {"number": "2026-0000007", "link": "https://linli.example/notices/7"},
    }
    assert asked["headers"]["Authorization"] == "Bearer secret"
    assert asked["headers"]["Idempotency-Key"] == str(UUID(int=7))


@pytest.mark.parametrize(
    ("reply", "code", "after_s"),
    [
        (Reply(status=429, headers=(("Retry-After", "120"),)), "notices.busy", 120),
        (Reply(status=429, headers=(("Retry-After", "soon"),)), "notices.busy", None),
        (Reply(status=503), "notices.busy", None),
        (Reply(status=500), "notices.broken", None),
        (Reply(status=0), "notices.unreachable", None),
        (Reply(delay_s=1.5), "notices.timed_out", None),
    ],
)
def test_what_may_pass_is_tried_again(
    gateway: Gateway, reply: Reply, code: str, after_s: int | None
) -> None:
    gateway.answer(reply)
    with pytest.raises(SendAgain) as fault:
        send_sms(gateway, LINLI_SEND_TIMEOUT_S="1")
    assert (fault.value.code, fault.value.after_s) == (code, after_s)
    assert FAULTS[code] % fault.value.params


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 422])
def test_what_will_not_pass_is_not_tried_again(gateway: Gateway, status: int) -> None:
    gateway.answer(Reply(status=status, headers=(("Location", "https://elsewhere.example/"),)))
    with pytest.raises(SendRefused) as fault:
        send_sms(gateway)
    assert fault.value.params == {"status": status}
    assert len(gateway.asked) == 1


def test_a_server_that_is_away_is_tried_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        away = Gateway(url=f"http://127.0.0.1:{taken.getsockname()[1]}/")
        with pytest.raises(SendAgain) as fault:
            send_sms(away)
    assert fault.value.code == "notices.unreachable"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("wecom", {"msgtype": "text", "text": {"content": f"{MESSAGE.text}\n{MESSAGE.link}"}}),
        ("dingtalk", {"msgtype": "text", "text": {"content": f"{MESSAGE.text}\n{MESSAGE.link}"}}),
        ("feishu", {"msg_type": "text", "content": {"text": f"{MESSAGE.text}\n{MESSAGE.link}"}}),
    ],
)
def test_each_robot_is_spoken_to_in_its_own_form(
    gateway: Gateway, kind: str, expected: dict[str, object]
) -> None:
    send(Channel.ROBOT, LINLI_ROBOT=kind, LINLI_ROBOT_URL=gateway.url)
    assert gateway.bodies == [expected]


@pytest.mark.parametrize(
    ("kind", "said", "fault"),
    [
        ("wecom", '{"errcode": 45009}', SendAgain),
        ("wecom", '{"errcode": 93000}', SendRefused),
        ("dingtalk", '{"errcode": 130101}', SendAgain),
        ("dingtalk", '{"errcode": 310000}', SendRefused),
        ("feishu", '{"code": 11232}', SendAgain),
        ("feishu", '{"code": 19001}', SendRefused),
        ("feishu", "<html>a page</html>", SendRefused),
        ("wecom", "[]", SendRefused),
    ],
)
def test_a_robot_that_answers_200_may_still_have_refused(
    gateway: Gateway, kind: str, said: str, fault: type[Exception]
) -> None:
    gateway.answer(Reply(body=said))
    with pytest.raises(fault):
        send(Channel.ROBOT, LINLI_ROBOT=kind, LINLI_ROBOT_URL=gateway.url)


def test_messages_to_dingtalk_and_feishu_are_signed(gateway: Gateway) -> None:
    for kind in ("dingtalk", "feishu"):
        send(
            Channel.ROBOT,
            LINLI_ROBOT=kind,
            LINLI_ROBOT_URL=gateway.url,
            LINLI_ROBOT_SECRET="s",
        )
    to_dingtalk, to_feishu = gateway.asked
    assert to_dingtalk["path"].startswith("/send?key=robot&timestamp=")
    assert "&sign=" in to_dingtalk["path"]
    assert set(to_feishu["body"]) == {"msg_type", "content", "timestamp", "sign"}


def test_the_signatures_are_as_published() -> None:
    wanted = base64.b64encode(hmac.new(b"s", b"17\ns", hashlib.sha256).digest()).decode()
    signed = dingtalk_signature("s", 17, joined=False)
    assert signed.startswith("?timestamp=17&sign=")
    assert signed.endswith(wanted.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"))
    empty = base64.b64encode(hmac.new(b"17\ns", b"", hashlib.sha256).digest()).decode()
    assert feishu_signature("s", 17) == {"timestamp": "17", "sign": empty}


def test_an_email_has_the_key_as_its_id() -> None:
    send(Channel.EMAIL)
    [sent] = mail.outbox
    assert sent.subject == MESSAGE.subject
    assert sent.body == f"{MESSAGE.text}\n\n{MESSAGE.link}\n"
    assert sent.extra_headers["Message-ID"] == f"<{UUID(int=7)}@linli.example>"


@pytest.mark.parametrize(
    ("raised", "fault"),
    [
        (smtplib.SMTPServerDisconnected("gone"), SendAgain),
        (ConnectionRefusedError(), SendAgain),
        (smtplib.SMTPSenderRefused(451, b"later", "a@example.org"), SendAgain),
        (smtplib.SMTPSenderRefused(550, b"no", "a@example.org"), SendRefused),
        (smtplib.SMTPRecipientsRefused({"b@example.org": (550, b"no")}), SendRefused),
        (smtplib.SMTPRecipientsRefused({"b@example.org": (450, b"later")}), SendAgain),
    ],
)
def test_a_mail_server_that_refuses_is_judged(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, fault: type[Exception]
) -> None:
    def refuse(self: EmailBackend, messages: object) -> int:
        raise raised

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(fault):
        send(Channel.EMAIL)


def test_the_console_hides_the_middle_of_the_number(caplog: pytest.LogCaptureFixture) -> None:
    send(Channel.SMS)
    [record] = caplog.records
    assert "139****1111" in record.getMessage()
    assert "13900001111" not in record.getMessage()
