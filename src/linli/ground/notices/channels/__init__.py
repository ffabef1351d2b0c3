"""The ways out of the system: one adaptor a channel, chosen by the configuration."""

from __future__ import annotations

from linli.ground.notices.configuration import CONSOLE, Configuration
from linli.ground.notices.terms import Channel

from .console import ConsoleAdaptor
from .email import EmailAdaptor
from .faults import Adaptor, SendAgain, SendRefused
from .robot import RobotAdaptor
from .sms import SmsAdaptor

__all__ = ["Adaptor", "SendAgain", "SendRefused", "adaptor_for", "sms_adaptor"]


def adaptor_for(channel: Channel, configuration: Configuration) -> Adaptor:
    """Give the adaptor of a channel as it is configured."""
    if channel is Channel.EMAIL:
        return EmailAdaptor()
    if channel is Channel.SMS:
        return sms_adaptor(configuration)
    if configuration.robot == CONSOLE:
        return ConsoleAdaptor(channel)
    return RobotAdaptor(configuration)


def sms_adaptor(configuration: Configuration) -> ConsoleAdaptor | SmsAdaptor:
    """Give the adaptor of SMS as it is configured; it sends codes too."""
    if configuration.sms == CONSOLE:
        return ConsoleAdaptor(Channel.SMS)
    return SmsAdaptor(configuration)
