"""The words of what leaves the system: fixed words, numbers, a link; in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.people.queries.contacts import find_contact

from .channels.faults import SendRefused
from .configuration import configured
from .models import Delivery, Notice
from .queries import view_of
from .rules import wording_of
from .terms import Channel, Message, Topic
from .words import say

MOST_NUMBERS = 20


def write_message(row: Delivery, notice: Notice) -> Message:
    """Write the message of one notice.

    Raises:
        SendRefused: when nobody knows where to send it.
    """
    to, language = _recipient(row)
    with translation.override(language):
        words = say(view_of(notice))
        number = _number(notice)
        headline = _headline(Topic(row.topic), number)
        link = f"/notices/{notice.pk}" if row.account_id else words.address or "/notices/"
        return Message(
            key=row.id,
            to=to,
            topic=Topic(row.topic),
            number=number,
            link=f"{configured().site}{link}",
            subject=headline,
            text=words.sentence if row.channel == Channel.EMAIL else headline,
        )


def write_digest(row: Delivery, notices: Sequence[Notice]) -> Message:
    """Write the digest of these notices: counts and numbers only.

    Raises:
        SendRefused: when nobody knows where to send it.
    """
    to, language = _recipient(row)
    with translation.override(language):
        how = _("打开链接看每一条；要不要汇总发，在“怎样通知我”里改。")
        return Message(
            key=row.id,
            to=to,
            topic=Topic.OTHER,
            number=str(len(notices)),
            link=f"{configured().site}/notices/?show=unread",
            subject=_subject(len(notices)),
            text="\n".join([*_counted(notices), "", how]),
            is_digest=True,
        )


def _subject(count: int) -> str:
    told = ngettext("【邻里】有 %(count)s 条未读通知", "【邻里】有 %(count)s 条未读通知", count)
    return told % {"count": count}


def _counted(notices: Sequence[Notice]) -> list[str]:
    ordered = sorted(notices, key=lambda notice: list(Topic).index(_topic(notice)))
    return [
        _line(topic, [_number(notice) for notice in group])
        for topic, group in groupby(ordered, key=_topic)
    ]


def _line(topic: Topic, numbers: list[str]) -> str:
    """Count a topic, and name as many numbers as are read at a glance; some notices have none."""
    named = list(dict.fromkeys(number for number in numbers if number))
    words = {
        "topic": _(topic.label),
        "count": len(numbers),
        "numbers": _("、").join(named[:MOST_NUMBERS]),
    }
    if not named:
        return _("%(topic)s：%(count)s 条") % words
    if len(named) > MOST_NUMBERS:
        return _("%(topic)s：%(count)s 条（%(numbers)s 等）") % words
    return _("%(topic)s：%(count)s 条（%(numbers)s）") % words


def _headline(topic: Topic, number: str) -> str:
    words = {"topic": _(topic.label), "number": number}
    return (_("【邻里】%(topic)s %(number)s") if number else _("【邻里】%(topic)s")) % words


def _topic(notice: Notice) -> Topic:
    return wording_of(notice.kind).topic


def _number(notice: Notice) -> str:
    return str(notice.params.get("number", ""))


def _recipient(row: Delivery) -> tuple[str, str]:
    if row.account_id is None:
        return "", settings.LANGUAGE_CODE
    contact = find_contact(row.account_id)
    if contact is None:
        raise SendRefused("notices.no_address")
    to = contact.email if row.channel == Channel.EMAIL else contact.phone
    if not to:
        raise SendRefused("notices.no_address")
    return to, contact.language
