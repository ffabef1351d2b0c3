"""What accounts chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from linli.ground.notices.models import Preference, QuietHours
from linli.ground.notices.terms import Channel, Choices, Quiet, Topic, Way


def list_choices(account_ids: Iterable[int]) -> dict[int, Choices]:
    """Give what each of these accounts chose, in two statements."""
    ids = list(account_ids)
    ways: dict[int, dict[tuple[Topic, Channel], Way]] = defaultdict(dict)
    for row in Preference.objects.filter(account_id__in=ids):
        ways[row.account_id][Topic(row.topic), Channel(row.channel)] = Way(row.way)
    quiet = {row.account_id: row for row in QuietHours.objects.filter(account_id__in=ids)}
    return {
        account_id: Choices(
            ways=ways[account_id],
            quiet=_quiet(quiet.get(account_id)),
            is_quiet_chosen=account_id in quiet,
        )
        for account_id in ids
    }


def choices_of(account_id: int) -> Choices:
    """Give what one account chose."""
    return list_choices([account_id])[account_id]


def _quiet(row: QuietHours | None) -> Quiet | None:
    return None if row is None or row.is_never else Quiet(starts=row.starts, ends=row.ends)
