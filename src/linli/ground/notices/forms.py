"""The form by which somebody chooses how they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms import Role

from .sending_rules import ALWAYS, NEVER, choose_way
from .terms import Channel, Choices, Quiet, Topic, Way

_STAFF_TOPICS = (Topic.URGENT, Topic.WORK, Topic.CLOCKS, Topic.CENTRE, Topic.OWN, Topic.OTHER)
_RESIDENT_TOPICS = (Topic.OWN, Topic.OTHER)


class PreferencesForm(forms.Form):
    """A way for every topic and channel, and quiet hours."""

    is_quiet = forms.BooleanField(label=_("开启免打扰"), required=False)
    starts = forms.TimeField(label=_("从"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(label=_("到"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        roles: Iterable[Role],
        choices: Choices,
        usual: Quiet,
    ) -> None:
        self.roles = tuple(roles)
        quiet = choices.quiet if choices.is_quiet_chosen else usual
        initial = {
            "is_quiet": quiet is not None and quiet.starts != quiet.ends,
            "starts": (quiet or usual).starts,
            "ends": (quiet or usual).ends,
        }
        super().__init__(data, initial=initial)
        for topic, channel in self.pairs():
            self.fields[_name(topic, channel)] = forms.ChoiceField(
                label=f"{gettext(topic.label)}·{gettext(channel.label)}",
                choices=[(way.value, gettext(way.label)) for way in _ways(channel)],
                initial=_shown(choose_way(choices, self.roles, topic, channel), channel).value,
                disabled=(topic, channel) in ALWAYS,
            )

    def pairs(self) -> list[tuple[Topic, Channel]]:
        """List what can be chosen: topics of one's posts by channels that suit them."""
        return [
            (topic, channel)
            for topic in self.topics
            for channel in self.channels
            if (topic, channel) not in NEVER
        ]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics somebody in these roles is told of."""
        return _STAFF_TOPICS if self.roles else _RESIDENT_TOPICS

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that reach somebody in these roles."""
        return tuple(Channel) if self.roles else (Channel.EMAIL, Channel.SMS)

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField | None]]]]:
        """Give the fields topic by topic, each with its channel; None where there is no choice."""
        return [
            (
                gettext(topic.label),
                [
                    (gettext(channel.label), self._field(topic, channel))
                    for channel in self.channels
                ],
            )
            for topic in self.topics
        ]

    def _field(self, topic: Topic, channel: Channel) -> forms.BoundField | None:
        return self[_name(topic, channel)] if (topic, channel) not in NEVER else None

    def chosen_ways(self) -> dict[tuple[Topic, Channel], Way]:
        """Give the ways as they were chosen."""
        return {
            (topic, channel): Way(self.cleaned_data[_name(topic, channel)])
            for topic, channel in self.pairs()
        }

    @property
    def is_quiet_changed(self) -> bool:
        """Whether other quiet hours were chosen than those shown; else the usual ones hold."""
        return not {"is_quiet", "starts", "ends"}.isdisjoint(self.changed_data)

    def chosen_quiet(self) -> tuple[time, time]:
        """Give the quiet hours as they were chosen; equal times when there are to be none."""
        starts = self.cleaned_data["starts"]
        return (starts, self.cleaned_data["ends"] if self.cleaned_data["is_quiet"] else starts)


def _ways(channel: Channel) -> list[Way]:
    return [way for way in Way if channel is not Channel.ROBOT or way is not Way.DIGEST]


def _shown(way: Way, channel: Channel) -> Way:
    return way if way in _ways(channel) else Way.AT_ONCE


def _name(topic: Topic, channel: Channel) -> str:
    return f"{topic.value}-{channel.value}"
