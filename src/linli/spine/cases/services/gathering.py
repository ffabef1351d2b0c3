"""What small acts beside the procedure change: reminders, a lead kept after a new proposal."""

from __future__ import annotations

from linli.ground.kernel.terms import Occurrence
from linli.spine.cases.gathering_events import CaseReminded, LeadKept
from linli.spine.cases.models import Reminder
from linli.spine.cases.services.performing import Act, Outcome, given


def remind(act: Act) -> Outcome:
    """Keep the reminder beside its event."""
    channel = given(act.form.channel)

    def keep(occurrence: Occurrence) -> None:
        Reminder.objects.create(
            case=act.case, channel=channel.value, reminded_at=act.at, event_id=occurrence.id
        )

    count = 1 + Reminder.objects.filter(case=act.case).count()
    return Outcome(event=CaseReminded(channel=channel.value, count=count), finish=keep)


def keep_lead(act: Act) -> Outcome:
    """The lead at work stays, whatever is proposed."""
    act.case.reroute_lead_id = None
    return Outcome(event=LeadKept())
