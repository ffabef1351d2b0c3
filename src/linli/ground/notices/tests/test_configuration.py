"""What is wrong with a configuration is told in words, by the name of the setting."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest

from linli.ground.notices.configuration import UnfitConfiguration, read_configuration
from linli.ground.notices.terms import Channel, Quiet, Topic

SMS = {
    "LINLI_SMS": "http",
    "LINLI_SMS_URL": "https://sms.example/send",
    "LINLI_SMS_KEY": "k",
    "LINLI_SMS_TEMPLATES": "default=T1, urgent=T2,digest=T3",
}


def test_without_any_setting_everything_is_shown_on_the_console() -> None:
    usual = read_configuration({})
    assert (usual.sms, usual.robot, usual.email) == ("console", "console", "on")
    assert usual.digest_times == (time(8, 30), time(17, 30))
    assert usual.quiet == Quiet(starts=time(22), ends=time(7))
    assert (usual.urgent_interval, usual.urgent_times) == (timedelta(minutes=5), 2)


def test_a_topic_without_a_template_takes_the_default() -> None:
    read = read_configuration(SMS)
    assert read.template_for(Topic.URGENT, is_digest=False) == "T2"
    assert read.template_for(Topic.WORK, is_digest=False) == "T1"
    assert read.template_for(Topic.WORK, is_digest=True) == "T3"


def test_a_channel_can_be_switched_off() -> None:
    read = read_configuration({"LINLI_SMS": "off", "LINLI_EMAIL": "off"})
    assert [read.is_on(channel) for channel in Channel] == [False, False, True]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"LINLI_SMS": "carrier pigeon"}, "LINLI_SMS"),
        ({**SMS, "LINLI_SMS_URL": ""}, "LINLI_SMS_URL"),
        ({**SMS, "LINLI_SMS_URL": "sms.example"}, "LINLI_SMS_URL"),
        ({**SMS, "LINLI_SMS_KEY": ""}, "LINLI_SMS_KEY"),
        ({**SMS, "LINLI_SMS_TEMPLATES": "urgent=T2"}, "LINLI_SMS_TEMPLATES"),
        ({"LINLI_ROBOT": "wecom"}, "LINLI_ROBOT_URL"),
        ({"LINLI_ROBOT": "slack"}, "LINLI_ROBOT"),
        ({"LINLI_DIGEST_TIMES": "morning"}, "LINLI_DIGEST_TIMES"),
        ({"LINLI_QUIET_HOURS": "22-7"}, "LINLI_QUIET_HOURS"),
        ({"LINLI_QUIET_HOURS": "25:00-07:00"}, "LINLI_QUIET_HOURS"),
        ({"LINLI_URGENT_MINUTES": "0"}, "LINLI_URGENT_MINUTES"),
        ({"LINLI_URGENT_TIMES": "many"}, "LINLI_URGENT_TIMES"),
    ],
)
def test_what_is_wrong_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(UnfitConfiguration) as refusal:
        read_configuration(given)
    assert named in refusal.value.words()
    assert not re.search(r"%\(", refusal.value.words())


def test_secrets_are_not_in_what_is_printed() -> None:
    read = read_configuration({**SMS, "LINLI_SMS_KEY": "very-secret"})
    assert "very-secret" not in repr(read)
