"""What may be said of a called organisation, beside what is on record."""

from __future__ import annotations

from collections.abc import Mapping

from linli.programmes.whistle.rules.facts import CallFacts
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.terms import Verdict


def propose_verdict(call: CallFacts) -> Verdict:
    """Give the verdict that the record alone gives."""
    in_time = call.has_arrived and not call.is_late if call.is_timed else None
    return Verdict(responded=call.has_arrived, in_time=in_time, did_part=call.has_arrived)


def check_verdicts(*, verdicts: Mapping[int, Verdict], calls: tuple[CallFacts, ...]) -> None:
    """Refuse a judgement that leaves somebody out or contradicts the record without a reason.

    Raises:
        WhistleRefused: naming the field of the organisation.
    """
    if set(verdicts) != {one.organisation_id for one in calls}:
        raise WhistleRefused("whistle.verdicts_incomplete")
    for one in calls:
        check_verdict(verdict=verdicts[one.organisation_id], call=one)


def check_verdict(*, verdict: Verdict, call: CallFacts, needs_why: bool = False) -> None:
    """Refuse a verdict that asks volunteers for their time, or lacks a reason it needs.

    Args:
        needs_why: a reason is needed whatever it says, as when a dispute is settled.

    Raises:
        WhistleRefused: naming the field of the organisation.
    """
    number = call.organisation_id
    if (verdict.in_time is None) is call.is_timed:
        code = "whistle.time_missing" if call.is_timed else "whistle.time_not_asked"
        raise WhistleRefused(code, field=f"in_time_{number}")
    known = propose_verdict(call)
    said = (verdict.responded, verdict.in_time, verdict.did_part)
    is_plain = said == (known.responded, known.in_time, known.did_part) and verdict.did_part
    if (needs_why or not is_plain) and not verdict.why.strip():
        raise WhistleRefused("whistle.why_missing", field=f"why_{number}")
