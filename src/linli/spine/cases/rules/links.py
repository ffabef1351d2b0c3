"""Links of handlers: how one stands, when it ends by itself, from what it was opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.spine.cases.link_terms import MOST_DAYS, LinkState


class LinkRefused(Refusal):
    """A link that leads nowhere; the page also gives the telephone of the centre."""

    messages: ClassVar[Mapping[str, str]] = {
        "link.unknown": N_("没有这个链接，可能复制时少了几个字。"),
        "link.expired": N_("这个链接已经过期。"),
        "link.revoked": N_("这个链接已被发出单位停用，可能换了新的链接。"),
        "link.over": N_("这件承办已经结束，链接不再有用。"),
        "link.not_for_links": N_("这一步不能凭链接办，请与指挥中心联系。"),
        "link.form_stale": N_("页面放得太久，请从链接重新打开再办。"),
    }


class UnableToMakeLink(Refusal):
    """A link that is not given."""

    messages: ClassVar[Mapping[str, str]] = {
        "link.assignment_closed": N_("这项承办已经结束，不能再发链接。"),
        "link.no_organisation": N_("只有派给单位的承办才能发链接。"),
        "link.expiry_out_of_range": N_("有效期须在现在之后、%(days)s 天以内。"),
        "link.not_yours": N_("您的岗位不能给这个单位发链接或停用它的链接。"),
        "link.already_revoked": N_("这个链接已经停用。"),
    }


def tell_state(
    *,
    expires_at: datetime,
    revoked_at: datetime | None,
    is_assignment_open: bool,
    is_case_ended: bool,
    at: datetime,
) -> LinkState:
    """Say how a link stands at an instant; being revoked says more than the rest."""
    if revoked_at is not None:
        return LinkState.REVOKED
    if is_case_ended or not is_assignment_open:
        return LinkState.OVER
    return LinkState.EXPIRED if at >= expires_at else LinkState.OPEN


def check_open(state: LinkState) -> None:
    """Refuse a link that is no longer open.

    Raises:
        LinkRefused: saying why it is not.
    """
    if state is not LinkState.OPEN:
        raise LinkRefused(f"link.{state.value}")


def default_expiry(*, due_at: datetime | None, at: datetime, days: int) -> datetime:
    """Give when a link ends by itself: some days after the matter is due, or after now.

    Args:
        days: the sub-district's setting, at most 90.
    """
    ends = max(due_at or at, at) + timedelta(days=days)
    return min(ends, at + timedelta(days=MOST_DAYS))


def check_expiry(*, expires_at: datetime, at: datetime) -> None:
    """Refuse an end that has passed or lies too far away.

    Raises:
        UnableToMakeLink: when it does.
    """
    if not at < expires_at <= at + timedelta(days=MOST_DAYS):
        raise UnableToMakeLink("link.expiry_out_of_range", field="expires_at", days=MOST_DAYS)
