"""Links of called organisations: how one stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.programmes.whistle.terms import OPEN_STEPS, Step
from linli.spine.cases.link_terms import LinkState
from linli.spine.cases.rules.links import LinkRefused, tell_state


class CallLinkRefused(LinkRefused):
    """A link of a whistle that leads nowhere."""

    messages: ClassVar[Mapping[str, str]] = {
        **LinkRefused.messages,
        "link.whistle_over": N_("这次哨已经结束，链接不再有用。"),
    }


class UnableToGiveLink(Refusal):
    """A link that is not given."""

    messages: ClassVar[Mapping[str, str]] = {
        "whistle.link_not_yours": N_("报到链接由召集人发出和停用。"),
        "whistle.link_too_late": N_("这次哨已经结束，不能再发链接。"),
        "whistle.link_stopped": N_("这个链接已经停用。"),
        "whistle.link_not_called": N_("这次哨没有叫这个单位。"),
    }


def is_alive(*, step: Step, reply_by: datetime | None, at: datetime) -> bool:
    """Say whether anything is left to do by link: until the time to answer the judgement ends."""
    return step in OPEN_STEPS or (step is Step.FINISHED and reply_by is not None and at <= reply_by)


def tell_link_state(
    *,
    expires_at: datetime,
    revoked_at: datetime | None,
    step: Step,
    reply_by: datetime | None,
    at: datetime,
) -> LinkState:
    """Say how a link stands at an instant."""
    return tell_state(
        expires_at=expires_at,
        revoked_at=revoked_at,
        is_assignment_open=is_alive(step=step, reply_by=reply_by, at=at),
        is_case_ended=step is Step.CANCELLED,
        at=at,
    )


def check_alive(state: LinkState) -> None:
    """Refuse a link that is no longer open.

    Raises:
        CallLinkRefused: saying why it is not.
    """
    if state is LinkState.OVER:
        raise CallLinkRefused("link.whistle_over")
    if state is not LinkState.OPEN:
        raise CallLinkRefused(f"link.{state.value}")
