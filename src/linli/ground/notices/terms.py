"""Words of the notices room: kinds of notices, the ways they go, and urgent calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject


class Topic(StrEnum):
    """What a kind of notice is about; one chooses the ways of each."""

    URGENT = "urgent"
    WORK = "work"
    CLOCKS = "clocks"
    CENTRE = "centre"
    OWN = "own"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return TOPIC_LABELS[self]


TOPIC_LABELS: Mapping[Topic, str] = {
    Topic.URGENT: N_("急报"),
    Topic.WORK: N_("交给我办的事"),
    Topic.CLOCKS: N_("到期和超时"),
    Topic.CENTRE: N_("要中心处理的事"),
    Topic.OWN: N_("我反映的事"),
    Topic.OTHER: N_("其他"),
}


class Channel(StrEnum):
    """By which way a notice leaves the system; within it, everything is always told."""

    EMAIL = "email"
    SMS = "sms"
    ROBOT = "robot"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return CHANNEL_LABELS[self]


CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.EMAIL: N_("邮件"),
    Channel.SMS: N_("短信"),
    Channel.ROBOT: N_("工作群机器人"),
}


class Way(StrEnum):
    """When a topic goes by a channel."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return WAY_LABELS[self]


WAY_LABELS: Mapping[Way, str] = {
    Way.AT_ONCE: N_("立即发"),
    Way.DIGEST: N_("汇总发"),
    Way.OFF: N_("不发"),
}


class DeliveryState(StrEnum):
    """How far one message to one person by one channel is.

    `held` waits for the end of quiet hours or for a digest; `needless` was read meanwhile.
    """

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    NEEDLESS = "needless"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return DELIVERY_STATE_LABELS[self]


DELIVERY_STATE_LABELS: Mapping[DeliveryState, str] = {
    DeliveryState.WAITING: N_("待发送"),
    DeliveryState.HELD: N_("暂存"),
    DeliveryState.SENT: N_("已发出"),
    DeliveryState.FAILED: N_("发送失败"),
    DeliveryState.NEEDLESS: N_("已在系统内读过"),
}


class AlertLevel(StrEnum):
    """Who is called, in this order."""

    ON_DUTY = "on_duty"
    STAND_IN = "stand_in"
    ABOVE = "above"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return ALERT_LEVEL_LABELS[self]


ALERT_LEVEL_LABELS: Mapping[AlertLevel, str] = {
    AlertLevel.ON_DUTY: N_("值班人员"),
    AlertLevel.STAND_IN: N_("备班"),
    AlertLevel.ABOVE: N_("上一级"),
}


class Shown(StrEnum):
    """Which notices the page of notices lists."""

    ALL = "all"
    UNREAD = "unread"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return SHOWN_LABELS[self]


SHOWN_LABELS: Mapping[Shown, str] = {
    Shown.ALL: N_("全部通知"),
    Shown.UNREAD: N_("只看未读"),
    Shown.URGENT: N_("只看急报"),
}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How one kind of notice reads: a sentence with places for params, and where it leads.

    Args:
        sentence: msgid such as `案件 %(number)s 已派给您的单位。`; only params stand in it.
        address: path with places of the same form, or empty.
        topic: what it is about; people choose their ways by topic.
    """

    sentence: str
    address: str = ""
    topic: Topic = Topic.OTHER


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """One notice as faces show it: words are made at the edge from `kind` and `params`.

    `alert_id` is set for an urgent one; `alert_ended_at` when somebody acknowledged it or the
    matter moved on.
    """

    id: int
    kind: str
    params: Mapping[str, str | int]
    subject: Subject
    created_at: datetime
    read_at: datetime | None
    alert_id: int | None = None
    alert_ended_at: datetime | None = None
    acknowledged_by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """Hours, local, perhaps past midnight, in which only what is urgent leaves the system."""

    starts: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What one account chose: ways by topic and channel, and quiet hours; None means the usual."""

    ways: Mapping[tuple[Topic, Channel], Way]
    quiet: Quiet | None
    is_quiet_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Message:
    """What an adaptor is given to send: fixed words, a number and a link, nothing else.

    Args:
        key: idempotency key; the same one on every try.
        to: telephone or address; empty for a robot.
        topic: what it is about; chooses the template of an SMS.
        number: number of the case, or how many notices a digest counts.
        link: where to read it, after signing in.
        subject: line of an e-mail.
        text: words of an e-mail or of a robot.
    """

    key: UUID
    to: str
    topic: Topic
    number: str
    link: str
    subject: str
    text: str
    is_digest: bool = False


@dataclass(frozen=True, kw_only=True)
class CodeMessage:
    """A code for somebody who proves a phone; it is kept nowhere.

    Args:
        key: idempotency key.
        to: telephone.
        minutes: how long the code is good for.
    """

    key: UUID
    to: str
    code: str = field(repr=False)
    minutes: int


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    """One message as it went, for the log; no address."""

    channel: Channel
    state: DeliveryState
    round: int
    tries: int
    fault: str
    fault_params: Mapping[str, str | int]
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """One call of an urgent notice: who was told when, as what, and what reached them."""

    level: AlertLevel
    round: int
    account_id: int | None
    called_at: datetime
    read_at: datetime | None
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True, kw_only=True)
class AlertView:
    """One urgent matter: what, since when, who was called, who acknowledged it."""

    id: int
    kind: str
    params: Mapping[str, str | int]
    street_code: str
    created_at: datetime
    next_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by_id: int | None
    settled_at: datetime | None
    calls: tuple[CallLine, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has acknowledged it and the matter has not moved on."""
        return self.acknowledged_at is None and self.settled_at is None
