"""Codes to phones by the gateway, by the log, or not at all."""

from __future__ import annotations

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.notices.services.codes import CodeSender
from linli.ground.people.errors import UnableToSendCode
from linli.ground.people.terms.codes import CodesGo

from .conftest import Configure
from .gateway import Gateway, Reply

PHONE, CODE = "13900007777", "204060"
TEMPLATES = "default=T1,code=T9"


def send() -> None:
    """Send a code."""
    CodeSender().send(phone=PHONE, code=CODE, minutes=5, key=new_id())


def through(gateway: Gateway, configure: Configure, templates: str = TEMPLATES) -> None:
    """Let codes go through a gateway."""
    configure(
        LINLI_SMS="http",
        LINLI_SMS_URL=gateway.url,
        LINLI_SMS_KEY="secret",
        LINLI_SMS_TEMPLATES=templates,
    )


def test_the_gateway_gets_its_template_the_code_and_the_minutes(
    gateway: Gateway, configure: Configure
) -> None:
    through(gateway, configure)
    assert CodeSender().way() is CodesGo.SMS
    send()
    (body,) = gateway.bodies
    assert body["phone"] == PHONE
    assert body["template"] == "T9"
    assert body["params"] == {"code": CODE, "minutes": "5"}
    assert gateway.asked[0]["headers"]["Authorization"] == "Bearer secret"
    assert gateway.asked[0]["headers"]["Idempotency-Key"] == body["key"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_gateway_that_does_not_take_it_is_told(
    gateway: Gateway, configure: Configure, status: int
) -> None:
    through(gateway, configure)
    gateway.answer(Reply(status=status))
    with pytest.raises(UnableToSendCode) as refused:
        send()
    assert refused.value.code == "people.code_not_sent"


def test_without_a_template_for_codes_none_goes_out(gateway: Gateway, configure: Configure) -> None:
    through(gateway, configure, templates="default=T1")
    assert CodeSender().way() is CodesGo.NOWHERE
    with pytest.raises(UnableToSendCode):
        send()
    assert gateway.asked == []


def test_without_a_gateway_the_code_stands_on_the_log(
    configure: Configure, caplog: pytest.LogCaptureFixture
) -> None:
    configure(LINLI_SMS="console")
    assert CodeSender().way() is CodesGo.LOG
    send()
    assert CODE in caplog.text
    assert PHONE not in caplog.text


def test_with_sms_off_codes_go_nowhere(configure: Configure) -> None:
    configure(LINLI_SMS="off")
    assert CodeSender().way() is CodesGo.NOWHERE
