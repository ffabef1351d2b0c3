"""What is said of the called organisations: by the caller, by them, by somebody else."""

from __future__ import annotations

from linli.programmes.whistle import events
from linli.programmes.whistle.models import Call, Judgement
from linli.programmes.whistle.queries.facts import judgement_of
from linli.programmes.whistle.rules.clocks import days_on
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.services.performing import Act
from linli.programmes.whistle.terms import Verdict


def judge(act: Act) -> events.WhistleEvent:
    """Judge every called organisation at once."""
    verdicts = act.form.verdicts
    Judgement.objects.bulk_create(
        _judgement(call, verdicts[call.organisation_id]) for call in act.file.calls
    )
    act.whistle.judged_by_id = act.actor.account_id
    act.whistle.reply_by = days_on(act.at, act.policy.reply_days, act.calendar)
    return events.OrganisationsJudged(
        responded_ids=tuple(one for one, said in verdicts.items() if said.responded),
        in_time_ids=tuple(one for one, said in verdicts.items() if said.in_time),
        did_part_ids=tuple(one for one, said in verdicts.items() if said.did_part),
        reply_by=act.whistle.reply_by,
    )


def _judgement(call: Call, said: Verdict) -> Judgement:
    return Judgement(
        call=call,
        responded=said.responded,
        in_time=said.in_time,
        did_part=said.did_part,
        why=said.why.strip(),
        final_responded=said.responded,
        final_in_time=said.in_time,
        final_did_part=said.did_part,
    )


def reply(act: Act) -> events.WhistleEvent:
    """Answer the judgement in one line, perhaps disputing it."""
    call = act.call
    call.reply, call.replied_at = act.form.note.strip(), act.at
    call.disputes = bool(act.form.disputes)
    call.save(update_fields=["reply", "replied_at", "disputes"])
    return events.JudgementAnswered(organisation_id=call.organisation_id, disputes=call.disputes)


def settle(act: Act) -> events.WhistleEvent:
    """Say what holds of an organisation that disputed."""
    call, said = act.call, act.form.verdict
    row = judgement_of(call)
    if row is None or said is None:
        raise WhistleRefused("whistle.nothing_disputed")
    row.final_responded, row.final_in_time = said.responded, said.in_time
    row.final_did_part = said.did_part
    row.settled_at, row.settled_by_id = act.at, act.actor.account_id
    row.settled_why = said.why.strip()
    row.save()
    return events.DisputeSettled(
        organisation_id=call.organisation_id,
        responded=said.responded,
        in_time=said.in_time,
        did_part=said.did_part,
    )
